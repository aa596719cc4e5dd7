// SPDX-License-Identifier: Apache-2.0
// The latest postings of a party under an agreement, the newest first. Those that arrived while the page was open are
// on top and marked, and are said aloud to who does not see the page.
import type { Posting } from '@rapport/server/wire/postings.ts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Amount } from './amount.tsx';
import { amountText } from './amount-words.ts';
import { momentWords } from './dates.ts';
import { FactName } from './fact-name.tsx';
import styles from './latest.module.css';
import { Loaded } from './loaded.tsx';
import { Nothing, Section } from './page.tsx';
import { changeOf, isOfUsedPoints } from './points-posting.ts';

interface LatestProps {
  readonly of: { readonly workspace: string; readonly agreement: string; readonly payee: string };
  readonly arrived: readonly Posting[];
}

export function Latest({ of: { workspace, agreement, payee }, arrived }: LatestProps) {
  const query = useQuery({
    queryKey: [workspace, 'latest postings', agreement, payee],
    queryFn: ({ signal }) =>
      api.listPostings({ params: { workspace }, query: { agreement, payee, limit: 12 } }, signal),
  });
  const newest = arrived[0];
  return (
    <Section title="Latest">
      <p className="visually-hidden" role="status">
        {newest === undefined ? '' : `${newest.component} ${amountText(newest.due)}, ${newest.cause.words}`}
      </p>
      <Loaded query={query}>
        {({ items }) => {
          const known = new Set(arrived.map(placeOf));
          const all = [...arrived, ...items.filter((item) => !known.has(placeOf(item)))].slice(0, 20);
          if (all.length === 0) return <Nothing>Nothing has been posted yet.</Nothing>;
          return (
            <ol className={styles['latest']}>
              {all.map((posting) => (
                <li key={placeOf(posting)} data-new={known.has(placeOf(posting)) || undefined}>
                  <span className={styles['cause']}>
                    {posting.cause.fact === null ? (
                      posting.cause.words
                    ) : (
                      <FactName fact={posting.cause.fact} words={posting.cause.words} />
                    )}
                  </span>
                  <Amount of={changeOf(posting)} isChange isQuiet={isOfUsedPoints(posting)} />
                  <span className={styles['where']}>
                    {posting.component}
                    {posting.period === '' ? '' : `, ${posting.period}`} · {momentWords(posting.recordedAt)}
                  </span>
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
    </Section>
  );
}

function placeOf({ sequence, ordinal }: Posting): string {
  return `${sequence}.${ordinal}`;
}
