// SPDX-License-Identifier: Apache-2.0
// "attribution: frozen once posted": the lines of issued statements stay. A later total is those lines, the lines of
// facts that are new, and what else has changed as one adjustment; they add up as every total does.
import { keyText } from '../../ledger/differences.ts';
import type { Entitlement, Line } from '../../program/entitlement.ts';
import type { FrozenLine } from '../../program/promise.ts';
import { add, isZero, rational, subtract, zero } from '../../values/rational.ts';
import { assetDecimals } from './cell.ts';
import type { World } from './world.ts';

/** The entitlement with the lines that stand on issued statements. */
export function withFrozenLines(entitlement: Entitlement, world: World): Entitlement {
  const frozen = world.known.promised?.frozen.get(keyText(entitlement));
  if (frozen === undefined || world.program.policies.attribution !== 'freeze') return entitlement;
  const scale = 10n ** BigInt(assetDecimals(world.program, entitlement.asset));
  return { ...entitlement, lines: linesAfter(frozen, entitlement, scale) };
}

function linesAfter(frozen: readonly FrozenLine[], now: Entitlement, scale: bigint): readonly Line[] {
  const stay = frozen.map((line): Line => ({ ...line, exact: rational(line.amount, scale) }));
  const known = new Set(stay.map(borneBy));
  const kept = [...stay, ...now.lines.filter((line) => !known.has(borneBy(line)))];
  const amount = now.amount - kept.reduce((sum, line) => sum + line.amount, 0n);
  const exact = subtract(
    now.exact,
    kept.reduce((sum, line) => add(sum, line.exact), zero),
  );
  return amount === 0n && isZero(exact) ? kept : [...kept, { fact: null, exact, amount, note: 'adjustment' }];
}

/** A fact, whatever its lines say; without one, what the line is. */
function borneBy({ fact, note }: FrozenLine): string {
  return fact === null ? note : `${fact.kind}\u0000${fact.id}`;
}
