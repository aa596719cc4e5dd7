// SPDX-License-Identifier: Apache-2.0
// The arithmetic of one settlement period: what fell due, what was carried in, what the minimum added, what was
// recovered of the debt before, what a cap took, and what is paid; beside it the debt, or the excess, that goes on.

import type { Scope } from '../engine/reference/scope.ts';
import { type SettledPeriod, settledPeriods } from '../engine/reference/settlement.ts';
import type { Settlement } from '../program/clause.ts';
import type { Entitlement } from '../program/entitlement.ts';
import { parsePeriod } from '../values/period.ts';
import { rational } from '../values/rational.ts';
import { amountFigure, assetOf } from './figures.ts';
import type { Reason } from './reason.ts';
import type { Part } from './why.ts';

/** The settlement that a component comes from: its pay, or its "owed", "carried" or "ahead". */
export function settlementBehind(scope: Scope, clause: string): Settlement | null {
  const suffixes = ['', '/owed', '/carried', '/ahead'];
  return (
    scope.world.program.settlements.find(({ id }) =>
      suffixes.some((suffix) => clause === `${id}${suffix}`),
    ) ?? null
  );
}

/** The period of an amount of a settlement, row by row. */
export function settledPart(
  scope: Scope,
  settlement: Settlement,
  key: Entitlement,
  entitlements: readonly Entitlement[],
): readonly Part[] {
  const periods = settledPeriods(settlement, key.payee, entitlements, scope);
  const found = periods.find(({ inflow }) => inflow.period.label === key.period);
  if (found === undefined) return [];
  const { program } = scope.world;
  const scale = 10n ** BigInt(assetOf(program, key.asset).decimals);
  const node = (
    label: string,
    amount: bigint,
    parts: readonly Reason[] = [],
  ): Reason & { exact: typeof key.exact } => ({
    label,
    figure: amountFigure(program, amount, key.asset),
    exact: rational(amount, scale),
    fact: null,
    parts,
  });
  const rows = stepsOf(key.clause.slice(settlement.id.length + 1), found)
    .filter(([, amount], index) => amount !== 0n || index === 0)
    .map(([label, amount]) =>
      label === dueWords
        ? node(label, amount, dueParts(scope, settlement, key, found, entitlements, node))
        : node(label, amount),
    );
  const total = stepsOf(key.clause.slice(settlement.id.length + 1), found).reduce(
    (sum, [, amount]) => sum + amount,
    0n,
  );
  const reason = node(key.component, total, rows);
  return [{ fact: null, reason, rows: [], exact: reason.exact }];
}

const dueWords = 'earned and due';

/** The steps whose sum is the amount. */
function stepsOf(suffix: string, { before, result }: SettledPeriod): readonly (readonly [string, bigint])[] {
  const owed = result.shortfall - result.forgiven;
  switch (suffix) {
    case 'owed':
      return [
        ['owed before', before.debt],
        ['paid to reach the minimum', owed],
        ['recovered', -result.recovered],
      ];
    case 'carried':
      return [['above the maximum, and carried on', result.carried]];
    case 'ahead':
      return [['the minimum, paid ahead', result.paidAhead]];
    default:
      return [
        [dueWords, result.due],
        ['carried in from the period before', before.carried],
        ['up to the minimum', result.shortfall],
        [`recovered of what was owed`, -result.recovered],
        ['above the maximum, and not paid', -result.lost],
        ['above the maximum, and carried on', -result.carried],
        ['paid ahead on the first day', -result.paidAhead],
      ];
  }
}

/** What flows in: the amounts whose periods end in this one, then what has changed since in periods settled before. */
function dueParts(
  { world }: Scope,
  settlement: Settlement,
  key: Entitlement,
  { inflow, result }: SettledPeriod,
  entitlements: readonly Entitlement[],
  node: (label: string, amount: bigint) => Reason,
): readonly Reason[] {
  const { calendar } = world.program.policies;
  const own = entitlements.filter((one) => {
    const end = parsePeriod(calendar, one.period)?.end;
    const isOurs = settlement.from.includes(one.clause) && one.payee === key.payee;
    return isOurs && end !== undefined && end >= inflow.period.start && end <= inflow.period.end;
  });
  const late = own.reduce((sum, { amount }) => sum - amount, result.due);
  return [
    ...own.map((one) => node(`${one.component} for ${one.period}`, one.amount)),
    ...(late === 0n ? [] : [node('changed since in periods settled before', late)]),
  ];
}
