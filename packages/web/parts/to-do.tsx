// SPDX-License-Identifier: Apache-2.0
// A short list of what waits for somebody: what it is, with a link to where it is dealt with, and a few words about it.
import { Children, type ReactNode } from 'react';
import { Nothing } from './page.tsx';
import styles from './to-do.module.css';

interface ToDosProps {
  /** What is said when nothing waits. */
  readonly isDone: string;
  readonly children: ReactNode;
}

export function ToDos({ isDone, children }: ToDosProps) {
  if (Children.toArray(children).length === 0) return <Nothing>{isDone}</Nothing>;
  return <ul className={styles['list']}>{children}</ul>;
}

interface ToDoProps {
  readonly link: ReactNode;
  readonly note: ReactNode;
  /** A word at the right: how it stands. */
  readonly state?: ReactNode;
}

export function ToDo({ link, note, state }: ToDoProps) {
  return (
    <li className={styles['item']}>
      <span>{link}</span>
      {state !== undefined && <span>{state}</span>}
      <span className={styles['note']}>{note}</span>
    </li>
  );
}
