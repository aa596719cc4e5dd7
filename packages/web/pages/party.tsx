// SPDX-License-Identifier: Apache-2.0
// One party: what it is called elsewhere, its attributes from day to day, its relations in both directions, and the
// agreements it takes part in. A value that is set holds from its day on; what held before stays.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api } from '../api.ts';
import { dayWords } from '../parts/dates.ts';
import { FieldFigure } from '../parts/field-figure.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Page, Section } from '../parts/page.tsx';
import { PersonalData } from '../parts/personal-data.tsx';
import { Records } from '../parts/records.tsx';
import { SetAttribute } from '../parts/set-attribute.tsx';
import { useMembership } from '../session.ts';

export function Party() {
  const { workspace, party } = useParams({ from: '/signed-in/$workspace/parties/$party' });
  const { may } = useMembership();
  const query = useQuery({
    queryKey: [workspace, 'party', party],
    queryFn: ({ signal }) => api.readParty({ params: { workspace, party } }, signal),
  });
  return (
    <Loaded query={query}>
      {({ name, kind, references, attributes, relations, related, participation }) => (
        <Page
          title={name ?? references[0]?.reference ?? party}
          over={
            <>
              <Link to="/$workspace/parties" params={{ workspace }}>
                Parties
              </Link>{' '}
              · {kind}
            </>
          }
          actions={
            may['earnings.read'] !== undefined && (
              <Link to="/$workspace/earnings" params={{ workspace }} search={{ party }}>
                Earnings
              </Link>
            )
          }
        >
          <Section title="Relations">
            <Records
              label="Relations"
              items={[
                ...relations.map((one) => ({
                  ...one,
                  other: one.to,
                  otherName: one.toName,
                  words: one.attribute,
                })),
                ...related.map((one) => ({
                  ...one,
                  other: one.of,
                  otherName: one.ofName,
                  words: `is the ${one.attribute} of`,
                  from: null,
                  through: null,
                })),
              ]}
              keyOf={({ words, other }, place) => `${words} ${other} ${place}`}
              empty="No relation is recorded."
              columns={[
                { title: 'Relation', of: ({ words }) => words },
                {
                  title: 'Party',
                  of: ({ other, otherName }) => (
                    <Link to="/$workspace/parties/$party" params={{ workspace, party: other }}>
                      {otherName ?? other}
                    </Link>
                  ),
                },
                { title: 'Holds', of: holdsWords },
              ]}
            />
          </Section>
          <Section title="Attributes">
            <Records
              label="Attributes"
              items={attributes.filter(
                ({ attribute }) => !relations.some((relation) => relation.attribute === attribute),
              )}
              keyOf={({ attribute, from }) => `${attribute} ${from}`}
              empty="No attribute is recorded."
              columns={[
                { title: 'Attribute', of: ({ attribute }) => attribute },
                { title: 'Holds', of: holdsWords },
                { title: 'Value', of: ({ value }) => <FieldFigure value={value} />, isFigure: true },
              ]}
            />
          </Section>
          {may['relations.change'] !== undefined && (
            <SetAttribute workspace={workspace} party={party} kind={kind} />
          )}
          <Section title="Agreements">
            <Records
              label="Agreements"
              items={participation}
              keyOf={({ agreement, from }) => `${agreement} ${from}`}
              empty="It takes part in no agreement."
              columns={[
                {
                  title: 'Agreement',
                  of: ({ agreement }) => (
                    <Link to="/$workspace/agreements/$agreement" params={{ workspace, agreement }}>
                      {agreement}
                    </Link>
                  ),
                },
                { title: 'Takes part', of: holdsWords },
              ]}
            />
          </Section>
          <Section title="In other systems">
            <Records
              label="References"
              items={references}
              keyOf={({ system, reference }) => `${system} ${reference}`}
              empty="No other system has a name for it."
              columns={[
                { title: 'Name there', of: ({ reference }) => reference },
                { title: 'System', of: ({ system }) => (system === '' ? 'all' : system) },
              ]}
            />
          </Section>
          <PersonalData
            workspace={workspace}
            party={party}
            name={name ?? references[0]?.reference ?? party}
          />
        </Page>
      )}
    </Loaded>
  );
}

function holdsWords({
  from,
  through,
}: {
  readonly from: string | null;
  readonly through: string | null;
}): string {
  if (from === null && through === null) return 'always';
  const begin = from === null ? '' : `from ${dayWords(from)}`;
  const end = through === null ? '' : `through ${dayWords(through)}`;
  return [begin, end].filter((words) => words !== '').join(' ');
}
