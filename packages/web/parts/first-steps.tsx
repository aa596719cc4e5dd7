// SPDX-License-Identifier: Apache-2.0
// Where somebody begins in a workspace in which no agreement is in force yet: what comes first, what follows from it, and
// how far one is. It goes by itself.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../api.ts';
import { useMembership } from '../session.ts';
import { Section } from './page.tsx';
import { State } from './state.tsx';
import { ToDo, ToDos } from './to-do.tsx';

export function FirstSteps() {
  const { workspace, may } = useMembership();
  const params = { workspace };
  const { data } = useQuery({
    queryKey: [workspace, 'agreements'],
    queryFn: ({ signal }) => api.listAgreements({ params }, signal),
  });
  if (data === undefined) return null;
  if (data.items.some(({ versions }) => versions.some(({ state }) => state !== 'draft'))) return null;
  const [first] = data.items;
  return (
    <Section title="First steps" note="No agreement is in force yet; all else follows from one.">
      <ToDos isDone="">
        <ToDo
          link={
            <Link to="/$workspace/agreements" params={params}>
              Write an agreement, or paste one
            </Link>
          }
          note="The document is the program. It is checked while you write, and its worked examples are run."
          state={first === undefined ? undefined : <State of="done" />}
        />
        <ToDo
          link={
            first === undefined ? (
              'Put it into force'
            ) : (
              <Link to="/$workspace/agreements/$agreement" params={{ workspace, agreement: first.agreement }}>
                Put {first.title} into force
              </Link>
            )
          }
          note="Then it says which facts there are, and who can be paid."
        />
        <ToDo
          link={
            may['feeds.change'] === undefined ? (
              'Say what other systems send'
            ) : (
              <Link to="/$workspace/feeds/new" params={params}>
                Say what other systems send
              </Link>
            )
          }
          note="A feed makes facts of the rows of a file; a key lets another system send them itself."
        />
        <ToDo
          link={
            may['members.read'] === undefined ? (
              'Invite the people it is about'
            ) : (
              <Link to="/$workspace/members" params={params}>
                Invite the people it is about
              </Link>
            )
          }
          note="They see what they earned and why, each their own."
        />
      </ToDos>
    </Section>
  );
}
