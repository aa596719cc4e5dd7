// SPDX-License-Identifier: Apache-2.0
// Values that an agreement leaves to be set per person: quotas, targets, territories. A value holds from its day on;
// earlier ones stay for the days before.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { useMembership } from '../session.ts';
import { dayWords } from './dates.ts';
import styles from './form.module.css';
import { Loaded, Refused } from './loaded.tsx';
import { Section } from './page.tsx';
import { PartySelect } from './party-select.tsx';
import { Records } from './records.tsx';

interface PersonalValuesProps {
  readonly workspace: string;
  readonly agreement: string;
}

export function PersonalValues({ workspace, agreement }: PersonalValuesProps) {
  const { may } = useMembership();
  const params = { workspace, agreement };
  const query = useQuery({
    queryKey: [workspace, 'personal values', agreement],
    queryFn: ({ signal }) => api.listPersonalValues({ params }, signal),
  });
  if (query.data?.items.length === 0 && may['values.change'] === undefined) return null;
  return (
    <Section title="Values per person">
      <Loaded query={query}>
        {({ items }) => (
          <Records
            label="Values per person"
            items={items}
            keyOf={({ party, attribute, from }) => `${party} ${attribute} ${from}`}
            empty="No value is set for a single person."
            columns={[
              { title: 'Person', of: ({ name, party }) => name ?? party },
              { title: 'Value of', of: ({ attribute }) => attribute },
              { title: 'From', of: ({ from }) => (from === null ? 'always' : dayWords(from)) },
              { title: 'Value', of: ({ value }) => value, isFigure: true },
            ]}
          />
        )}
      </Loaded>
      {may['values.change'] !== undefined && <SetValue {...params} />}
    </Section>
  );
}

function SetValue({ workspace, agreement }: PersonalValuesProps) {
  const [party, setParty] = useState<string | null>(null);
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: (value: { attribute: string; value: string; from: string | null }) =>
      api.setPersonalValues({
        params: { workspace, agreement },
        body: { values: [{ ...value, party: party ?? '', through: null }] },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = `${form.get('from')}`;
    set.mutate({
      attribute: `${form.get('attribute')}`,
      value: `${form.get('value')}`,
      from: from === '' ? null : from,
    });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label="Set a value for one person">
      <PartySelect workspace={workspace} label="Person" value={party} onChange={setParty} />
      <TextInput name="attribute" label="Value of" placeholder="Quota" required />
      <TextInput name="value" label="Value" placeholder="USD 300,000" required />
      <TextInput type="date" name="from" label="From" />
      <Button type="submit" variant="default" disabled={party === null} loading={set.isPending}>
        Set
      </Button>
      {set.error && <Refused error={set.error} />}
    </form>
  );
}
