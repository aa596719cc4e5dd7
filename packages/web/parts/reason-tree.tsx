// SPDX-License-Identifier: Apache-2.0
// A figure and what it was made of, as deep as the reader likes: words at the left, the figure at the right, parts
// below when opened. The first level is open, since it is the answer; the rest is for who asks on.
import { FactName } from './fact-name.tsx';
import { Icon } from './icons.tsx';
import styles from './reason-tree.module.css';
import type { ReasonView } from './why-view.ts';

interface ReasonTreeProps {
  readonly reason: ReasonView;
  /** How many levels are open at first. */
  readonly open?: number;
}

export function ReasonTree({ reason, open = 1 }: ReasonTreeProps) {
  return (
    <ul className={styles['tree']}>
      <Node reason={reason} open={open} />
    </ul>
  );
}

function Node({ reason, open }: { readonly reason: ReasonView; readonly open: number }) {
  const { label, figure, fact, parts } = reason;
  const words =
    fact === null || fact === undefined ? <span>{label}</span> : <FactName fact={fact} words={label} />;
  if (parts.length === 0)
    return (
      <li className={styles['row']}>
        <span className={styles['sign']} />
        {words}
        <span className={styles['leader']} />
        <span className={styles['figure']}>{figure}</span>
      </li>
    );
  return (
    <li>
      <details className={styles['branch']} open={open > 0}>
        <summary className={styles['row']}>
          <span className={styles['sign']}>
            <Icon name="chevron" size={12} />
          </span>
          <span>{label}</span>
          <span className={styles['leader']} />
          <span className={styles['figure']}>{figure}</span>
        </summary>
        <ul className={styles['tree']}>
          {parts.map((part, place) => (
            // Parts stand in a fixed order and may say the same words twice.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is never changed.
            <Node key={place} reason={part} open={open - 1} />
          ))}
        </ul>
      </details>
    </li>
  );
}
