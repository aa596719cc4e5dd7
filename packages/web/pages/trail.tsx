// SPDX-License-Identifier: Apache-2.0
// The audit trail: who did what to the workspace, and when. It is only ever added to.
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Actor } from '../parts/actor.tsx';
import { momentWords } from '../parts/dates.ts';
import { LoadedList } from '../parts/loaded-list.tsx';
import { Page } from '../parts/page.tsx';
import { useMembership } from '../session.ts';

export function Trail() {
  const { workspace } = useMembership();
  const query = useInfiniteQuery({
    queryKey: [workspace, 'audit'],
    queryFn: ({ signal, pageParam }) =>
      api.listAudit({ params: { workspace }, query: { after: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <Page title="Audit trail" lead="Administrative acts, the newest first. Nothing is ever taken out of it.">
      <LoadedList
        label="Administrative acts"
        query={query}
        keyOf={({ id }) => `${id}`}
        empty="Nothing has been done yet."
        columns={[
          { title: 'Act', of: ({ action }) => action },
          { title: 'On', of: ({ subject }) => subject },
          { title: 'By', of: ({ actor }) => <Actor of={actor} /> },
          {
            title: 'Details',
            of: ({ details }) =>
              Object.entries(details)
                .map(
                  ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
                )
                .join(' · '),
          },
          { title: 'When', of: ({ at }) => momentWords(at) },
        ]}
      />
    </Page>
  );
}
