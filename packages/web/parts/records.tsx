// SPDX-License-Identifier: Apache-2.0
// A list of records as a table set like type: hairlines, names at the left, figures at the right. On a phone each
// record becomes a small block: its name, its last figure beside it, the rest below with their labels.
import { Button } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { Nothing } from './page.tsx';
import styles from './records.module.css';

export interface Column<T> {
  readonly title: string;
  readonly of: (item: T) => ReactNode;
  /** Figures stand at the right. */
  readonly isFigure?: boolean;
  /** The column needs no title for who sees it: it holds buttons. */
  readonly isTitleHidden?: boolean;
}

interface RecordsProps<T> {
  /** What the table lists, for who does not see it. */
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T, place: number) => string;
  /** The first column names the record. */
  readonly columns: readonly Column<T>[];
  readonly empty?: string;
  /** There is more: called when the reader asks for it. */
  readonly more?: (() => void) | undefined;
  readonly moreWords?: string;
  /** Stands below a record, across its columns; null where there is nothing to add. */
  readonly below?: (item: T) => ReactNode;
  /** Stands below the last record, in the same columns: sums. */
  readonly foot?: readonly ReactNode[];
}

export function Records<T>(props: RecordsProps<T>) {
  const { label, items, keyOf, columns, empty, more, moreWords = 'Show more', foot, below } = props;
  if (items.length === 0) return <Nothing>{empty ?? 'There is nothing here yet.'}</Nothing>;
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard. */}
      <section className={styles['scroll']} tabIndex={0}>
        <table className={styles['records']} aria-label={label}>
          <thead>
            <tr>
              {columns.map(({ title, isFigure = false, isTitleHidden = false }) => (
                <th key={title} scope="col" data-figure={isFigure || undefined}>
                  {isTitleHidden ? <span className="visually-hidden">{title}</span> : title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item, place) => (
              <Fragment key={keyOf(item, place)}>
                <tr>
                  {columns.map(({ title, of, isFigure = false }, column) => {
                    const content = of(item);
                    if (column === 0)
                      return (
                        <th key={title} scope="row">
                          {content}
                        </th>
                      );
                    const isEmpty = content === null || content === '' || content === undefined;
                    return (
                      <td
                        key={title}
                        data-label={title}
                        data-figure={isFigure || undefined}
                        data-empty={isEmpty || undefined}
                        data-last={(isFigure && column === columns.length - 1) || undefined}
                      >
                        {content}
                      </td>
                    );
                  })}
                </tr>
                <Below words={below?.(item)} columns={columns.length} />
              </Fragment>
            ))}
          </tbody>
          {foot !== undefined && (
            <tfoot>
              <tr>
                {columns.map(({ title, isFigure = false }, column) => (
                  <td
                    key={title}
                    data-figure={isFigure || undefined}
                    data-empty={foot[column] === undefined || foot[column] === '' || undefined}
                    data-last={(isFigure && column === columns.length - 1) || undefined}
                  >
                    {foot[column]}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      {more !== undefined && (
        <Button variant="subtle" size="xs" onClick={more}>
          {moreWords}
        </Button>
      )}
    </div>
  );
}

function Below({ words, columns }: { readonly words: ReactNode; readonly columns: number }) {
  if (words === null || words === undefined) return null;
  return (
    <tr className={styles['below']}>
      <td colSpan={columns}>{words}</td>
    </tr>
  );
}
