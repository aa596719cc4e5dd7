// SPDX-License-Identifier: Apache-2.0
// What the entries of a bundle give, by the obvious evaluator: the entitlements of the payee that the statement has, as of
// a place in the log. Where a value is attested, the attested value stands in its place.

import { knownAt } from '../engine/known.ts';
import { type Asked, allOf, everything, type Only } from '../engine/reference/asked.ts';
import { evaluate, scopesOf } from '../engine/reference/evaluate.ts';
import type { Given } from '../engine/reference/given.ts';
import type { Scope } from '../engine/reference/scope.ts';
import { settled } from '../engine/reference/settlement.ts';
import { accountingPeriod, type Closed, closePeriod } from '../ledger/accounting-period.ts';
import { keyText } from '../ledger/differences.ts';
import { bookRules } from '../ledger/roles.ts';
import { placeIn } from '../ledger/statement.ts';
import type { StatementBody, StatementBodyItem } from '../ledger/statement-body.ts';
import type { Entitlement, Line } from '../program/entitlement.ts';
import type { Entry, Known, SettledThrough } from '../program/log.ts';
import type { Program, Version } from '../program/program.ts';
import { noPromises, nothingPromised, promise } from '../program/promise.ts';
import { parseAmountText } from '../values/asset.ts';
import type { Day } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import { rational } from '../values/rational.ts';
import { promisesOf } from './attested-promises.ts';
import type { Attested } from './bundle.ts';
import { bookEntryOf, isEvaluated, type LogEntry } from './log-entry.ts';

/** An entry of the log with its place. */
export interface Sequenced {
  readonly sequence: number;
  readonly entry: LogEntry;
}

export interface Recomputing {
  readonly versions: readonly Version[];
  readonly body: StatementBody;
  readonly entries: readonly Sequenced[];
  readonly attested: Attested;
  /** What is given at seams as of a place in the log. */
  readonly given: (through: number) => Given | null;
}

/** The state of the payee at one place in the log. */
export interface Recomputed {
  /** By `keyText`. */
  readonly entitlements: ReadonlyMap<string, Entitlement>;
  /** Null before the first day has begun. */
  readonly known: Known | null;
}

/** Recomputes at any place in the log; what was computed once is kept. */
export function recomputer(recomputing: Recomputing): (through: number) => Recomputed {
  const { versions, body, attested } = recomputing;
  const isWanted = wantedIn(versions, body, attested);
  const done = new Map<number, Recomputed>();
  return (through) => {
    const found = done.get(through) ?? recomputedAt(recomputing, through, isWanted);
    done.set(through, found);
    return found;
  };
}

/**
 * The place in the log through which what was earned in a period is accounted in the statement, or before it: from the
 * entry on that closes its period, or begins the next day, it is accounted in a later one.
 */
export function accountedThrough(
  { versions, body, entries }: Pick<Recomputing, 'versions' | 'body' | 'entries'>,
  earned: string,
): number {
  const { calendar, zone } = versions.at(-1)!.program.policies;
  const place = placeIn(calendar, body.period.label);
  let closed: Closed = [];
  let today: Day | null = null;
  for (const { sequence, entry } of entries) {
    if (sequence > body.recorded) break;
    if (entry.kind === 'day' && entry.zone === zone) today = entry.day;
    else if (entry.kind === 'close') {
      const period = parsePeriod(calendar, entry.period);
      if (period !== null) closed = closePeriod(closed, period);
    } else continue;
    if (place(accountingPeriod({ calendar, closed, today }, earned)) === 'after') return sequence - 1;
  }
  return body.recorded;
}

/** The scopes in which questions about the payee are asked at a place in the log. */
export function scopesAt(
  { versions, body, given }: Recomputing,
  known: Known,
  through: number,
): readonly Scope[] {
  return scopesOf(versions, known, { ...allOf(body.payee), given: given(through) });
}

function recomputedAt(recomputing: Recomputing, through: number, isWanted: Only['isWanted']): Recomputed {
  const { versions, body, attested, given } = recomputing;
  const { payee } = body;
  const known = knownThrough(recomputing, through);
  if (known === null) return { known, entitlements: new Map() };
  const asked: Asked = { only: { payee, isWanted }, given: given(through) };
  const own = evaluate(versions, known, asked).entitlements;
  const found = new Map(own.map((one) => [keyText(one), one]));
  if (attested.entitlements.length === 0) return { known, entitlements: found };
  for (const one of attested.entitlements) found.set(keyText({ ...one, payee }), entitlementOf(one, payee));
  const newest = scopesOf(versions, known, { ...everything, only: asked.only }).at(-1)!;
  const flowing = [...found.values()];
  for (const settlement of newest.world.program.settlements)
    for (const one of settled(settlement, flowing, newest))
      if (!isAttested(attested, one)) found.set(keyText(one), one);
  return { known, entitlements: found };
}

/** What is known to the payee after the entry at `through`; null before the first day has begun. */
export function knownThrough(
  { versions, body, entries, attested }: Pick<Recomputing, 'versions' | 'body' | 'entries' | 'attested'>,
  through: number,
): Known | null {
  const programs = versions.map(({ program }) => program) as [Program, ...Program[]];
  const { zone } = programs.at(-1)!.policies;
  const rules = bookRules(programs);
  const promised = attested.promised === null ? nothingPromised() : promisesOf(attested.promised);
  let today: Day | null = null;
  const log: Entry[] = [];
  for (const { sequence, entry } of entries) {
    if (sequence > through) break;
    if (entry.kind === 'commitment' && today !== null) {
      const { id, party: owner, asset, amount, lots } = entry.commitment;
      // What was redeemed is a fact of our own, and stands in the log; the books may have named its lots.
      if (amount > 0n && rules.isInLots(asset))
        promise(promised, {
          ...noPromises,
          uses: [{ id, owner, asset, amount, lots, day: today, by: null }],
        });
    }
    // A day of another zone is no day of the agreement.
    if ((entry.kind === 'day' && entry.zone !== zone) || !isEvaluated(entry)) continue;
    const taken = bookEntryOf(entry, today);
    if (taken.kind === 'day') today = taken.day;
    log.push(taken);
  }
  if (today === null) return null;
  return { ...knownAt(log, today), settled: settledOf(body.payee, attested.settled), promised };
}

/** The keys that the statement has, and all that flows into a settlement that it has; not what is attested as a whole. */
function wantedIn(versions: readonly Version[], body: StatementBody, attested: Attested): Only['isWanted'] {
  const { settlements } = versions.at(-1)!.program;
  const isSettled = settlements.some(({ id }) => body.items.some((item) => isOfSettlement(item.clause, id)));
  const flowing = new Set(isSettled ? settlements.flatMap(({ from }) => from) : []);
  const items = new Set(body.items.map(({ clause, earned }) => `${clause}\u0000${earned}`));
  return (clause, period) =>
    (flowing.has(clause) || items.has(`${clause}\u0000${period}`)) &&
    !attested.entitlements.some((one) => one.clause === clause && one.period === period);
}

/** The key in the books of an item of a statement. */
export function keyOf({ clause, earned, asset }: StatementBodyItem, payee: string): string {
  return keyText({ clause, payee, period: earned, asset });
}

/** The lines that stand in a statement: none where the amount is another by now than the one that is accounted there. */
export function linesNow(
  { due, before }: StatementBodyItem,
  found: Entitlement | undefined,
): readonly Line[] {
  const isCurrent = found?.amount === parseAmountText(before) + parseAmountText(due);
  return isCurrent ? found.lines : [];
}

/** Whether a key belongs to a settlement: what it pays, owes or carries. */
export function isOfSettlement(clause: string, settlement: string): boolean {
  return clause === settlement || clause.startsWith(`${settlement}/`);
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
