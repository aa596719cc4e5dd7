// SPDX-License-Identifier: Apache-2.0
// Lines that bear an amount, as records: each named by its fact. A long list shows the first lines, and the rest when
// asked.
import type { StatementLine } from '@rapport/server/wire/statements.ts';
import { type ReactNode, useState } from 'react';
import { FactName } from './fact-name.tsx';
import styles from './line-records.module.css';
import { type Column, Records } from './records.tsx';

const shownAtFirst = 12;

/** What a line is beside a plain credit. */
const noteWords: Readonly<Record<StatementLine['note'], string>> = {
  credit: '',
  minimum: 'brought to the minimum',
  cap: 'cut by the cap',
  adjustment: 'adjusted',
  return: 'returned',
  held: 'not yet released',
  unattributed: 'not from a single fact',
  taken: 'taken back',
  kept: 'kept, once given',
};

/** The kind of all facts behind the lines, which then stands above them once; null when they are of several. */
export function kindOf(lines: readonly StatementLine[]): string | null {
  const kinds = new Set(lines.flatMap(({ fact }) => (fact === null ? [] : [fact.kind])));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? kind : null;
}

export function LineName({ line, kind }: { readonly line: StatementLine; readonly kind: string | null }) {
  const { fact, title, note } = line;
  const remark = noteWords[note];
  if (fact === null) return remark;
  const full = `${fact.kind} ${fact.id}`;
  const words = title !== null && title !== full ? title : fact.kind === kind ? fact.id : full;
  return (
    <>
      <span className={styles['name']}>
        <FactName fact={fact} words={words} />
      </span>
      {remark !== '' && ` (${remark})`}
    </>
  );
}

export function LineRecords<T>({
  label,
  lines,
  columns,
  below,
}: {
  readonly label: string;
  readonly lines: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly below?: (line: T) => ReactNode;
}) {
  const [isAll, setAll] = useState(false);
  const isCut = !isAll && lines.length > shownAtFirst + 3;
  return (
    <Records
      label={label}
      items={isCut ? lines.slice(0, shownAtFirst) : lines}
      keyOf={(_, place) => `${place}`}
      columns={columns}
      more={isCut ? () => setAll(true) : undefined}
      {...(below === undefined ? {} : { below })}
      moreWords={`Show the other ${lines.length - shownAtFirst}`}
    />
  );
}
