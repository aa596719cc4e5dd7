// SPDX-License-Identifier: Apache-2.0
// The books put to the test: the log replayed and compared byte for byte, an agreement computed anew from its facts, and
// all work that takes longer, with how far it is and what it said.
import { Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { momentWords } from '../parts/dates.ts';
import { jobWords } from '../parts/job-report.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { LoadedList } from '../parts/loaded-list.tsx';
import { Nothing, Page, Section } from '../parts/page.tsx';
import { RunForm } from '../parts/run-form.tsx';
import { State } from '../parts/state.tsx';
import { useMembership } from '../session.ts';

export function Books() {
  const { workspace, may } = useMembership();
  return (
    <Page
      title="Checks"
      lead="What the books hold follows from the log alone. Here it is put to the test, and made anew where something differs."
    >
      {may['books.check'] !== undefined && (
        <Section title="Replay the log">
          <RunForm
            workspace={workspace}
            label="Replay the log"
            says="Takes every entry of the log once more, into empty books, and compares them with what is kept, byte for byte. Nothing is changed, and work goes on meanwhile."
            button="Replay and compare"
            start={() => api.startReplay({ params: { workspace }, body: {} })}
          />
        </Section>
      )}
      {may['books.recompute'] !== undefined && (
        <Section title="Compute anew">
          <Recompute workspace={workspace} />
        </Section>
      )}
      <Section title="Work">
        <Jobs workspace={workspace} />
      </Section>
    </Page>
  );
}

function Recompute({ workspace }: { readonly workspace: string }) {
  const [chosen, choose] = useState<string | null>(null);
  const query = useQuery({
    queryKey: [workspace, 'agreements'],
    queryFn: ({ signal }) => api.listAgreements({ params: { workspace } }, signal),
  });
  return (
    <Loaded query={query}>
      {({ items }) => {
        const active = items.filter(({ versions }) => versions.some(({ state }) => state === 'active'));
        const agreement = chosen ?? active[0]?.agreement;
        if (agreement === undefined) return <Nothing>No agreement is in force.</Nothing>;
        return (
          <RunForm
            workspace={workspace}
            label="Compute an agreement anew"
            says="Computes everybody from the facts and compares it with what was posted. Where the books are right, nothing happens. Where they are not, what is derived is made anew from the log, and the difference is posted in the open period. What was posted before stays."
            button="Compute anew"
            start={(form) =>
              api.startRecomputation({
                params: { workspace, agreement },
                body: { reason: `${form.get('reason')}` },
              })
            }
          >
            <Select
              label="Agreement"
              data={active.map((one) => ({ value: one.agreement, label: one.title }))}
              value={agreement}
              allowDeselect={false}
              onChange={choose}
            />
            <TextInput name="reason" label="Why" description="Recorded with your name" required />
          </RunForm>
        );
      }}
    </Loaded>
  );
}

function Jobs({ workspace }: { readonly workspace: string }) {
  const query = useInfiniteQuery({
    queryKey: [workspace, 'jobs'],
    queryFn: ({ signal, pageParam }) =>
      api.listJobs({ params: { workspace }, query: { after: pageParam, limit: 20 } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((job) => job.state === 'running')) === true
        ? 1000
        : false,
  });
  return (
    <LoadedList
      label="Work that takes longer"
      query={query}
      keyOf={({ job }) => `${job}`}
      empty="Nothing has taken longer yet."
      columns={[
        { title: 'What', of: ({ what }) => what },
        { title: 'State', of: ({ state }) => <State of={state} /> },
        { title: 'About', of: jobWords },
        { title: 'When', of: ({ at }) => momentWords(at) },
      ]}
    />
  );
}
