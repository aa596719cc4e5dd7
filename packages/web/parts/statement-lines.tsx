// SPDX-License-Identifier: Apache-2.0
// The lines of one item as its statement holds them: deal, customer, date, basis, rate and amount, adding up to it.
import type { StatementItem, StatementLine } from '@rapport/server/wire/statements.ts';
import { Amount } from './amount.tsx';
import { dayWords } from './dates.ts';
import { kindOf, LineName, LineRecords } from './line-records.tsx';
import type { Column } from './records.tsx';

export function StatementLines({ item: { component, lines } }: { readonly item: StatementItem }) {
  const kind = kindOf(lines);
  const columns: readonly Column<StatementLine>[] = [
    { title: kind ?? 'Fact', of: (line) => <LineName line={line} kind={kind} /> },
    ...column(lines, 'Customer', ({ customer }) => customer),
    ...column(lines, 'Date', ({ date }) => (date === null ? null : dayWords(date))),
    ...column(lines, 'Basis', ({ basis }) => basis, true),
    ...column(lines, 'Rate', ({ rate }) => rate, true),
    {
      title: `Amount, ${lines[0]?.amount.asset}`,
      of: ({ amount }) => <Amount of={amount} isBare />,
      isFigure: true,
    },
  ];
  return <LineRecords label={`Lines of ${component}`} lines={lines} columns={columns} below={slicesOf} />;
}

/** Of a line that lies in several slices: what each gives. In one slice, the rate says it all. */
function slicesOf({ slices }: StatementLine): string | null {
  if (slices.length < 2) return null;
  return slices.map(({ label, figure }) => `${label}: ${figure}`).join('; ');
}

/** A column that stands only where a line has something for it. */
function column(
  lines: readonly StatementLine[],
  title: string,
  of: (line: StatementLine) => string | null,
  isFigure = false,
): readonly Column<StatementLine>[] {
  return lines.some((line) => of(line) !== null) ? [{ title, of, isFigure }] : [];
}
