// SPDX-License-Identifier: Apache-2.0
// The periods of each agreement: what is posted in them and which feeds are still awaited. A period opens to its
// statements, and to closing, issuing, approving and paying them.
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { listPeriods } from '@rapport/server/wire/periods.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Amount } from '../parts/amount.tsx';
import { dayWords } from '../parts/dates.ts';
import { Loaded } from '../parts/loaded.tsx';
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
  const query = useQuery({
    queryKey: [workspace, 'periods', agreement],
    queryFn: ({ signal }) => api.listPeriods({ params: { workspace, agreement } }, signal),
  });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <Records
          label={`Periods of ${agreement}`}
          items={items}
          keyOf={({ period }) => period}
          columns={[
            {
              title: 'Period',
              of: ({ period }) => (
                <Link to="/$workspace/periods/$agreement/$period" params={{ workspace, agreement, period }}>
                  {period}
                </Link>
              ),
            },
            { title: 'State', of: ({ state }) => <State of={state} /> },
            { title: 'Days', of: ({ start, end }) => `${dayWords(start)} – ${dayWords(end)}` },
            ...(items.some(({ awaited }) => awaited.length > 0)
              ? [{ title: 'Awaited', of: ({ awaited }: Row) => awaited.map(({ title }) => title).join(', ') }]
              : []),
            {
              title: 'Statements',
              of: ({ statementsIssued, payees }) => `${statementsIssued} of ${payees}`,
              isFigure: true,
            },
            {
              title: 'Approved',
              of: ({ statementsApproved, statementsIssued }) =>
                statementsIssued === 0 ? null : `${statementsApproved} of ${statementsIssued}`,
              isFigure: true,
            },
            { title: 'Posted', of: totalsOf, isFigure: true },
          ]}
        />
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
