// SPDX-License-Identifier: Apache-2.0
// A page that stands where no page can: an address that does not exist, or something that broke. It says so and leads
// back.

import styles from './failure.module.css';
import { Mark } from './icons.tsx';

export function Failure({ title, error }: { readonly title: string; readonly error?: Error }) {
  return (
    <main className={styles['failure']}>
      <Mark size={40} />
      <h1>{title}</h1>
      {error !== undefined && <p className={styles['detail']}>{error.message}</p>}
      <p>
        <a href="/">Back to the start</a>
      </p>
    </main>
  );
}
