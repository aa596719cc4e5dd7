// SPDX-License-Identifier: Apache-2.0
// One load of a feed: the account of its rows, what it changes, its effect on pay by person, what is wrong with which
// row, and recording or dropping it while it waits.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { groupThousands } from '@rapport/core/values/asset.ts';
import type { Load as WireLoad } from '@rapport/server/wire/feeds.ts';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { Actor } from '../parts/actor.tsx';
import { Amount } from '../parts/amount.tsx';
import { momentWords } from '../parts/dates.ts';
import { FactName } from '../parts/fact-name.tsx';
import { Findings } from '../parts/findings.tsx';
import styles from '../parts/form.module.css';
import { Loaded, Refused } from '../parts/loaded.tsx';
import { LoadedList } from '../parts/loaded-list.tsx';
import { Nothing, Page, Section } from '../parts/page.tsx';
import { Records } from '../parts/records.tsx';
import { State } from '../parts/state.tsx';
import { useMembership } from '../session.ts';

interface Which {
  readonly workspace: string;
  readonly load: number;
}

export function Load() {
  const { workspace, load: text } = useParams({ from: '/signed-in/$workspace/feeds/loads/$load' });
  const which = { workspace, load: Number(text) };
  const { may } = useMembership();
  const query = useQuery({
    queryKey: [workspace, 'load', which.load],
    queryFn: ({ signal }) => api.readLoad({ params: which }, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'recording' ? 1000 : false),
  });
  return (
    <Loaded query={query}>
      {(load) => (
        <Page
          title={load.fileName}
          over={
            <>
              <Link to="/$workspace/feeds" params={{ workspace }}>
                Feeds
              </Link>{' '}
              · {load.feed}
            </>
          }
          lead={
            <>
              Uploaded by <Actor of={load.actor} />, {momentWords(load.at)}
              {load.approvedBy !== null && (
                <>
                  , approved by <Actor of={load.approvedBy} />
                </>
              )}
              .
            </>
          }
          actions={<State of={load.state} />}
        >
          {(load.state === 'preview' || load.state === 'waiting for approval') && (
            <Decide which={which} load={load} mayApprove={may['loads.approve'] !== undefined} />
          )}
          <Section title="Its rows">
            <Account load={load} />
          </Section>
          <Section title="What it changes in pay">
            <Effect load={load} />
          </Section>
          {load.findings.length > 0 && (
            <Section title="What is wrong">
              <Findings findings={load.findings} />
            </Section>
          )}
          <Rows which={which} />
        </Page>
      )}
    </Loaded>
  );
}

function Decide({
  which,
  load,
  mayApprove,
}: {
  readonly which: Which;
  readonly load: WireLoad;
  readonly mayApprove: boolean;
}) {
  const queries = useQueryClient();
  const { changes, reasons } = load;
  const decide = useMutation({
    mutationFn: ({ isApproved, reason }: { isApproved: boolean; reason: string }) =>
      isApproved
        ? api.approveLoad({ params: which, body: reason === '' ? {} : { reason } })
        : api.rejectLoad({ params: which, body: { reason: reason === '' ? 'not wanted' : reason } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [which.workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const reason = `${new FormData(event.currentTarget).get('reason')}`;
    decide.mutate({ isApproved: submitter?.value === 'approve', reason });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label="Record it or drop it">
      <p>
        It would add {changes.added} facts, revise {changes.revised} and void {changes.voided};{' '}
        {changes.repeated} are known already. {reasons.join(' ')}
      </p>
      {mayApprove ? (
        <>
          <TextInput name="reason" label="Why" description="Recorded with your name" />
          <Button type="submit" value="approve" loading={decide.isPending}>
            Record it
          </Button>
          <Button type="submit" value="reject" variant="default" loading={decide.isPending}>
            Drop it
          </Button>
        </>
      ) : (
        <p>It waits for somebody who may approve loads.</p>
      )}
      {decide.error && <Refused error={decide.error} />}
    </form>
  );
}

function Account({ load: { accounts } }: { readonly load: WireLoad }) {
  const rows = accounts.flatMap(({ file, becomes, outcomes }) =>
    outcomes.map((one) => ({ file, becomes, ...one })),
  );
  const words = { taken: 'taken', filtered: 'left out', waiting: 'waiting', rejected: 'refused' } as const;
  return (
    <Records
      label="Rows by what became of them"
      items={rows}
      keyOf={({ file, becomes, outcome }) => `${file} ${becomes} ${outcome}`}
      columns={[
        { title: 'File', of: ({ file, becomes }) => `${file} → ${becomes}` },
        { title: 'Became', of: ({ outcome }) => words[outcome] },
        {
          title: 'Because',
          of: ({ reasons }) =>
            reasons.map(({ reason, rows: count }) => `${groupThousands(`${count}`)} ${reason}`).join(', '),
        },
        {
          title: 'Sums',
          of: ({ sums }) => sums.map(({ field, sum }) => `${field} ${groupThousands(sum)}`).join(', '),
        },
        { title: 'Rows', of: ({ rows: count }) => groupThousands(`${count}`), isFigure: true },
      ]}
    />
  );
}

function Effect({ load: { effect } }: { readonly load: WireLoad }) {
  if (effect.length === 0) return <Nothing>It changes nobody’s pay.</Nothing>;
  return (
    <Records
      label="Effect on pay"
      items={effect}
      keyOf={({ agreement, payee, asset }) => `${agreement} ${payee} ${asset}`}
      columns={[
        { title: 'Party', of: ({ payeeName, payee }) => payeeName ?? payee },
        { title: 'Agreement', of: ({ agreement }) => agreement },
        { title: 'Before', of: ({ before }) => <Amount of={before} />, isFigure: true },
        { title: 'After', of: ({ after }) => <Amount of={after} />, isFigure: true },
        { title: 'Change', of: ({ difference }) => <Amount of={difference} isChange />, isFigure: true },
      ]}
    />
  );
}

const choices = [
  { value: 'rejected', label: 'Refused' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'filtered', label: 'Left out' },
  { value: 'taken', label: 'Taken' },
] as const;

function Rows({ which }: { readonly which: Which }) {
  const [outcome, setOutcome] = useState<(typeof choices)[number]['value']>('rejected');
  const query = useInfiniteQuery({
    queryKey: [which.workspace, 'load rows', which.load, outcome],
    queryFn: ({ signal, pageParam }) =>
      api.listLoadRows({ params: which, query: { outcome, after: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <Section
      title="Row by row"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Which rows"
          data={[...choices]}
          value={outcome}
          onChange={(next) => setOutcome(next as typeof outcome)}
        />
      }
    >
      <LoadedList
        label="Rows"
        query={query}
        keyOf={({ file, row }) => `${file} ${row}`}
        empty="There is no such row."
        columns={[
          { title: 'Row', of: ({ file, row }) => `${file}, row ${row}` },
          { title: 'Fact', of: ({ fact }) => (fact === null ? null : <FactName fact={fact} />) },
          { title: 'What', of: ({ detail, code }) => detail ?? code },
          { title: 'What to do', of: ({ remedy }) => remedy },
        ]}
      />
    </Section>
  );
}
