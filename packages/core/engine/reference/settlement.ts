// SPDX-License-Identifier: Apache-2.0
// Settlements: what the clauses give is paid period after period, with draws, debts, caps and carried excess folded
// in. Periods without any fact settle too. The running debt is the component "… owed", what is carried "… carried".

import {
  type Settled,
  type SettlementBalance,
  type SettlementPeriod,
  type SettlementRow,
  type Shortfall,
  settleFold,
} from '../../ledger/settlement.ts';
import type { BalanceRow, Settlement } from '../../program/clause.ts';
import type { Entitlement, Line, LineNote } from '../../program/entitlement.ts';
import type { Expression } from '../../program/expression.ts';
import type { SettledThrough } from '../../program/log.ts';
import type { WaitingFor } from '../../program/value.ts';
import type { Day } from '../../values/date.ts';
import { type Period, parsePeriod } from '../../values/period.ts';
import { multiply, one, rational } from '../../values/rational.ts';
import { roundToInteger } from '../../values/rounding.ts';
import { participation } from './attributes.ts';
import { assetDecimals, distinctWaits } from './cell.ts';
import { answer } from './expression.ts';
import { hasCome } from './horizon.ts';
import { partySpan, periodsFrom } from './participation.ts';
import { isValue, numberOf } from './result.ts';
import { bind, type Scope } from './scope.ts';

/** What a settlement pays each payee in each of its periods. */
export function settled(
  settlement: Settlement,
  entitlements: readonly Entitlement[],
  scope: Scope,
): readonly Entitlement[] {
  const flowing = new Map<string, Entitlement[]>();
  for (const entitlement of entitlements) {
    if (!settlement.from.includes(entitlement.clause)) continue;
    const list = flowing.get(entitlement.payee);
    if (list === undefined) flowing.set(entitlement.payee, [entitlement]);
    else list.push(entitlement);
  }
  const payees = new Set(scope.world.parties.get(settlement.payee.party) ?? []);
  // A payee whose every fact was voided still owes what was settled.
  for (const { of } of settledBefore(settlement, scope)?.payees ?? []) payees.add(of);
  const { only } = scope.world.asked;
  return [...payees]
    .filter((payee) => only === null || payee === only.payee)
    .flatMap((payee) => settledFor(settlement, payee, flowing.get(payee) ?? [], scope));
}

/** What a settlement pays one payee, of all that flows into it; nothing where there is no such payee. */
export function settledOf(
  settlement: Settlement,
  payee: string,
  flowing: readonly Flowing[],
  scope: Scope,
): readonly Entitlement[] {
  const isThere =
    scope.world.firstDays.get(settlement.payee.party)?.has(payee) === true ||
    (settledBefore(settlement, scope)?.payees.some(({ of }) => of === payee) ?? false);
  if (!isThere) return [];
  const own = flowing.filter((one) => one.payee === payee && settlement.from.includes(one.clause));
  return settledFor(settlement, payee, own, scope);
}

/** What of an entitlement flows into a settlement. */
export type Flowing = Pick<Entitlement, 'clause' | 'payee' | 'period' | 'amount' | 'waiting'>;

/** What the books have settled of it already. */
function settledBefore(settlement: Settlement, scope: Scope): SettledThrough | null {
  return scope.world.known.settled?.find((before) => before.settlement === settlement.id) ?? null;
}

/** One period of one payee as it was settled, after the balance of the period before. */
export interface SettledPeriod {
  readonly inflow: Inflow;
  readonly before: SettlementBalance;
  readonly result: Settled;
}

/** Every open period of one payee, row by row: for an explanation. */
export function settledPeriods(
  settlement: Settlement,
  payee: string,
  entitlements: readonly Entitlement[],
  scope: Scope,
): readonly SettledPeriod[] {
  const flowing = entitlements.filter((one) => one.payee === payee && settlement.from.includes(one.clause));
  return periodsFor(settlement, payee, flowing, scope);
}

/** One period of one payee: what flows in, and what that waits for. */
export interface Inflow {
  readonly period: Period;
  readonly settling: SettlementPeriod;
  readonly waits: readonly WaitingFor[];
}

function settledFor(
  settlement: Settlement,
  payee: string,
  flowing: readonly Flowing[],
  scope: Scope,
): readonly Entitlement[] {
  const scale = 10n ** BigInt(assetDecimals(scope.world.program, settlement.asset));
  return periodsFor(settlement, payee, flowing, scope).flatMap(({ inflow, result }) =>
    entitlementsOf(settlement, payee, inflow, result, scale, hasCome(scope.world, inflow.period.end)),
  );
}

function periodsFor(
  settlement: Settlement,
  payee: string,
  flowing: readonly Flowing[],
  scope: Scope,
): readonly SettledPeriod[] {
  const { world } = scope;
  const { calendar } = world.program.policies;
  const scale = 10n ** BigInt(assetDecimals(world.program, settlement.asset));
  const payeeScope = bind(scope, settlement.payee.variable, { kind: 'party', value: payee });
  const { from, through } = settlementSpan(settlement, payee, payeeScope);
  const before = settledBefore(settlement, scope);
  const known = before?.payees.find(({ of }) => of === payee) ?? null;
  const isSettled = (last: Day) => before !== null && last <= before.through;
  const open = periodsFrom(world, settlement.unit, from, from, through).filter(({ end }) => !isSettled(end));
  const earned = flowing.map(({ period, amount, waiting }) => ({
    end: parsePeriod(calendar, period)?.end ?? null,
    amount,
    waiting,
  }));
  // What was earned in settled periods and has changed since falls due in the first open one.
  const late = earned
    .filter(({ end }) => isSettled(end ?? Infinity))
    .reduce((sum, { amount }) => sum + amount, -(known?.due ?? 0n));
  const inflows = open.map((period, index): Inflow => {
    const waits: WaitingFor[] = [];
    const inner = {
      ...bind(payeeScope, settlement.period, { kind: 'period', value: period }),
      waits,
    };
    let due = index === 0 ? late : 0n;
    for (const { end, amount, waiting } of earned) {
      if (end === null || end < period.start || end > period.end || isSettled(end)) continue;
      due += amount;
      waits.push(...waiting);
    }
    const rows = rowsOf(settlement, period, scale, inner);
    const isPaidAhead = settlement.rows.some(({ kind }) => kind === 'paid ahead');
    return { period, settling: { period: period.label, due, rows, isPaidAhead }, waits };
  });
  const broughtIn = (component: string) =>
    openingOf(
      `${settlement.name} ${component}`,
      payee,
      scale,
      scope,
      (on) => known === null || !isSettled(on),
    );
  const opening = {
    debt: (known?.debt ?? 0n) + broughtIn('owed'),
    carried: (known?.carried ?? 0n) + broughtIn('carried'),
  };
  const results = settleFold(
    opening,
    inflows.map(({ settling }) => settling),
  );
  return results.map((result, index) => ({
    inflow: inflows[index]!,
    before: results[index - 1] ?? opening,
    result,
  }));
}

function openingOf(
  component: string,
  payee: string,
  scale: bigint,
  scope: Scope,
  isCounted: (on: Day) => boolean,
): bigint {
  return scope.world.known.openings
    .filter((balance) => balance.component === component && balance.of === payee)
    .filter(({ on }) => hasCome(scope.world, on) && isCounted(on))
    .reduce((sum, { amount }) => sum + (amount.n * scale) / amount.d, 0n);
}

/** From the payee's participation, or the first fact or draw, through the day of evaluation. */
function settlementSpan(
  settlement: Settlement,
  payee: string,
  scope: Scope,
): { readonly from: Day; readonly through: Day } {
  const { world } = scope;
  const span = partySpan(world, settlement.payee.party, payee);
  if (participation(world, settlement.payee.party, payee).from !== null) return span;
  const starts = settlement.rows.flatMap((row) =>
    row.kind === 'at least' && row.from !== null ? (dateOf(row.from, scope) ?? []) : [],
  );
  return { from: Math.min(span.from, ...starts), through: span.through };
}

function dateOf(date: Expression, scope: Scope): Day | null {
  const value = answer(date, scope);
  return value.kind === 'date' ? value.value : null;
}

/** The rows as they stand in a period. The words about a shortfall belong to the minimum before them. */
function rowsOf(
  settlement: Settlement,
  period: Period,
  scale: bigint,
  scope: Scope,
): readonly SettlementRow[] {
  const rows: SettlementRow[] = [];
  for (const [index, row] of settlement.rows.entries()) {
    if (row.kind === 'at most') {
      const amount = minorOf(row.amount, scale, scope);
      if (amount !== null) rows.push({ kind: 'at most', amount, excess: row.excess });
    } else if (row.kind === 'at least') {
      const isInForce =
        (row.from === null || (dateOf(row.from, scope) ?? Infinity) <= period.end) &&
        (row.through === null || (dateOf(row.through, scope) ?? Infinity) >= period.start);
      const amount = isInForce ? minorOf(row.amount, scale, scope) : null;
      rows.push({ kind: 'at least', amount, shortfall: shortfallOf(settlement, index, period, scope) });
    }
  }
  return rows;
}

function shortfallOf(settlement: Settlement, after: number, period: Period, scope: Scope): Shortfall {
  const row = settlement.rows
    .slice(after + 1)
    .find(
      (candidate): candidate is BalanceRow & { kind: 'owed' | 'forgiven' } =>
        candidate.kind === 'owed' || candidate.kind === 'forgiven',
    );
  if (row === undefined || row.kind === 'forgiven') return { kind: 'forgiven' };
  const share = answer(row.share, scope);
  const from = row.from === null ? null : dateOf(row.from, scope);
  return {
    kind: 'owed',
    share: isValue(share) ? numberOf(share) : one,
    isRecovering: from === null || period.end >= from,
  };
}

function minorOf(amount: Expression, scale: bigint, scope: Scope): bigint | null {
  const value = answer(amount, scope);
  if (value.kind === 'waiting') scope.waits.push(...value.for);
  if (!isValue(value)) return null;
  return roundToInteger(multiply(numberOf(value), rational(scale)), 'half away from zero');
}

function entitlementsOf(
  settlement: Settlement,
  payee: string,
  inflow: Inflow,
  result: Settled,
  scale: bigint,
  isOver: boolean,
): readonly Entitlement[] {
  const { period, settling } = inflow;
  const waits = distinctWaits(inflow.waits);
  const line = (amount: bigint, note: LineNote): readonly Line[] =>
    amount === 0n ? [] : [{ fact: null, exact: rational(amount, scale), amount, note }];
  const carriedIn = result.pay - result.due - result.shortfall + result.recovered + result.lost;
  const entitlement = (
    suffix: string,
    amount: bigint,
    lines: readonly Line[],
    isKnown: boolean,
  ): readonly Entitlement[] =>
    amount === 0n && lines.length === 0 && waits.length === 0
      ? []
      : [
          {
            clause: suffix === '' ? settlement.id : `${settlement.id}/${suffix}`,
            component: suffix === '' ? settlement.name : `${settlement.name} ${suffix}`,
            payee,
            period: period.label,
            asset: settlement.asset,
            exact: rational(amount, scale),
            amount,
            held: 0n,
            state: !isKnown ? 'forecast' : waits.length > 0 ? 'provisional' : 'final',
            waiting: waits,
            lines,
          },
        ];
  const pay = [
    ...line(result.due, 'unattributed'),
    ...line(result.shortfall, 'minimum'),
    ...line(-result.recovered, 'adjustment'),
    ...line(-result.lost, 'cap'),
    ...line(carriedIn, 'adjustment'),
    ...line(-result.paidAhead, 'adjustment'),
  ];
  return [
    ...entitlement('', result.paidAtEnd, pay, isOver),
    ...(settling.isPaidAhead
      ? entitlement('ahead', result.paidAhead, line(result.paidAhead, 'minimum'), true)
      : []),
    ...balance(entitlement('owed', result.debt, line(result.debt, 'unattributed'), isOver)),
    ...balance(entitlement('carried', result.carried, line(result.carried, 'unattributed'), isOver)),
  ];
}

/** A balance of zero is nothing to say, whatever waits. */
function balance(entitlements: readonly Entitlement[]): readonly Entitlement[] {
  return entitlements.filter(({ amount }) => amount !== 0n);
}
