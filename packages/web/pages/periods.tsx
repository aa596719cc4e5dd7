// SPDX-License-Identifier: Apache-2.0
// The periods of each agreement: what is posted in them, which feeds are still awaited, closing and locking. A closed
// period is never opened again; what comes later is posted as a difference in the open one.
import { Button, TextInput } from '@mantine/core';
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { listPeriods } from '@rapport/server/wire/periods.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { Amount } from '../parts/amount.tsx';
import { dayWords } from '../parts/dates.ts';
import styles from '../parts/form.module.css';
import { Loaded, Refused } from '../parts/loaded.tsx';
import { Nothing, Page, Section } from '../parts/page.tsx';
import { Records } from '../parts/records.tsx';
import { State } from '../parts/state.tsx';
import { useMembership } from '../session.ts';

type Row = AnswerOf<typeof listPeriods>['items'][number];

export function Periods() {
  const { workspace } = useMembership();
  const query = useQuery({
    queryKey: [workspace, 'agreements'],
    queryFn: ({ signal }) => api.listAgreements({ params: { workspace } }, signal),
  });
  return (
    <Page
      title="Periods"
      lead="Closing ends a period for good: a fact that comes later changes what is due in the open one, as one line."
    >
      <Loaded query={query}>
        {({ items }) => {
          const active = items.filter(({ versions }) => versions.some(({ state }) => state !== 'draft'));
          if (active.length === 0) return <Nothing>No agreement has been in force yet.</Nothing>;
          return active.map(({ agreement, title }) => (
            <Section key={agreement} title={title}>
              <OfAgreement workspace={workspace} agreement={agreement} />
            </Section>
          ));
        }}
      </Loaded>
    </Page>
  );
}

function OfAgreement({ workspace, agreement }: { readonly workspace: string; readonly agreement: string }) {
  const { may } = useMembership();
  const [chosen, choose] = useState<string | null>(null);
  const query = useQuery({
    queryKey: [workspace, 'periods', agreement],
    queryFn: ({ signal }) => api.listPeriods({ params: { workspace, agreement } }, signal),
  });
  const mayClose = may['periods.close'] !== undefined;
  return (
    <Loaded query={query}>
      {({ items }) => (
        <>
          <Records
            label={`Periods of ${agreement}`}
            items={items}
            keyOf={({ period }) => period}
            columns={[
              { title: 'Period', of: ({ period }) => period },
              { title: 'State', of: ({ state }) => <State of={state} /> },
              { title: 'Days', of: ({ start, end }) => `${dayWords(start)} – ${dayWords(end)}` },
              ...(items.some(({ incomplete }) => incomplete.length > 0)
                ? [{ title: 'Awaited', of: ({ incomplete }: Row) => incomplete.join(', ') }]
                : []),
              {
                title: 'Statements',
                of: ({ statementsIssued, payees }) => `${statementsIssued} of ${payees}`,
                isFigure: true,
              },
              ...(mayClose
                ? [
                    {
                      title: 'Next',
                      isTitleHidden: true,
                      of: (row: Row) => <Next row={row} choose={choose} isChosen={chosen === row.period} />,
                    },
                  ]
                : []),
              { title: 'Posted', of: totalsOf, isFigure: true },
            ]}
          />
          {items
            .filter(({ period }) => period === chosen)
            .map((row) => (
              <CloseForm
                key={row.period}
                workspace={workspace}
                agreement={agreement}
                row={row}
                done={() => choose(null)}
              />
            ))}
        </>
      )}
    </Loaded>
  );
}

function totalsOf({ totals }: Row) {
  return totals.map((total) => (
    <div key={total.asset}>
      <Amount of={total} />
    </div>
  ));
}

interface NextProps {
  readonly row: Row;
  readonly choose: (period: string | null) => void;
  readonly isChosen: boolean;
}

/** What can be done next with a period: close what is open, lock what is closed. */
function Next({ row: { period, state }, choose, isChosen }: NextProps) {
  if (state !== 'open' && state !== 'closed') return null;
  return (
    <Button
      size="xs"
      variant="default"
      aria-expanded={isChosen}
      onClick={() => choose(isChosen ? null : period)}
    >
      {state === 'open' ? 'Close' : 'Lock'}
      <span className="visually-hidden"> {period}</span> …
    </Button>
  );
}

function CloseForm({
  workspace,
  agreement,
  row,
  done,
}: {
  readonly workspace: string;
  readonly agreement: string;
  readonly row: Row;
  readonly done: () => void;
}) {
  const { period, state, incomplete } = row;
  const params = { workspace, agreement, period };
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: async (given: { what: 'close' | 'lock'; reason: string }) => {
      const body = {
        despite: incomplete.length > 0,
        ...(given.reason === '' ? {} : { reason: given.reason }),
      };
      if (given.what === 'close') await api.closePeriod({ params, body });
      else await api.lockPeriod({ params, body });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [workspace] });
      done();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const what = submitter?.value === 'close' ? 'close' : 'lock';
    act.mutate({ what, reason: `${new FormData(event.currentTarget).get('reason')}` });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label={`Close or lock ${period}`}>
      <p>
        {state === 'open' ? `Close ${period}: nothing more is posted in it. ` : ''}
        Locking also issues a statement to every party, nil statements too.
        {incomplete.length > 0 && ` Not complete through its end: ${incomplete.join(', ')}.`}
      </p>
      <TextInput
        name="reason"
        label="Why"
        description="Recorded with your name"
        required={incomplete.length > 0}
      />
      {state === 'open' && (
        <Button type="submit" value="close" variant="default" loading={act.isPending}>
          Close {period}
        </Button>
      )}
      <Button type="submit" value="lock" loading={act.isPending}>
        {state === 'open' ? `Close and lock ${period}` : `Lock ${period}`}
      </Button>
      <Button variant="subtle" onClick={done}>
        Leave it
      </Button>
      {act.error && <Refused error={act.error} />}
    </form>
  );
}
