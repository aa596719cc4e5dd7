// SPDX-License-Identifier: Apache-2.0
// The periods of each agreement that somebody has to do with now: those with statements that nobody has approved, those
// that are over and still open, oldest first, and the one that runs, with what is posted in it so far.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { termsQuery } from '../terms.ts';
import { Amount } from './amount.tsx';
import { dayWords } from './dates.ts';
import { Loaded } from './loaded.tsx';
import { Nothing } from './page.tsx';
import { State } from './state.tsx';
import { ToDo, ToDos } from './to-do.tsx';

export function PeriodsAhead({ workspace }: { readonly workspace: string }) {
  const query = useQuery(termsQuery(workspace, null));
  return (
    <Loaded query={query}>
      {({ paying }) => {
        const own = paying.filter(({ hasPeriods }) => hasPeriods);
        if (own.length === 0) return <Nothing>No agreement that is in force has periods.</Nothing>;
        return own.map(({ agreement, title }) => (
          <OfAgreement key={agreement} workspace={workspace} agreement={agreement} title={title} />
        ));
      }}
    </Loaded>
  );
}

interface OfAgreementProps {
  readonly workspace: string;
  readonly agreement: string;
  readonly title: string;
}

function OfAgreement({ workspace, agreement, title }: OfAgreementProps) {
  const query = useQuery({
    queryKey: [workspace, 'periods', agreement],
    queryFn: ({ signal }) => api.listPeriods({ params: { workspace, agreement } }, signal),
  });
  return (
    <Loaded query={query}>
      {({ items }) => {
        const open = items.filter(({ state }) => state === 'open').toReversed();
        const unapproved = items
          .filter(({ state, statementsIssued, statementsApproved }) => {
            return (state === 'locked' || state === 'closed') && statementsApproved < statementsIssued;
          })
          .toReversed();
        return (
          <ToDos isDone={`${title}: no period is open.`}>
            {unapproved.map(({ period, statementsIssued, statementsApproved }) => (
              <ToDo
                key={`approve ${period}`}
                link={
                  <Link to="/$workspace/periods/$agreement/$period" params={{ workspace, agreement, period }}>
                    {title}, {period}
                  </Link>
                }
                state={<State of="to be approved" />}
                note={`${statementsApproved} of ${statementsIssued} statements are approved`}
              />
            ))}
            {open.map(({ period, end, awaited, totals }) => (
              <ToDo
                key={period}
                link={
                  <Link to="/$workspace/periods/$agreement/$period" params={{ workspace, agreement, period }}>
                    {title}, {period}
                  </Link>
                }
                state={isOver(end) ? <State of="to be closed" /> : <State of="open" />}
                note={
                  <>
                    {isOver(end) ? 'over since' : 'runs through'} {dayWords(end)}
                    {totals.map((total) => (
                      <span key={total.asset}>
                        {' · '}
                        <Amount of={total} />
                      </span>
                    ))}
                    {awaited.length > 0 && ` · awaits ${awaited.map((feed) => feed.title).join(', ')}`}
                  </>
                }
              />
            ))}
          </ToDos>
        );
      }}
    </Loaded>
  );
}

/** Over by the reader's own day: the service decides whether it can be closed. */
function isOver(end: string): boolean {
  return end < new Date().toLocaleDateString('sv-SE');
}
