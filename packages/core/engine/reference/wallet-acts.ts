// SPDX-License-Identifier: Apache-2.0
// What one clause does to a wallet at one point of its fold: it issues a lot, takes points for a reward, exchanges
// them as often as there are enough, or takes back what a returned sale earned.

import {
  burn,
  burnCommitted,
  burnUpTo,
  extend,
  free,
  issue,
  type Part as LotPart,
  type Movement,
  releaseLots,
  reverse,
  useLess,
  type Wallet,
} from '../../ledger/lots.ts';
import { isKept } from '../../ledger/roles.ts';
import type { Clause } from '../../program/clause.ts';
import type { Grant, Use } from '../../program/promise.ts';
import type { WaitingFor } from '../../program/value.ts';
import type { Day } from '../../values/date.ts';
import { addDuration } from '../../values/duration.ts';
import { type Period, parsePeriod } from '../../values/period.ts';
import {
  add,
  divide,
  floor,
  multiply,
  type Rational,
  rational,
  sign,
  subtract,
  zero,
} from '../../values/rational.ts';
import { type Cell, type Portion, roundedMinor } from './cell.ts';
import { type CellGathering, factAmount, occasionScope, periodAmount } from './clause.ts';
import { answer } from './expression.ts';
import type { FactRecord } from './order.ts';
import { grantedFor, grantPlace, noteGrant, type PromisedGrants } from './promised-grants.ts';
import type { PromisedHolds } from './promised-holds.ts';
import { byOf, noteUse, type PromisedUses, usesAt } from './promised-uses.ts';
import { isValue, numberOf } from './result.ts';
import { bindRecord, type Scope, type WalletView } from './scope.ts';
import { factsIn } from './sets.ts';

/** A clause that has to do with wallets, and the cells it has made so far. */
export interface WalletClause {
  readonly clause: Clause;
  readonly scope: Scope;
  readonly gathering: CellGathering;
  /** Exact and rounded sums per payee and period: lots hold whole units, rounded cumulatively. */
  readonly rounded: Map<string, { exact: Rational; minor: bigint }>;
}

export interface WalletState {
  readonly asset: string;
  readonly owner: string;
  readonly wallet: Wallet;
  /** Smallest units in one. */
  readonly scale: bigint;
  day: Day;
  /** What each fact earned under each clause, exactly. */
  readonly earned: Map<
    string,
    { readonly exact: Rational; readonly payee: string; readonly period: Period | null }
  >;
  /** The lots that each fact used, under each clause. */
  readonly taken: Map<string, readonly LotPart[]>;
  readonly uses: PromisedUses;
  readonly holds: PromisedHolds;
  readonly grants: PromisedGrants;
  readonly used: { readonly record: FactRecord | null; readonly amount: bigint }[];
  /** What of each fact was given back already, in smallest units. */
  readonly returned: Map<string, Rational>;
  /** Everything that clauses gave, in the order of the fold. */
  readonly given: Given[];
}

/** What a clause gave, or took back, at one point of the fold, and what moved in the wallet for it. */
export interface Given {
  readonly clause: string;
  readonly payee: string;
  readonly period: Period | null;
  readonly record: FactRecord | null;
  readonly day: Day;
  /** What was released of it, before rounding. */
  readonly exact: Rational;
  /** How often, for an exchange; null otherwise. */
  readonly times: bigint | null;
  readonly moved: readonly Movement[];
}

export interface Act {
  readonly payee: string;
  readonly period: Period | null;
  readonly record: FactRecord | null;
}

export const nothing = { portions: [], earned: [], waits: [] };

/** Lets a clause act. */
export function actOn(walletClause: WalletClause, act: Act, state: WalletState, view: WalletView): void {
  const { clause } = walletClause;
  const scope: Scope = { ...walletClause.scope, wallet: view };
  const exchange = clause.rows.find((row) => row.kind === 'for every');
  const taking = clause.rows.find((row) => row.kind === 'taking');
  if (exchange !== undefined)
    for (const use of usesAt(state.uses, clause.id, act, state.day))
      bookExchange(walletClause, use, act.record, state, view);
  const before = state.wallet.movements.length;
  const burnt =
    exchange === undefined ? noExchange : exchanged(exchange.step, walletClause, act, state, scope);
  const { times } = burnt;
  if (times === 0n) return;
  const { occasion } = clause;
  const part = amountAt(walletClause, act, scope);
  let { portions } = part;
  if (exchange !== undefined)
    portions = portions.map((portion) => ({
      ...portion,
      record: portion.record ?? act.record,
      note: portion.record === null && act.record !== null ? 'credit' : portion.note,
      amount: multiply(portion.amount, rational(times)),
    }));
  if (isIssuing(clause, state)) portions = keptPortions(walletClause, act, portions, state);
  const total = totalOf(portions);
  if (taking !== undefined && sign(total) !== 0) {
    const share = taken(taking, walletClause, act, state, scope, part.waits as WaitingFor[]);
    portions = portions.map((portion) => ({ ...portion, amount: multiply(portion.amount, share) }));
  } else if (taking !== undefined)
    for (const { lots } of usesAt(state.uses, clause.id, act, null)) releaseLots(state.wallet, lots);
  if (portions.length > 0 || part.waits.length > 0)
    walletClause.gathering.add(act.payee, act.period, { ...part, portions });
  if (exchange !== undefined && part.waits.length === 0)
    noteUse(state.uses, {
      asset: state.asset,
      owner: state.owner,
      day: state.day,
      lots: burnt.lots,
      by: { ...byOf(clause.id, act), reward: wholeOf(portions) },
    });
  const exact = totalOf(portions);
  const borne = totalOf(part.portions);
  if (act.record !== null && occasion.kind === 'fact') {
    const isAtMinimum = clause.returns === 'what it earned' && sign(borne) !== 0;
    const earned = isAtMinimum ? multiply(exact, divide(totalOf(part.earned), borne)!) : exact;
    state.earned.set(factKey(clause, act.record), { exact: earned, payee: act.payee, period: act.period });
  }
  if (isIssuing(clause, state)) issueLot(walletClause, act, exact, state, scope);
  noteGiven(clause, { ...act, exact, times: exchange === undefined ? null : times }, before, state);
}

const noExchange = { times: 1n, lots: [] as readonly LotPart[] };

/** What the clause gives at one point of the fold, once. */
function amountAt({ clause }: WalletClause, act: Act, scope: Scope): ReturnType<typeof periodAmount> {
  const { occasion } = clause;
  return act.record !== null && occasion.kind === 'fact'
    ? factAmount({ ...act, clause, record: act.record }, occasion, scope)
    : periodAmount(clause, act.payee, act.period, scope);
}

/** Books an exchange that was promised: the lots that it took, and what it gave, whatever the terms say by now. */
export function bookExchange(
  walletClause: WalletClause,
  use: Use,
  record: FactRecord | null,
  state: WalletState,
  view: WalletView,
): void {
  const { by } = use;
  if (by === null || by.reward === null) return;
  const { clause } = walletClause;
  const { calendar } = walletClause.scope.world.program.policies;
  const act: Act = { payee: by.payee, period: parsePeriod(calendar, by.period), record };
  const before = state.wallet.movements.length;
  burnCommitted(state.wallet, use.lots, state.day, by.fact ?? sourceOf(record));
  state.used.push({ record, amount: use.amount });
  const isWithFact = clause.occasion.kind !== 'fact' || record !== null;
  const part = isWithFact ? amountAt(walletClause, act, { ...walletClause.scope, wallet: view }) : nothing;
  const share = divide(by.reward, wholeOf(part.portions));
  const portions =
    share === null
      ? [{ record, amount: by.reward, held: zero, note: 'credit' as const }]
      : part.portions.map((portion) => ({
          ...portion,
          record: portion.record ?? record,
          note: portion.record === null && record !== null ? ('credit' as const) : portion.note,
          amount: multiply(portion.amount, share),
          held: multiply(portion.held, share),
        }));
  walletClause.gathering.add(act.payee, act.period, { ...nothing, portions });
  const exact = totalOf(portions);
  if (record !== null && clause.occasion.kind === 'fact')
    state.earned.set(factKey(clause, record), { exact, payee: act.payee, period: act.period });
  if (isIssuing(clause, state)) issueLot(walletClause, act, exact, state, walletClause.scope);
  // What was given then is so many times what one exchange gives by now; under other terms there is no such number.
  const times = share !== null && share.d === 1n ? share.n : null;
  noteGiven(clause, { ...act, exact, times }, before, state);
}

/** What is released and what is held. */
function wholeOf(portions: Cell['portions']): Rational {
  return portions.reduce((sum, { amount, held }) => add(add(sum, amount), held), zero);
}

export function noteGiven(
  clause: Clause,
  act: Act & Pick<Given, 'exact' | 'times'>,
  before: number,
  state: WalletState,
): void {
  const moved = state.wallet.movements.slice(before);
  if (moved.length > 0 || sign(act.exact) !== 0)
    state.given.push({ ...act, clause: clause.id, day: state.day, moved });
}

export function isIssuing(clause: Clause, state: WalletState): boolean {
  return clause.action === 'issues' && clause.asset === state.asset;
}

function totalOf(portions: Cell['portions']): Rational {
  return portions.reduce((sum, { amount }) => add(sum, amount), zero);
}

function actScope(walletClause: WalletClause, act: Act, scope: Scope): Scope {
  const { clause } = walletClause;
  const inner = { ...occasionScope(clause, act.payee, act.period, scope), waits: [] };
  return act.record !== null && clause.occasion.kind === 'fact'
    ? bindRecord(inner, clause.occasion.fact, act.record)
    : inner;
}

/** How often the step fits into what can be used; so much is used. */
function exchanged(
  step: Parameters<typeof answer>[0],
  walletClause: WalletClause,
  act: Act,
  state: WalletState,
  scope: Scope,
): { readonly times: bigint; readonly lots: readonly LotPart[] } {
  const never = { times: 0n, lots: [] };
  const each = answer(step, actScope(walletClause, act, scope));
  if (!isValue(each) || sign(numberOf(each)) <= 0) return never;
  const minor = floor(multiply(numberOf(each), rational(state.scale)));
  if (minor <= 0n) return never;
  const times = free(state.wallet, state.day) / minor;
  if (times <= 0n) return never;
  const lots = burn(state.wallet, times * minor, state.day, sourceOf(act.record));
  if (lots === null) return never;
  state.used.push({ record: act.record, amount: times * minor });
  return { times, lots };
}

/** Uses the stated points; the share of the reward that they pay for. */
function taken(
  row: Clause['rows'][number] & { kind: 'taking' },
  walletClause: WalletClause,
  act: Act,
  state: WalletState,
  scope: Scope,
  waits: WaitingFor[],
): Rational {
  const wanted = answer(row.amount, actScope(walletClause, act, scope));
  if (wanted.kind === 'waiting') waits.push(...wanted.for);
  const source = sourceOf(act.record);
  const before = takenBefore(walletClause.clause, act, state);
  const minor = isValue(wanted)
    ? floor(multiply(numberOf(wanted), rational(state.scale)))
    : // While nobody knows how many, those that were taken stay taken.
      before.amount;
  if (minor < before.amount)
    useLess(state.wallet, before.lots, before.amount - (minor > 0n ? minor : 0n), state.day, source);
  if (minor <= 0n) return zero;
  const wantedStill = minor - before.amount;
  const more =
    wantedStill <= 0n
      ? []
      : ((row.ifShort === 'refused'
          ? burn(state.wallet, wantedStill, state.day, source)
          : burnUpTo(state.wallet, wantedStill, state.day, source)) ?? []);
  if (more.length > 0)
    noteUse(state.uses, {
      asset: state.asset,
      owner: state.owner,
      day: state.day,
      lots: more,
      by: { ...byOf(walletClause.clause.id, act), reward: null },
    });
  const taken = more.reduce((sum, part) => sum + part.amount, before.amount);
  const amount = taken < minor ? taken : minor;
  if (amount === 0n) return zero;
  state.used.push({ record: act.record, amount });
  if (act.record !== null)
    state.taken.set(factKey(walletClause.clause, act.record), [...before.lots, ...more]);
  return rational(amount, minor);
}

/** What was taken before for the reward of this fact, booked here. */
function takenBefore(
  clause: Clause,
  act: Act,
  state: WalletState,
): { readonly amount: bigint; readonly lots: readonly LotPart[] } {
  const lots: LotPart[] = [];
  let amount = 0n;
  for (const use of usesAt(state.uses, clause.id, act, null)) {
    lots.push(...burnCommitted(state.wallet, use.lots, state.day, sourceOf(act.record)));
    amount += use.amount;
  }
  return { amount, lots };
}

export function sourceOf(record: FactRecord | null): { readonly kind: string; readonly id: string } | null {
  return record === null ? null : { kind: record.kind, id: record.fact.id };
}

export function factKey(clause: Clause, record: FactRecord): string {
  return `${clause.id}\u0000${record.kind}\u0000${record.fact.id}`;
}

/** Issues what the clause earned here; below zero (a sale taken back today) takes from the sale's own lot first. */
function issueLot(
  walletClause: WalletClause,
  act: Act,
  exact: Rational,
  state: WalletState,
  scope: Scope,
): void {
  const { clause } = walletClause;
  const amount = nextMinor(walletClause, act, exact, state);
  const inner = actScope(walletClause, act, scope);
  const source = sourceOf(act.record) ?? { kind: 'period', id: act.period?.label ?? '' };
  if (amount < 0n) reverse(state.wallet, source, -amount, state.day);
  if (amount <= 0n) return;
  const lot = {
    clause: clause.id,
    owner: act.payee,
    source,
    day: state.day,
    usableFrom: rowDate(clause, 'usable from', inner),
    usableThrough: rowDate(clause, 'usable through', inner) ?? activeThrough(clause, inner, state.day),
    amount,
  };
  issue(state.wallet, lot);
  if (grantPlace(clause, act) === null) return;
  const { asset, owner } = state;
  const grant = { ...lot, asset, owner, payee: act.payee, period: act.period?.label ?? '', exact };
  noteGrant(state.grants, grant, grantedFor(state.grants, clause, act));
}

/** Raised to what was granted before: a return or a correction takes none of that. */
function keptPortions(
  { clause }: WalletClause,
  act: Act,
  portions: readonly Portion[],
  state: WalletState,
): readonly Portion[] {
  const granted = grantedFor(state.grants, clause, act);
  // What one sale gave is not lowered by another one that a return brings below zero.
  if (sign(granted) === 0)
    return isKept(clause) && sign(totalOf(portions)) < 0 && act.record?.lowering === null ? [] : portions;
  if (grantPlace(clause, act) === null) return [];
  const lacks = subtract(granted, totalOf(portions));
  return sign(lacks) <= 0
    ? portions
    : [...portions, { record: null, amount: lacks, held: zero, note: 'kept' }];
}

/** Issues again what was granted for a fact that has gone. */
export function issueGrant(walletClause: WalletClause, grant: Grant, state: WalletState): void {
  const { calendar } = walletClause.scope.world.program.policies;
  const { payee, exact, source } = grant;
  const act: Act = { payee, period: parsePeriod(calendar, grant.period), record: null };
  const before = state.wallet.movements.length;
  const portion: Portion = { record: null, amount: exact, held: zero, note: 'kept' };
  walletClause.gathering.add(payee, act.period, { ...nothing, portions: [portion] });
  const amount = nextMinor(walletClause, act, exact, state);
  if (amount > 0n)
    issue(state.wallet, {
      clause: grant.clause,
      owner: payee,
      source,
      day: state.day,
      usableFrom: grant.usableFrom,
      usableThrough: grant.usableThrough,
      amount,
    });
  noteGiven(walletClause.clause, { ...act, exact, times: null }, before, state);
}

/** The next whole amount of a clause for a payee and period, rounded cumulatively. */
export function nextMinor(walletClause: WalletClause, act: Act, exact: Rational, state: WalletState): bigint {
  const key = `${act.payee}\u0000${act.period?.label ?? ''}`;
  const before = walletClause.rounded.get(key) ?? { exact: zero, minor: 0n };
  const sum = add(before.exact, exact);
  const minor = roundedMinor(sum, walletClause.clause.rounding, state.scale.toString().length - 1);
  walletClause.rounded.set(key, { exact: sum, minor });
  return minor - before.minor;
}

function rowDate(clause: Clause, kind: 'usable from' | 'usable through', scope: Scope): Day | null {
  const row = clause.rows.find((candidate) => candidate.kind === kind);
  if (row === undefined || !('date' in row)) return null;
  const date = answer(row.date, scope);
  return date.kind === 'date' ? date.value : null;
}

/** Points that live by activity are usable for the stated time after the fact that earned them, and after each other. */
function activeThrough(clause: Clause, scope: Scope, day: Day): Day | null {
  const row = clause.rows.find((candidate) => candidate.kind === 'usable while active');
  const every = row === undefined ? null : answer(row.every, scope);
  return every?.kind === 'duration' ? addDuration(day, every.value) : null;
}

/** The facts that keep a payee's points alive. */
export function activityOf(walletClause: WalletClause, payee: string): readonly FactRecord[] {
  const { clause, scope } = walletClause;
  const row = clause.rows.find((candidate) => candidate.kind === 'usable while active');
  return row === undefined ? [] : factsIn(row.activity, occasionScope(clause, payee, null, scope));
}

/** Puts off the last day of what is still alive. */
export function keepAlive(walletClause: WalletClause, payee: string, state: WalletState): void {
  const { clause, scope } = walletClause;
  const through = activeThrough(clause, occasionScope(clause, payee, null, scope), state.day);
  if (through !== null) extend(state.wallet, { day: state.day, through, clause: clause.id });
}
