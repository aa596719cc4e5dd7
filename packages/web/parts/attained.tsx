// SPDX-License-Identifier: Apache-2.0
// How far the targets are reached: each measure with its value, its target, and a bar that ends at the target. The bar
// repeats what the words say, so it is for the eye alone.
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { readAttainment } from '@rapport/server/wire/forecast.ts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import styles from './attained.module.css';
import { Section } from './page.tsx';

type Measure = AnswerOf<typeof readAttainment>['measures'][number];

interface AttainedProps {
  readonly workspace: string;
  readonly agreement: string;
  readonly payee: string;
  readonly period: string;
}

export function Attained({ workspace, agreement, payee, period }: AttainedProps) {
  const { data } = useQuery({
    queryKey: [workspace, 'earned', agreement, payee, 'attainment', period],
    queryFn: ({ signal }) =>
      api.readAttainment({ params: { workspace, agreement }, query: { payee, period } }, signal),
  });
  const measures = data?.measures ?? [];
  if (measures.length === 0) return null;
  return (
    <Section title="How far">
      <ul className={styles['measures']}>
        {measures.map((measure) => (
          <li key={`${measure.name} ${measure.period} ${measure.components.join()}`}>
            <Attainment measure={measure} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Attainment({ measure }: { readonly measure: Measure }) {
  const { name, period, components, value, target, attained, band, toNext } = measure;
  const below = [
    band,
    toNext === null ? null : `${toNext} more to the next`,
    components.length === 0 ? null : `for ${components.join(', ')}`,
  ].filter((words) => words !== null);
  const share = attained === null ? null : shareOf(attained);
  return (
    <>
      <p className={styles['name']}>
        {name}
        {period === '' ? '' : `, ${period}`}
      </p>
      <p className={styles['value']}>
        {share === null ? value : `${Math.floor(share * 1000) / 10}%`}
        {target !== null && (
          <span>
            {value} of {target}
          </span>
        )}
      </p>
      {share !== null && (
        <svg
          className={styles['bar']}
          viewBox="0 0 100 1"
          preserveAspectRatio="none"
          aria-hidden="true"
          focusable="false"
        >
          <rect width="100" height="1" fill="var(--line)" />
          <rect width={Math.max(0, Math.min(100, share * 100))} height="1" fill="var(--accent)" />
        </svg>
      )}
      {below.length > 0 && <p className={styles['band']}>{below.join(' · ')}</p>}
    </>
  );
}

/** An exact share as a length to draw: "3/4" or "0.75"; drawing is the only place where it may be rounded. */
function shareOf(exact: string): number {
  const [above = '0', below = '1'] = exact.split('/');
  return Number(above) / Number(below);
}
