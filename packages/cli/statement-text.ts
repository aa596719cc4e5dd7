// SPDX-License-Identifier: Apache-2.0
// The statement of one payee: what is due, period by period and component by component, with the facts behind it.
import { alignedLines } from '@rapport/core/explain/columns.ts';
import { amountFigure, figureOf } from '@rapport/core/explain/figures.ts';
import type { Entitlement, Line } from '@rapport/core/program/entitlement.ts';
import { type FactStore, scalarAt } from '@rapport/core/program/fact-store.ts';
import { counted } from './agreement-file.ts';
import { asOfText, type LoadedCase } from './loaded-case.ts';
import type { Style } from './terminal.ts';

/** How many facts a statement names under each amount before it counts the rest. */
const factsShownMax = 8;

/** The lines of the statement; `detail` names the facts behind each amount, `all` every one of them. */
export function statementText(
  { program, loaded, asOf }: LoadedCase,
  payee: string,
  entitlements: readonly Entitlement[],
  { detail, all, style }: { readonly detail: boolean; readonly all: boolean; readonly style: Style },
): string[] {
  const due = entitlements.filter(({ amount, held }) => amount !== 0n || held !== 0n);
  const heading = [style.bold(`Statement for ${payee}`), `${program.title}, ${asOfText(asOf)}`, ''];
  if (due.length === 0) return [...heading, 'Nothing is due.'];
  const facts = detail ? factLookup(loaded.store, payee) : null;
  const periods = [...new Set(due.map(({ period }) => period))].sort();
  const body = periods.flatMap((period) => {
    const inPeriod = due.filter((each) => each.period === period);
    const rows = inPeriod.flatMap((each): string[][] => [
      [each.component, amountFigure(program, each.amount, each.asset), noteOf(each, program)],
      ...(facts === null ? [] : factRows(each, facts, program, all)),
    ]);
    const total = totalsOf(inPeriod, program);
    return [
      style.bold(period === '' ? 'Over the whole time' : period),
      ...alignedLines([...rows, ...total], ['left', 'right', 'left']).map((line) => `  ${line}`),
      '',
    ];
  });
  const grand =
    periods.length > 1 ? totalsOf(due, program).map(([, figure]) => style.bold(`Due in all: ${figure}`)) : [];
  return [...heading, ...body, ...grand].slice(0, grand.length === 0 ? -1 : undefined);
}

function noteOf({ lines, state, held, asset }: Entitlement, program: LoadedCase['program']): string {
  const facts = lines.filter(({ fact }) => fact !== null);
  const kinds = new Set(facts.map(({ fact }) => fact?.kind));
  const plural = program.factKinds.find(({ id }) => id === [...kinds][0])?.plural ?? 'facts';
  const count = new Set(facts.map(({ fact }) => fact?.id)).size;
  const singular = program.factKinds.find(({ id }) => id === [...kinds][0])?.id ?? 'fact';
  return [
    count === 0 ? '' : count === 1 ? `from 1 ${singular}` : `from ${count.toLocaleString('en-US')} ${plural}`,
    state === 'final' ? '' : state,
    held === 0n ? '' : `${amountFigure(program, held, asset)} not released yet`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function totalsOf(entitlements: readonly Entitlement[], program: LoadedCase['program']): string[][] {
  const totals = new Map<string, { count: number; sum: bigint }>();
  for (const { asset, amount } of entitlements) {
    if (program.assets.some(({ id }) => id === asset || `${id}s` === asset)) continue;
    const total = totals.get(asset) ?? { count: 0, sum: 0n };
    totals.set(asset, { count: total.count + 1, sum: total.sum + amount });
  }
  return [...totals]
    .filter(([, { count }]) => count > 1)
    .map(([asset, { sum }]) => ['Total', amountFigure(program, sum, asset), '']);
}

function factRows(
  { lines, asset }: Entitlement,
  facts: (kind: string, id: string) => string,
  program: LoadedCase['program'],
  all: boolean,
): string[][] {
  const shown = all ? lines : lines.slice(0, factsShownMax);
  const rows = shown.map((line: Line) => [
    `    ${line.fact === null ? line.note : line.fact.id}`,
    amountFigure(program, line.amount, asset),
    line.fact === null ? '' : facts(line.fact.kind, line.fact.id),
  ]);
  const rest = lines.slice(shown.length);
  if (rest.length === 0) return rows;
  const sum = rest.reduce((total, { amount }) => total + amount, 0n);
  return [
    ...rows,
    [
      `    and ${counted(rest.length, 'more')}`.replace(/mores$/, 'more'),
      amountFigure(program, sum, asset),
      '--lines shows them',
    ],
  ];
}

/** Describes facts by kind and id: the values of their fields, in order, without the payee of the statement. */
function factLookup(store: FactStore, payee: string): (kind: string, id: string) => string {
  const rows = new Map<string, Map<string, number>>();
  return (kind, id) => {
    const table = store.tables.get(kind);
    if (table === undefined) return '';
    let known = rows.get(kind);
    if (known === undefined) {
      known = new Map();
      for (let row = 0; row < table.length; row += 1)
        if (!table.gone.has(row)) known.set(table.ids.text(row), row);
      rows.set(kind, known);
    }
    const row = known.get(id);
    if (row === undefined) return '';
    return table.kind.fields
      .flatMap((field) => {
        const scalar = scalarAt(table, field, row);
        if (scalar === undefined || scalar.kind === 'open') return [];
        if (scalar.kind === 'party' && scalar.value === payee) return [];
        if (scalar.kind === 'text') return [scalar.value];
        const figure = figureOf(field.type, scalar);
        return [field.type.kind === 'date' ? `${field.name} ${figure}` : figure];
      })
      .join(', ');
  };
}
