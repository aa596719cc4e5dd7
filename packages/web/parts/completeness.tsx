// SPDX-License-Identifier: Apache-2.0
// How far each feed is complete: the day through which somebody declared it, its rows by what became of them, and
// whether they agree with the other system's control total.
import { groupThousands } from '@rapport/core/values/asset.ts';
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { readCompleteness } from '@rapport/server/wire/feeds.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Actor } from './actor.tsx';
import { dayWords, momentWords } from './dates.ts';
import { Loaded } from './loaded.tsx';
import { Records } from './records.tsx';
import { State } from './state.tsx';

type Row = AnswerOf<typeof readCompleteness>['items'][number];
type Outcome = Row['outcomes'][number]['outcome'];

export function Completeness({ workspace }: { readonly workspace: string }) {
  const query = useQuery({
    queryKey: [workspace, 'completeness'],
    queryFn: ({ signal }) => api.readCompleteness({ params: { workspace } }, signal),
  });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <Records
          label="How far each feed is complete"
          items={items}
          keyOf={({ feed }) => feed}
          empty="No feed is defined yet."
          columns={[
            {
              title: 'Feed',
              of: ({ feed, title }) => (
                <Link to="/$workspace/feeds/of/$feed" params={{ workspace, feed }}>
                  {title}
                </Link>
              ),
            },
            { title: 'Complete through', of: throughOf },
            { title: 'Sums taken', of: sumsOf },
            figure('Taken', 'taken'),
            figure('Left out', 'filtered'),
            figure('Waiting', 'waiting'),
            figure('Refused', 'rejected'),
            { title: 'Earn nothing', of: ({ uncredited }) => `${uncredited}`, isFigure: true },
            { title: 'Control', of: controlOf, isFigure: true },
          ]}
        />
      )}
    </Loaded>
  );
}

function figure(title: string, outcome: Outcome) {
  return {
    title,
    of: ({ outcomes }: Row) =>
      groupThousands(`${outcomes.find((one) => one.outcome === outcome)?.rows ?? 0}`),
    isFigure: true,
  };
}

function throughOf({ completeThrough, declaredBy, declaredAt }: Row) {
  if (completeThrough === null) return <State of="not declared" />;
  if (declaredBy === null || declaredAt === null) return dayWords(completeThrough);
  return (
    <>
      {dayWords(completeThrough)}, said <Actor of={declaredBy} />, {momentWords(declaredAt)}
    </>
  );
}

function sumsOf({ outcomes }: Row): string {
  const taken = outcomes.find(({ outcome }) => outcome === 'taken');
  return (taken?.sums ?? []).map(({ field, sum }) => `${field} ${groupThousands(sum)}`).join(', ');
}

function controlOf({ controlRows, differs }: Row) {
  if (controlRows === null) return '–';
  return differs ? <State of={`differs from ${controlRows}`} /> : groupThousands(`${controlRows}`);
}
