// SPDX-License-Identifier: Apache-2.0
// One party: what it is called elsewhere, its attributes from day to day, its relations in both directions, and the
// agreements it takes part in. A value that is set holds from its day on; what held before stays.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { dayWords } from '../parts/dates.ts';
import { FieldFigure } from '../parts/field-figure.tsx';
import styles from '../parts/form.module.css';
import { Loaded, Refused } from '../parts/loaded.tsx';
import { Page, Section } from '../parts/page.tsx';
import { PartySelect } from '../parts/party-select.tsx';
import { PersonalData } from '../parts/personal-data.tsx';
import { Records } from '../parts/records.tsx';
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
              items={attributes}
              keyOf={({ attribute, from }) => `${attribute} ${from}`}
              empty="No attribute is recorded."
              columns={[
                { title: 'Attribute', of: ({ attribute }) => attribute },
                { title: 'Holds', of: holdsWords },
                { title: 'Value', of: ({ value }) => <FieldFigure value={value} />, isFigure: true },
              ]}
            />
          </Section>
          {may['relations.change'] !== undefined && <SetAttribute workspace={workspace} party={party} />}
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

/** Sets an attribute from a day on; a relation is an attribute whose value is a party. */
function SetAttribute({ workspace, party }: { readonly workspace: string; readonly party: string }) {
  const [other, setOther] = useState<string | null>(null);
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: (given: { attribute: string; value: string; from: string | null; through: string | null }) =>
      api.setAttributes({ params: { workspace, party }, body: { values: [given] } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const textOf = (name: string) => `${form.get(name)}`;
    const dayOf = (name: string) => (textOf(name) === '' ? null : textOf(name));
    set.mutate({
      attribute: textOf('attribute'),
      value: other ?? textOf('value'),
      from: dayOf('from'),
      through: dayOf('through'),
    });
  };
  return (
    <Section title="Set a value" note="An attribute has a value; a relation names another party.">
      <form className={styles['line']} onSubmit={submit} aria-label="Set a value">
        <TextInput name="attribute" label="Attribute or relation" placeholder="Manager" required />
        <TextInput name="value" label="Value" disabled={other !== null} />
        <PartySelect workspace={workspace} label="or party" value={other} onChange={setOther} />
        <TextInput type="date" name="from" label="From" />
        <TextInput type="date" name="through" label="Through" />
        <Button type="submit" variant="default" loading={set.isPending}>
          Set
        </Button>
        {set.error && <Refused error={set.error} />}
      </form>
    </Section>
  );
}
