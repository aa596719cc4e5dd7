// SPDX-License-Identifier: Apache-2.0
// What comes in from other systems: each feed with how far it is complete, by count and by sum; uploading its files;
// the loads so far; and the facts that wait for a kind or a party.
import { groupThousands } from '@rapport/core/values/asset.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Actor } from '../parts/actor.tsx';
import { Completeness } from '../parts/completeness.tsx';
import { momentWords } from '../parts/dates.ts';
import { DeclareForm } from '../parts/declare-form.tsx';
import { FieldList } from '../parts/field-figure.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { LoadedList } from '../parts/loaded-list.tsx';
import { Nothing, Page, Section } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { UploadForm } from '../parts/upload-form.tsx';
import { useMembership } from '../session.ts';

export function Feeds() {
  const { workspace, may } = useMembership();
  const feeds = useQuery({
    queryKey: [workspace, 'feeds'],
    queryFn: ({ signal }) => api.listFeeds({ params: { workspace } }, signal),
  });
  return (
    <Page
      title="Feeds"
      lead="Every row of another system is accounted for: taken, left out, waiting or refused. The four add up."
      actions={
        may['feeds.change'] !== undefined && (
          <Link to="/$workspace/feeds/new" params={{ workspace }}>
            Define a feed
          </Link>
        )
      }
    >
      <Section title="How far they are complete">
        <Completeness workspace={workspace} />
        {may['completeness.declare'] !== undefined && (feeds.data?.items.length ?? 0) > 0 && (
          <DeclareForm workspace={workspace} feeds={feeds.data?.items ?? []} />
        )}
      </Section>
      {may['loads.upload'] !== undefined && (
        <Section title="Upload a file" note="You see what it would change before anything is recorded.">
          <Loaded query={feeds}>
            {({ items }) =>
              items.length === 0 ? (
                <Nothing>A file is uploaded to a feed, and none is defined yet.</Nothing>
              ) : (
                <UploadForm workspace={workspace} feeds={items} />
              )
            }
          </Loaded>
        </Section>
      )}
      <Loads workspace={workspace} />
      <Waiting workspace={workspace} />
    </Page>
  );
}

function Loads({ workspace }: { readonly workspace: string }) {
  const query = useInfiniteQuery({
    queryKey: [workspace, 'loads'],
    queryFn: ({ signal, pageParam }) =>
      api.listLoads({ params: { workspace }, query: { after: pageParam, limit: 20 } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <Section title="Loads">
      <LoadedList
        label="Loads"
        query={query}
        keyOf={({ load }) => `${load}`}
        empty="Nothing has been loaded yet."
        columns={[
          {
            title: 'File',
            of: ({ load, fileName }) => (
              <Link to="/$workspace/feeds/loads/$load" params={{ workspace, load: `${load}` }}>
                {fileName}
              </Link>
            ),
          },
          { title: 'Feed', of: ({ feed }) => feed },
          { title: 'State', of: ({ state }) => <State of={state} /> },
          { title: 'By', of: ({ actor }) => <Actor of={actor} /> },
          { title: 'When', of: ({ at }) => momentWords(at) },
          {
            title: 'Changes',
            of: ({ changes: { added, revised, voided } }) =>
              `${groupThousands(`${added}`)} new, ${groupThousands(`${revised}`)} revised, ${groupThousands(`${voided}`)} void`,
          },
        ]}
      />
    </Section>
  );
}

function Waiting({ workspace }: { readonly workspace: string }) {
  const query = useInfiniteQuery({
    queryKey: [workspace, 'waiting facts'],
    queryFn: ({ signal, pageParam }) =>
      api.listWaiting({ params: { workspace }, query: { after: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <Section title="Waiting" note="They are kept, and picked up as soon as what they wait for is there.">
      <LoadedList
        label="Facts that wait"
        query={query}
        keyOf={({ kind, id, revision }) => `${kind} ${id} ${revision}`}
        empty="No fact waits."
        columns={[
          { title: 'Fact', of: ({ kind, id }) => `${kind} ${id}` },
          { title: 'Waits for', of: ({ reason }) => reason },
          { title: 'Fields', of: (fact) => <FieldList fact={fact} /> },
          { title: 'Source', of: ({ source }) => source },
          { title: 'Received', of: ({ receivedAt }) => momentWords(receivedAt) },
        ]}
      />
    </Section>
  );
}
