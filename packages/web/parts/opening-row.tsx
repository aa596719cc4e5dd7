// SPDX-License-Identifier: Apache-2.0
// A line that opens: what it is at the left, figures at the right, and below it what lies behind. What lies behind is
// only made, and only asked for, once somebody opens it.
import { type ReactNode, useId, useState } from 'react';
import { Icon } from './icons.tsx';
import styles from './opening-row.module.css';

interface OpeningRowProps {
  readonly title: ReactNode;
  /** Small words below the title. */
  readonly note?: ReactNode;
  readonly figure: ReactNode;
  /** Small words below the figure. */
  readonly figureNote?: ReactNode;
  readonly children: () => ReactNode;
}

export function OpeningRow({ title, note, figure, figureNote, children }: OpeningRowProps) {
  const [isOpen, setOpen] = useState(false);
  const inside = useId();
  return (
    <li className={styles['item']} data-open={isOpen || undefined}>
      <button
        type="button"
        className={styles['line']}
        aria-expanded={isOpen}
        aria-controls={inside}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={styles['sign']}>
          <Icon name="chevron" size={14} />
        </span>
        <span className={styles['title']}>{title}</span>
        <span className={styles['figure']}>{figure}</span>
        {note !== undefined && <span className={styles['note']}>{note}</span>}
        {figureNote !== undefined && <span className={styles['figureNote']}>{figureNote}</span>}
      </button>
      <div id={inside} hidden={!isOpen} className={styles['inside']}>
        {isOpen && children()}
      </div>
    </li>
  );
}

/** The list that such lines stand in. */
export function OpeningRows({ children }: { readonly children: ReactNode }) {
  return <ul className={styles['list']}>{children}</ul>;
}
