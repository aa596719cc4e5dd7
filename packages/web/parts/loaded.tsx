// SPDX-License-Identifier: Apache-2.0
// What a page shows while its data is on its way, when the service refused, and when it could not be reached. What was
// loaded before stays in sight while it is loaded anew.
import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { refusalOf } from '../call.ts';
import { Findings } from './findings.tsx';
import styles from './loaded.module.css';

/** A question on its way, answered or refused: of one answer or of pages of them. */
interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

export function Loaded<T>({
  query,
  children,
}: {
  readonly query: Asked<T>;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Refused error={query.error} again={() => query.refetch()} />;
  return (
    <div className={styles['waiting']} role="status" data-loading>
      <Loader size="sm" />
      <span className="visually-hidden">Loading</span>
    </div>
  );
}

/** A refusal or a failure in words, with a way on. */
export function Refused({ error, again }: { readonly error: Error; readonly again?: () => void }) {
  const { title, detail, remedy, errors = [] } = refusalOf(error);
  return (
    <div className={styles['refused']} role="alert">
      <p className={styles['title']}>{title}</p>
      {detail !== undefined && detail !== title && <p>{detail}</p>}
      {remedy !== undefined && <p>{remedy}</p>}
      <Findings findings={errors} />
      {again !== undefined && (
        <Button variant="default" size="xs" onClick={again}>
          Try again
        </Button>
      )}
    </div>
  );
}
