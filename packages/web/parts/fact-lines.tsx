// SPDX-License-Identifier: Apache-2.0
// The facts that bear an amount, one line each, adding up to it exactly. The columns are the fields that the facts
// have. Long lists show the first lines, and the rest when asked.
import type { Explanation } from '@rapport/server/wire/explanation.ts';
import { useState } from 'react';
import { Amount } from './amount.tsx';
import { dayWords } from './dates.ts';
import { FactName } from './fact-name.tsx';
import { type Column, Records } from './records.tsx';

const shownAtFirst = 15;

/** More fields than these do not fit beside the amount. */
const columnsMax = 5;

type Line = Explanation['lines'][number];

/** What a line is beside a plain credit. */
export const noteWords: Readonly<Record<Line['note'], string>> = {
  credit: '',
  minimum: 'brought to the minimum',
  cap: 'cut by the cap',
  adjustment: 'adjusted',
  return: 'returned',
  held: 'not yet released',
  unattributed: 'not from a single fact',
  taken: 'taken back',
};

export function FactLines({ lines }: { readonly lines: readonly Line[] }) {
  const [isAll, setAll] = useState(false);
  const names = [...new Set(lines.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const columns: readonly Column<Line>[] = [
    { title: 'Fact', of: nameOf },
    ...names.slice(0, columnsMax).map((name) => ({
      title: name,
      of: ({ fields }: Line) => figureWords(fields.find((field) => field.name === name)?.figure ?? ''),
    })),
    { title: 'Amount', of: ({ amount }) => <Amount of={amount} />, isFigure: true },
  ];
  const isCut = !isAll && lines.length > shownAtFirst;
  return (
    <Records
      label="The facts that bear this amount"
      items={isCut ? lines.slice(0, shownAtFirst) : lines}
      keyOf={(_, place) => `${place}`}
      columns={columns}
      more={isCut ? () => setAll(true) : undefined}
    />
  );
}

function nameOf({ fact, title, note }: Line) {
  if (fact === null) return noteWords[note];
  return (
    <>
      <FactName fact={fact} {...(title === null ? {} : { words: title })} />
      {note !== 'credit' && ` (${noteWords[note]})`}
    </>
  );
}

function figureWords(figure: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(figure) ? dayWords(figure) : figure;
}
