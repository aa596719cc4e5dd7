// SPDX-License-Identifier: Apache-2.0
// What the entries of a bundle give, by the obvious evaluator: every entitlement of the payee as of a place in the log.
// Where a value is attested, the attested value stands in its place, and settlements are settled over both.

import { knownAt } from '../engine/known.ts';
import { evaluate, scopesOf } from '../engine/reference/evaluate.ts';
import { settled } from '../engine/reference/settlement.ts';
import { keyText } from '../ledger/differences.ts';
import type { Entitlement } from '../program/entitlement.ts';
import type { Entry, SettledThrough } from '../program/log.ts';
import type { Version } from '../program/program.ts';
import type { Day } from '../values/date.ts';
import { rational } from '../values/rational.ts';
import type { Attested } from './bundle.ts';
import { bookEntryOf, isEvaluated, type LogEntry } from './log-entry.ts';

export interface Recomputing {
  readonly versions: readonly Version[];
  readonly payee: string;
  readonly entries: readonly { readonly sequence: number; readonly entry: LogEntry }[];
  readonly attested: Pick<Attested, 'entitlements' | 'settled'>;
}

/** By `keyText`, what the payee is entitled to after the entry at `through`; nothing before the first day has begun. */
export function recomputed(
  { versions, payee, entries, attested }: Recomputing,
  through: number,
): ReadonlyMap<string, Entitlement> {
  const zone = versions.at(-1)!.program.policies.zone;
  let today: Day | null = null;
  const log: Entry[] = [];
  for (const { sequence, entry } of entries) {
    if (sequence > through) break;
    // A day of another zone is no day of the agreement.
    if (entry.kind === 'day' && entry.zone !== zone) continue;
    if (!isEvaluated(entry)) continue;
    const taken = bookEntryOf(entry, today);
    if (taken.kind === 'day') today = taken.day;
    log.push(taken);
  }
  if (today === null) return new Map();
  const known = { ...knownAt(log, today), settled: settledOf(payee, attested.settled) };
  const own = evaluate(versions, known).entitlements.filter((one) => one.payee === payee);
  const found = new Map(own.map((one) => [keyText(one), one]));
  if (attested.entitlements.length === 0) return found;
  for (const one of attested.entitlements) found.set(keyText({ ...one, payee }), entitlementOf(one, payee));
  const newest = scopesOf(versions, known).at(-1)!;
  const flowing = [...found.values()];
  for (const settlement of newest.world.program.settlements)
    for (const one of settled(settlement, flowing, newest))
      if (one.payee === payee && !isAttested(attested, one)) found.set(keyText(one), one);
  return found;
}

export function isAttested(
  { entitlements }: Pick<Attested, 'entitlements'>,
  key: { readonly clause: string; readonly period: string; readonly asset: string },
): boolean {
  return entitlements.some(
    ({ clause, period, asset }) => clause === key.clause && period === key.period && asset === key.asset,
  );
}

function entitlementOf(
  { clause, component, period, asset, amount, held }: Attested['entitlements'][number],
  payee: string,
): Entitlement {
  return {
    ...{ clause, component, payee, period, asset },
    exact: rational(BigInt(amount)),
    amount: BigInt(amount),
    held: BigInt(held),
    state: 'final',
    waiting: [],
    lines: [],
  };
}

function settledOf(payee: string, settled: Attested['settled']): readonly SettledThrough[] {
  return settled.map(({ settlement, through, due, debt, carried }) => ({
    settlement,
    through,
    payees: [{ of: payee, due: BigInt(due), debt: BigInt(debt), carried: BigInt(carried) }],
  }));
}
