// SPDX-License-Identifier: Apache-2.0
// One period of an agreement: the steps from closing to payment, and the statement of everybody with something in it:
// how it stands, what changed since its last version, what is paid and what is left.
import type { PeriodStatement } from '@rapport/server/wire/standing.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { Amount } from '../parts/amount.tsx';
import { signOf } from '../parts/amount-words.ts';
import { AwaitedFeeds } from '../parts/awaited-feeds.tsx';
import { dayWords } from '../parts/dates.ts';
import { Failure } from '../parts/failure.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Page, Section } from '../parts/page.tsx';
import { type PeriodNamed, periodStatementsQuery } from '../parts/period-statements.ts';
import { PeriodSteps } from '../parts/period-steps.tsx';
import { Records } from '../parts/records.tsx';
import { State } from '../parts/state.tsx';

export function Period() {
  const params = useParams({ from: '/signed-in/$workspace/periods/$agreement/$period' });
  const { workspace, agreement, period } = params;
  const query = useQuery({
    queryKey: [workspace, 'periods', agreement],
    queryFn: ({ signal }) => api.listPeriods({ params: { workspace, agreement } }, signal),
  });
  const statements = useQuery(periodStatementsQuery(params));
  return (
    <Loaded query={query}>
      {({ items }) => {
        const row = items.find((one) => one.period === period);
        if (row === undefined) return <Failure title={`There is no period ${period}.`} />;
        return (
          <Page
            title={period}
            over={
              <>
                <Link to="/$workspace/periods" params={{ workspace }}>
                  Periods
                </Link>{' '}
                ·{' '}
                <Link to="/$workspace/agreements/$agreement" params={{ workspace, agreement }}>
                  {agreement}
                </Link>
              </>
            }
            lead={
              <>
                {dayWords(row.start)} – {dayWords(row.end)}. <AwaitedFeeds feeds={row.awaited} />
                {row.awaited.length > 0 && '.'}
              </>
            }
            actions={<State of={row.state} />}
          >
            <Loaded query={statements}>
              {(all) => (
                <>
                  <Section title="From the last deal to the money">
                    <PeriodSteps params={params} row={row} statements={all} />
                  </Section>
                  <Section title="Statements">
                    <Statements params={params} items={all} />
                  </Section>
                </>
              )}
            </Loaded>
          </Page>
        );
      }}
    </Loaded>
  );
}

function Statements({
  params,
  items,
}: {
  readonly params: PeriodNamed;
  readonly items: readonly PeriodStatement[];
}) {
  return (
    <Records
      label={`Statements of ${params.period}`}
      items={[...items].sort((a, b) => nameOf(a).localeCompare(nameOf(b)))}
      keyOf={({ payee }) => payee}
      empty="Nothing is posted in this period, and no statement was issued."
      columns={[
        {
          title: 'Party',
          of: (one) => (
            <Link
              to="/$workspace/statements/$agreement/$payee/$period"
              params={{ ...params, payee: one.payee }}
            >
              {nameOf(one)}
            </Link>
          ),
        },
        { title: 'State', of: ({ state }) => <State of={state} /> },
        { title: 'Version', of: versionWords },
        ...(items.some(({ since }) => since.length > 0)
          ? [{ title: 'Changed since', of: changedOf, isFigure: true }]
          : []),
        { title: 'Paid', of: paidOf, isFigure: true },
        { title: 'Still to pay', of: leftOf, isFigure: true },
      ]}
    />
  );
}

function nameOf({ payeeName, payee }: PeriodStatement): string {
  return payeeName ?? payee;
}

function versionWords({ version, issuedAt, hasNewer }: PeriodStatement): string {
  if (version === null) return 'not issued';
  const issued = issuedAt === null ? '' : `, ${dayWords(issuedAt.slice(0, 10))}`;
  return `${version}${issued}${hasNewer ? ' · changes since' : ''}`;
}

function changedOf({ since }: PeriodStatement) {
  return since.length === 0
    ? null
    : since.map((change) => (
        <div key={change.asset}>
          <Amount of={change} isChange />
        </div>
      ));
}

function paidOf({ accounts }: PeriodStatement) {
  const paid = accounts.filter((account) => signOf(account.paid) !== 0);
  return paid.length === 0
    ? null
    : paid.map((account) => (
        <div key={account.paid.asset}>
          <Amount of={account.paid} />
        </div>
      ));
}

function leftOf({ accounts, isNil }: PeriodStatement) {
  if (accounts.length === 0) return isNil ? 'nil' : 'nothing';
  return accounts.map(({ stillToPay, paidTooMuch, payable }) => (
    <div key={payable.asset}>
      {signOf(paidTooMuch) > 0 ? (
        <>
          paid too much <Amount of={paidTooMuch} />
        </>
      ) : (
        <Amount of={signOf(payable) < 0 ? payable : stillToPay} />
      )}
    </div>
  ));
}
