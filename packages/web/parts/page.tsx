// SPDX-License-Identifier: Apache-2.0
// The frame of one page: its title, which the browser shows too, a line above and below it, what can be done on the
// right, and the sections.
import { createContext, type ReactNode, useContext, useEffect, useId } from 'react';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  /** A few words above the title: where one is. */
  readonly over?: ReactNode;
  /** One sentence below the title: what this page is for. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** A page that is read, narrow as a letter, rather than searched. */
  readonly isNarrow?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, over, lead, actions, isNarrow = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Rapport`;
  }, [title]);
  return (
    <div className={styles['page']} data-narrow={isNarrow || undefined}>
      <div className={styles['heading']}>
        <div>
          {over !== undefined && <p className={styles['over']}>{over}</p>}
          <h1>{title}</h1>
          {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** What the sections inside are about, where a page has the same ones of several things: it makes their names unique. */
export const About = createContext<string | null>(null);

/** A part of a page with a heading of its own. */
export function Section({
  title,
  note,
  actions,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  const about = useContext(About);
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <div className={styles['sectionHeading']}>
        <h2 id={id}>
          {title}
          {about !== null && <span className="visually-hidden">, {about}</span>}
        </h2>
        {note !== undefined && <p className={styles['note']}>{note}</p>}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** What stands where nothing is: one calm sentence, and what to do about it. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className={styles['nothing']}>{children}</p>;
}
