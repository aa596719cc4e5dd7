// SPDX-License-Identifier: Apache-2.0
// Single findings in a text or a file: the place, what is wrong with the real values, and what to do about it.
import type { Finding } from '@rapport/server/wire/problem.ts';
import styles from './findings.module.css';

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className={styles['findings']}>
      {findings.map(({ code, place, detail, remedy }, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two findings may be alike.
        <li key={number}>
          <p>
            <span className={styles['place']}>{place}</span> {detail}
          </p>
          {remedy !== null && <p className={styles['remedy']}>{remedy}</p>}
          <p className={styles['code']}>{code}</p>
        </li>
      ))}
    </ul>
  );
}
