// SPDX-License-Identifier: Apache-2.0
// What a run gave, for a person: a table of the components, totals, what waits, and the account of every row.
import { alignedLines } from '@rapport/core/explain/columns.ts';
import { amountFigure } from '@rapport/core/explain/figures.ts';
import { feedReasonText } from '@rapport/core/feeds/messages.ts';
import { type FeedReport, rowStates, type SourceReport } from '@rapport/core/feeds/report.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import { counted } from './agreement-file.ts';
import type { Style } from './terminal.ts';

/** The table of components with their totals, in the order of the agreement. */
export function componentTable(
  program: Program,
  entitlements: readonly Entitlement[],
  style: Style,
): string[] {
  const groups = new Map<
    string,
    { component: string; asset: string; payees: Set<string>; count: number; total: bigint }
  >();
  for (const { component, asset, payee, amount } of entitlements) {
    if (amount === 0n) continue;
    const key = `${component}\u0000${asset}`;
    const group = groups.get(key) ?? { component, asset, payees: new Set<string>(), count: 0, total: 0n };
    group.payees.add(payee);
    group.count += 1;
    group.total += amount;
    groups.set(key, group);
  }
  const rows = [...groups.values()].map(({ component, asset, payees, count, total }) => [
    component,
    payees.size.toLocaleString('en-US'),
    count.toLocaleString('en-US'),
    amountFigure(program, total, asset),
  ]);
  if (rows.length === 0) return ['Nothing is due.'];
  const lines = alignedLines(
    [['Component', 'Payees', 'Amounts', 'Total'], ...rows, ...moneyTotals(program, groups)],
    ['left', 'right', 'right', 'right'],
  );
  return lines.map((line, index) => (index === 0 ? style.bold(line) : line));
}

/** A total per asset that several components pay in. Points issued and used are not added: that would mean nothing. */
function moneyTotals(
  program: Program,
  groups: ReadonlyMap<string, { readonly asset: string; readonly total: bigint }>,
): string[][] {
  const totals = new Map<string, { count: number; total: bigint }>();
  for (const { asset, total } of groups.values()) {
    if (program.assets.some(({ id }) => id === asset || `${id}s` === asset)) continue;
    const sum = totals.get(asset) ?? { count: 0, total: 0n };
    totals.set(asset, { count: sum.count + 1, total: sum.total + total });
  }
  return [...totals]
    .filter(([, { count }]) => count > 1)
    .map(([asset, { total }]) => ['Total', '', '', amountFigure(program, total, asset)]);
}

/** What is not final: forecasts, and amounts that rest on something that is not there yet. */
export function waitingLines(program: Program, entitlements: readonly Entitlement[]): string[] {
  const forecasts = new Map<string, bigint>();
  const waits = new Map<string, number>();
  const held = new Map<string, bigint>();
  for (const { state, component, asset, amount, waiting, held: heldMinor } of entitlements) {
    const key = `${component}\u0000${asset}`;
    if (state === 'forecast' && amount !== 0n) forecasts.set(key, (forecasts.get(key) ?? 0n) + amount);
    if (heldMinor !== 0n) held.set(key, (held.get(key) ?? 0n) + heldMinor);
    for (const { name } of waiting)
      waits.set(`${component}: ${name}`, (waits.get(`${component}: ${name}`) ?? 0) + 1);
  }
  const figure = (key: string, minor: bigint) => {
    const [component = '', asset = ''] = key.split('\u0000');
    return [component, amountFigure(program, minor, asset)] as const;
  };
  return [
    ...[...forecasts].map(([key, minor]) => {
      const [component, amount] = figure(key, minor);
      return `${component}: ${amount} of this is a forecast, since its period has not ended.`;
    }),
    ...[...held].map(([key, minor]) => {
      const [component, amount] = figure(key, minor);
      return `${component}: ${amount} is earned and not released yet.`;
    }),
    ...[...waits].map(
      ([what, count]) => `${what} is not known yet for ${counted(count, 'fact')} that could count.`,
    ),
  ];
}

/** The account of the rows of each file. */
export function rowAccountLines({ sources }: FeedReport): string[] {
  return sources.flatMap((source) => [
    `${source.file}: ${counted(source.rows, 'row')} → ${source.becomes}`,
    ...stateLines(source).map((line) => `  ${line}`),
    ...source.differences.map(
      ({ what, theirs, ours }) => `  control total differs: ${what} ${theirs} by the sender, ${ours} here`,
    ),
    ...(source.completeThrough === null ? [] : [`  complete through ${isoDay(source.completeThrough)}`]),
  ]);
}

function stateLines({ states }: SourceReport): string[] {
  const rows = rowStates
    .filter((state) => states[state].rows > 0)
    .map((state) => {
      const reasons = [...states[state].reasons].map(([reason, count]) =>
        reasonText(state, reason, count, states[state].reasons.size),
      );
      return [states[state].rows.toLocaleString('en-US'), state, reasons.join('; ')];
    });
  return alignedLines(rows, ['right', 'left', 'left']);
}

function reasonText(state: string, reason: string, count: number, reasons: number): string {
  const number = reasons === 1 ? '' : `${count.toLocaleString('en-US')} `;
  if (state === 'taken') return `${count.toLocaleString('en-US')} without ${reason}`;
  if (state === 'waiting') return `${number}without ${reason}: they count once it is there`;
  return `${number}${state === 'rejected' ? feedReasonText(reason) : reason}`;
}
