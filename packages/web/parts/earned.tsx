// SPDX-License-Identifier: Apache-2.0
// One agreement of one party, in the period that runs: the sum, the targets, the components, the latest postings. A
// posting that arrives is shown at once, and all sums are asked for anew.
import type { Posting } from '@rapport/server/wire/postings.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { api } from '../api.ts';
import { usePostings } from '../live.ts';
import { Amount } from './amount.tsx';
import { signOf } from './amount-words.ts';
import { Attained } from './attained.tsx';
import { Components } from './components.tsx';
import styles from './earned.module.css';
import { Latest } from './latest.tsx';
import { LiveMark } from './live-mark.tsx';
import { Loaded } from './loaded.tsx';
import { OverAll } from './over-all.tsx';
import { About, Section } from './page.tsx';

export interface EarnedProps {
  readonly workspace: string;
  readonly agreement: string;
  readonly title: string;
  /** Otherwise all amounts are over the whole time. */
  readonly hasPeriods: boolean;
  readonly payee: string;
  /** The only agreement of the party: its title need not be said loudly. */
  readonly isOnly: boolean;
}

export function Earned(props: EarnedProps) {
  const { workspace, agreement, title, hasPeriods, payee, isOnly } = props;
  const params = { workspace, agreement };
  const queries = useQueryClient();
  const [arrived, setArrived] = useState<readonly Posting[]>([]);
  const heard = useCallback(
    (posting: Posting) => {
      if (posting.agreement !== agreement) return;
      setArrived((before) => [posting, ...before].slice(0, 50));
      void queries.invalidateQueries({ queryKey: [workspace, 'earned', agreement, payee] });
      void queries.invalidateQueries({ queryKey: [workspace, 'why', agreement, payee] });
    },
    [queries, workspace, agreement, payee],
  );
  const isLive = usePostings({ workspace, payee }, heard);
  const forecast = useQuery({
    queryKey: [workspace, 'earned', agreement, payee, 'forecast'],
    queryFn: ({ signal }) => api.readForecast({ params, query: { payee } }, signal),
  });
  const before = useQuery({
    queryKey: [workspace, 'earned', agreement, payee, 'before', forecast.data?.period],
    queryFn: ({ signal }) => lastPeriod({ ...params, payee, period: forecast.data?.period ?? '' }, signal),
    enabled: forecast.data !== undefined,
  });
  return (
    <Loaded query={forecast}>
      {({ period, totals, items, overAll }) => (
        <About value={isOnly ? null : title}>
          <div className={styles['earned']}>
            <div className={styles['sum']}>
              <p className={styles['over']}>
                {hasPeriods ? `${title} · ${period}` : title}
                <LiveMark isLive={isLive} />
              </p>
              {totals.map(({ posted, forecast: expected }, place) => {
                const last = before.data?.totals.find(({ asset }) => asset === posted.asset);
                return (
                  <div key={posted.asset} className={styles['figures']} data-first={place === 0 || undefined}>
                    <div>
                      <Amount of={posted} size={place === 0 ? 'display' : 'large'} />
                      <p className={styles['caption']}>earned so far</p>
                    </div>
                    <dl className={styles['beside']}>
                      <div>
                        <dt>As things stand, the period gives</dt>
                        <dd>
                          <Amount of={expected} size="large" />
                        </dd>
                      </div>
                      {last !== undefined && (
                        <div>
                          <dt>{before.data?.period}</dt>
                          <dd>
                            <Amount of={last.due} size="large" />
                          </dd>
                        </div>
                      )}
                    </dl>
                  </div>
                );
              })}
              {hasPeriods && totals.every(({ posted }) => signOf(posted) === 0) && (
                <p className={styles['caption']}>Nothing has been earned in this period yet.</p>
              )}
            </div>
            <Attained workspace={workspace} agreement={agreement} payee={payee} period={period} />
            {hasPeriods && (
              <Section title="What makes it up" note="Open a line to see why.">
                <Components of={{ workspace, agreement, payee }} items={items} before={before.data ?? null} />
              </Section>
            )}
            {(overAll.length > 0 || !hasPeriods) && (
              <Section title="Over all" note="What belongs to no period. Open a line to see why.">
                <OverAll of={{ workspace, agreement, payee }} items={overAll} />
              </Section>
            )}
            <Latest of={{ workspace, agreement, payee }} arrived={arrived} />
          </div>
        </About>
      )}
    </Loaded>
  );
}

/** The statement of the latest period before this one, as it stands; null where there is none. */
async function lastPeriod(
  given: { workspace: string; agreement: string; payee: string; period: string },
  signal: AbortSignal,
) {
  const { workspace, agreement, payee, period } = given;
  const { items } = await api.listStatements(
    { params: { workspace }, query: { agreement, payee, limit: 100 } },
    signal,
  );
  const last = items
    .map((one) => one.period)
    .filter((label) => label < period)
    .sort()
    .at(-1);
  if (last === undefined) return null;
  return api.readStatement({ params: { workspace, agreement, payee, period: last }, query: {} }, signal);
}
