// SPDX-License-Identifier: Apache-2.0
// "once, and kept": what a clause was once posted with stays, although later facts take its ground away. What is kept
// beyond what the facts give now is a share of its own, without a fact. Points that are kept are lots: wallet-acts.ts.
import { isKept } from '../../ledger/roles.ts';
import type { Clause } from '../../program/clause.ts';
import type { Entitlement } from '../../program/entitlement.ts';
import { type KeptTotal, keptKey } from '../../program/promise.ts';
import { parsePeriod } from '../../values/period.ts';
import { add, compare, rational, subtract, zero } from '../../values/rational.ts';
import { joined } from './amendment.ts';
import type { CellsAsked } from './asked.ts';
import { assetDecimals, type Cell, type Portion } from './cell.ts';
import type { World } from './world.ts';

/** What was posted of a clause and is kept, by payee and period. */
function keptOfClause(clause: Clause, { known }: World): readonly KeptTotal[] {
  if (!isKept(clause) || known.promised === undefined) return [];
  return [...known.promised.kept.values()].flatMap((own) =>
    [...own.values()].filter((total) => total.clause === clause.id),
  );
}

/** The cells that raise what the cells of all versions give to what is kept. */
export function cellsKept(
  clause: Clause,
  cells: readonly Cell[],
  world: World,
  asked: CellsAsked,
): readonly Cell[] {
  const { calendar } = world.program.policies;
  const totals = keptOfClause(clause, world).filter(
    ({ payee, period }) =>
      asked.payee === null || (payee === asked.payee && asked.isWanted(parsePeriod(calendar, period))),
  );
  if (totals.length === 0) return [];
  const byKey = new Map(joined(cells).map((cell) => [keyOf(cell.payee, cell.period?.label ?? ''), cell]));
  const scale = 10n ** BigInt(assetDecimals(world.program, clause.asset));
  return totals.flatMap(({ payee, period, amount }): Cell[] => {
    const cell = byKey.get(keyOf(payee, period));
    const now = (cell?.portions ?? []).reduce((sum, portion) => add(sum, portion.amount), zero);
    const kept = rational(amount, scale);
    if (compare(now, kept) >= 0) return [];
    const portion: Portion = { record: null, amount: subtract(kept, now), held: zero, note: 'kept' };
    return [
      {
        clause,
        payee,
        period: cell?.period ?? parsePeriod(world.program.policies.calendar, period),
        portions: [portion],
        earned: [],
        waits: [],
        postsOn: cell?.postsOn ?? -Infinity,
      },
    ];
  });
}

function keyOf(payee: string, period: string): string {
  return `${payee}\u0000${period}`;
}

/** What was posted stays posted, although the clause says by now that it is a forecast. */
export function asPosted(entitlement: Entitlement, world: World): Entitlement {
  if (entitlement.state !== 'forecast') return entitlement;
  const { clause, payee, period, asset } = entitlement;
  const kept = world.known.promised?.kept.get(payee)?.get(keptKey(clause, period));
  if (kept === undefined) return entitlement;
  const exact = rational(kept.amount, 10n ** BigInt(assetDecimals(world.program, asset)));
  return {
    ...entitlement,
    exact,
    amount: kept.amount,
    held: 0n,
    state: 'final',
    lines: [{ fact: null, exact, amount: kept.amount, note: 'kept' }],
  };
}
