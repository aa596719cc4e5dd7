// SPDX-License-Identifier: Apache-2.0
// A statement as one flat table, for CSV and spreadsheets: totals, where it stands by now, items, the lines of each, what
// moved, payments, and balances, one row each. `amount` of an item is what was posted here; its lines add up to `after`, the whole.

import type { StatementBodyItem } from '@rapport/core/ledger/statement-body.ts';
import type { IssuedStatement, StatementNow } from './issued-statement.ts';

export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  /** An exact decimal. */
  | { readonly kind: 'number'; readonly decimal: string; readonly decimals: number };

export interface FlatTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const fixedColumns = [
  'Row',
  'Component',
  'Section',
  'Earned',
  'Asset',
  'Amount',
  'Before',
  'After',
  'Kind',
  'Id',
  'Note',
  'Rate',
  'Because of',
  'Belongs with',
] as const;

type Fixed = Readonly<Partial<Record<(typeof fixedColumns)[number], string>>>;

/** The table of a statement. Columns after the fixed ones are the fields of the facts, in the order they first appear. */
export function statementTable({ body, now }: Pick<IssuedStatement, 'body' | 'now'>): FlatTable {
  const names = new Set(
    body.items.flatMap(({ lines }) => lines.flatMap(({ fields }) => fields.map(({ name }) => name))),
  );
  const fieldColumns = [...names];
  const decimalsOf = new Map(body.assets.map(({ id, decimals }) => [id, decimals]));
  const amounts: readonly string[] = ['Amount', 'Before', 'After'];
  const row = (fixed: Fixed, fields: ReadonlyMap<string, string> = new Map()): readonly Cell[] => [
    ...fixedColumns.map((column): Cell => {
      const text = fixed[column] ?? '';
      return amounts.includes(column) && text !== ''
        ? { kind: 'number', decimal: text, decimals: decimalsOf.get(fixed.Asset ?? '') ?? 0 }
        : { kind: 'text', text };
    }),
    ...fieldColumns.map((column): Cell => ({ kind: 'text', text: fields.get(column) ?? '' })),
  ];
  const rows = [
    ...body.totals.flatMap(({ asset, carried, arising, paid, payable, held }) =>
      (
        [
          ['carried', carried],
          ['arising', arising],
          ['paid', paid],
          ['payable', payable],
          ['held', held],
        ] as const
      ).map(([what, amount]) => row({ Row: what, Asset: asset, Amount: amount })),
    ),
    ...nowRows(now, row),
    ...body.items.flatMap((item) => itemRows(item, row)),
    ...body.payments.map(({ id, on, asset, amount, reference }) =>
      row({
        Row: 'payment',
        Asset: asset,
        Amount: amount,
        Id: id,
        Note: [on ?? '', reference].join(' ').trim(),
      }),
    ),
    ...body.balances.map(({ component, earned, asset, amount }) =>
      row({ Row: 'balance', Component: component, Earned: earned, Asset: asset, Amount: amount }),
    ),
    ...body.nothing.map(({ component, section, earned }) =>
      row({ Row: 'nothing', Component: component, Section: section, Earned: earned }),
    ),
  ];
  return { columns: [...fixedColumns, ...fieldColumns], rows };
}

type RowOf = (fixed: Fixed, fields?: ReadonlyMap<string, string>) => readonly Cell[];

/** What is approved and paid by now, beside what the version says of its own day. */
function nowRows(
  { approval, accounts, payments, awaited }: StatementNow,
  row: RowOf,
): readonly (readonly Cell[])[] {
  const approved = approval === null ? [] : [`version ${approval.version}, ${approval.on}`];
  return [
    ...approved.map((note) => row({ Row: 'approved', Note: note })),
    ...accounts.flatMap(({ asset, paid, stillToPay, paidTooMuch }) => [
      row({ Row: 'paid by now', Asset: asset, Amount: paid }),
      row({ Row: 'still to pay', Asset: asset, Amount: stillToPay }),
      row({ Row: 'paid too much', Asset: asset, Amount: paidTooMuch }),
    ]),
    ...payments.map(({ on, asset, amount, reference }) =>
      row({
        Row: 'payment by now',
        Asset: asset,
        Amount: amount,
        Note: [on ?? '', reference].join(' ').trim(),
      }),
    ),
    ...awaited.map((feed) => row({ Row: 'awaited', Note: feed })),
  ];
}

function itemRows(item: StatementBodyItem, row: RowOf): readonly (readonly Cell[])[] {
  const { component, section, earned, asset, due, before, lines, restates, standing, role } = item;
  const own = { Component: component, Section: section, Earned: earned, Asset: asset };
  return [
    row({
      ...own,
      Row: 'item',
      Amount: due,
      Before: before,
      After: restates?.after ?? '',
      Note: role === 'owed' ? standing : `${standing}, ${role}`,
      'Because of': (restates?.causes ?? []).map(({ kind, id }) => `${kind} ${id}`).join('; '),
    }),
    ...lines.map(({ fact, note, amount, fields, linked, slices }) =>
      row(
        {
          ...own,
          Row: 'line',
          Amount: amount,
          Kind: fact?.kind ?? '',
          Id: fact?.id ?? '',
          Note: note,
          Rate: slices.map(({ label }) => label).join('; '),
          'Belongs with': linked.map(linkedText).join('; '),
        },
        new Map(fields.map(({ name, figure }) => [name, figure])),
      ),
    ),
    ...(restates?.moved ?? []).map(({ fact, note, before: was, after, change }) =>
      row({
        ...own,
        Row: 'moved',
        Amount: change,
        Before: was,
        After: after,
        Kind: fact?.kind ?? '',
        Id: fact?.id ?? '',
        Note: note,
      }),
    ),
  ];
}

/** "Credit Note CN-7 (Amount USD 8,000, Issued 2026-06-03)". */
export function linkedText({
  kind,
  id,
  fields,
}: {
  readonly kind: string;
  readonly id: string;
  readonly fields: readonly { readonly name: string; readonly figure: string }[];
}): string {
  return `${kind} ${id} (${fields.map(({ name, figure }) => `${name} ${figure}`).join(', ')})`;
}
