// SPDX-License-Identifier: Apache-2.0
// The facts that bear an amount, one line each, adding up to it exactly. The columns are the fields that tell the facts
// apart; what is the same in every one, such as the representative, needs no column.
import type { Explanation } from '@rapport/server/wire/explanation.ts';
import { Amount } from './amount.tsx';
import { dayWords } from './dates.ts';
import { kindOf, LineName, LineRecords } from './line-records.tsx';
import type { Column } from './records.tsx';

/** More fields than these do not fit beside the amount. */
const columnsMax = 4;

type Line = Explanation['lines'][number];

export function FactLines({ lines }: { readonly lines: readonly Line[] }) {
  const kind = kindOf(lines);
  const figureOf = ({ fields }: Line, name: string) =>
    fields.find((field) => field.name === name)?.figure ?? '';
  const names = [...new Set(lines.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const telling = names.filter(
    (name) => lines.length === 1 || new Set(lines.map((line) => figureOf(line, name))).size > 1,
  );
  const columns: readonly Column<Line>[] = [
    { title: kind ?? 'Fact', of: (line) => <LineName line={line} kind={kind} /> },
    ...telling.slice(0, columnsMax).map((name) => ({
      title: name,
      of: (line: Line) => figureWords(figureOf(line, name)),
      isFigure: lines.every((line) => /^([A-Z]{3} )?[−-]?[\d,.]*%?$/.test(figureOf(line, name))),
    })),
    {
      title: `Amount, ${lines[0]?.amount.asset}`,
      of: ({ amount }) => <Amount of={amount} isBare />,
      isFigure: true,
    },
  ];
  return <LineRecords label="The facts that bear this amount" lines={lines} columns={columns} />;
}

function figureWords(figure: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(figure) ? dayWords(figure) : figure.replace(/^“(.*)”$/, '$1');
}
