// SPDX-License-Identifier: Apache-2.0
// The audit trail: who did what to the workspace, and when. It is only ever added to.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { actWords } from '../parts/act-words.ts';
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
          { title: 'Act', of: ({ action }) => actWords(action) },
          {
            title: 'On',
            of: ({ subject, subjectName }) => (
              <Subject of={subject} name={subjectName} workspace={workspace} />
            ),
          },
          { title: 'By', of: ({ actor }) => <Actor of={actor} /> },
          {
            title: 'Details',
            of: ({ details }) =>
              Object.entries(details)
                .map(([name, value]) => `${name}: ${detailWords(value)}`)
                .join(' · '),
          },
          { title: 'When', of: ({ at }) => momentWords(at) },
        ]}
      />
    </Page>
  );
}

/** What an act was about: a member by name, a party by its page, anything else as it is called. */
function Subject({
  of,
  name,
  workspace,
}: {
  readonly of: string;
  readonly name: string | null;
  readonly workspace: string;
}) {
  if (of.startsWith('user:')) return <Actor of={of} />;
  const party = /^(?:party:)?(p-[0-9a-f]+)$/.exec(of)?.[1];
  if (party === undefined) return of;
  return (
    <Link to="/$workspace/parties/$party" params={{ workspace, party }}>
      {name ?? party}
    </Link>
  );
}

function detailWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(detailWords).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : `${value}`;
}
