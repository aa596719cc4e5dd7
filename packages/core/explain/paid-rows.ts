// SPDX-License-Identifier: Apache-2.0
// What another tool paid, as rows: which column is what is found by its header, amounts and periods are read as people
// write them. A row that cannot be read is reported with its line, never dropped.
import { parseDecimal, type Rational } from '../values/rational.ts';

/** One amount that the other tool paid. */
export interface PaidRow {
  readonly line: number;
  readonly payee: string;
  readonly component: string;
  /** Normalised where it looks like a quarter, month or year: "Q1 2026" → "2026-Q1". */
  readonly period: string;
  readonly amount: Rational;
}
export interface PaidProblem {
  readonly line: number;
  readonly code: 'column_missing' | 'amount_unreadable';
  /** The missing column, or the text that is no amount. */
  readonly value: string;
}

type Column = 'payee' | 'component' | 'period' | 'amount';
const headers: Readonly<Record<Column, RegExp>> = {
  payee:
    /^(payee|name|rep(resentative)?|agent|employee|member|participant|person|sales ?(person|rep|agent)|(payee|employee|rep) ?(id|name))$/,
  component: /^(component|plan ?component|element|plan ?element|type|incentive|clause|bonus|reward)$/,
  period: /^(period|earned ?period|quarter|month|pay ?period|interval)$/,
  amount: /^(amount|paid|paid ?amount|pay|payout|payment|value|total|commission ?amount)( ?\(?[a-z]{3}\)?)?$/,
};

/** Reads a table of text whose first row names the columns. `period` may be missing when nothing has one. */
export function paidRows(table: readonly (readonly string[])[]): {
  readonly rows: readonly PaidRow[];
  readonly problems: readonly PaidProblem[];
} {
  const [head = [], ...body] = table;
  const names = head.map((cell) =>
    cell
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase()
      .replaceAll(/[_\s-]+/g, ' '),
  );
  const column = (wanted: Column) => names.findIndex((name) => headers[wanted].test(name));
  const missing = (['payee', 'component', 'amount'] as const).filter((wanted) => column(wanted) < 0);
  if (missing.length > 0)
    return { rows: [], problems: missing.map((value) => ({ line: 1, code: 'column_missing', value })) };
  const rows: PaidRow[] = [];
  const problems: PaidProblem[] = [];
  body.forEach((cells, index) => {
    const line = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return;
    const cell = (wanted: Column) => cells[column(wanted)]?.trim() ?? '';
    const amount = amountIn(cell('amount'));
    if (amount === null) problems.push({ line, code: 'amount_unreadable', value: cell('amount') });
    else
      rows.push({
        line,
        payee: cell('payee'),
        component: cell('component'),
        period: periodIn(cell('period')),
        amount,
      });
  });
  return { rows, problems };
}

/** "USD 1,234.50", "$1,234.50", "(75.00)", "75.00-" and "−75" are amounts. */
export function amountIn(text: string): Rational | null {
  const isNegative = /^\(.*\)$|^[-−]|-$|[A-Z$€£] ?[-−]/.test(text.trim());
  const digits = text.replace(/[()\s,'’$€£−-]|[A-Za-z]/g, '');
  return parseDecimal(isNegative ? `-${digits}` : digits);
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** "Q1 2026" and "2026 Q1" → "2026-Q1", "Jan 2026" and "01/2026" → "2026-01"; other labels stay as they are. */
export function periodIn(text: string): string {
  const label = text.trim();
  const quarter =
    /^(\d{4})[-\s/]?Q([1-4])$/i.exec(label) ?? reversed(/^Q([1-4])[-\s/]*(\d{4})$/i.exec(label));
  if (quarter !== null) return `${quarter[1]}-Q${quarter[2]}`;
  const month = /^(\d{4})[-/](\d{1,2})$/.exec(label) ?? reversed(/^(\d{1,2})[-/](\d{4})$/.exec(label));
  if (month !== null) return `${month[1]}-${(month[2] ?? '').padStart(2, '0')}`;
  const named = /^([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{4})$/.exec(label);
  const place = monthNames.indexOf((named?.[1] ?? '').toLowerCase());
  return named === null || place < 0 ? label : `${named[2]}-${String(place + 1).padStart(2, '0')}`;
}

function reversed(match: RegExpExecArray | null): readonly (string | undefined)[] | null {
  return match === null ? null : [match[0], match[2], match[1]];
}
