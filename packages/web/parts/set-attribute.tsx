// SPDX-License-Identifier: Apache-2.0
// Sets a value of a party, one that its agreements declare: an attribute, or a relation, whose value is another party of
// the right kind. What changes from day to day is set from a day on; what held before stays.
import { Button, Select, TextInput } from '@mantine/core';
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { FieldValue } from '@rapport/server/wire/facts.ts';
import type { listPartyKinds } from '@rapport/server/wire/parties.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { FactField, fieldValueOf } from './fact-field.tsx';
import styles from './form.module.css';
import { Loaded, Refused } from './loaded.tsx';
import { Nothing, Section } from './page.tsx';
import { PartySelect } from './party-select.tsx';

type Kind = AnswerOf<typeof listPartyKinds>['items'][number];

interface SetAttributeProps {
  readonly workspace: string;
  readonly party: string;
  readonly kind: string;
}

export function SetAttribute({ workspace, party, kind }: SetAttributeProps) {
  const query = useQuery({
    queryKey: [workspace, 'party kinds'],
    queryFn: ({ signal }) => api.listPartyKinds({ params: { workspace } }, signal),
  });
  return (
    <Section title="Set a value" note="Which values there are, the agreements say.">
      <Loaded query={query}>
        {({ items }) => {
          const fields = items.find((one) => one.kind === kind)?.fields ?? [];
          if (fields.length === 0) return <Nothing>No agreement declares a value for a {kind}.</Nothing>;
          return <SetForm workspace={workspace} party={party} fields={fields} />;
        }}
      </Loaded>
    </Section>
  );
}

interface SetFormProps {
  readonly workspace: string;
  readonly party: string;
  readonly fields: Kind['fields'];
}

function SetForm({ workspace, party, fields }: SetFormProps) {
  const [name, setName] = useState(fields[0]?.name ?? '');
  const [other, setOther] = useState<string | null>(null);
  const field = fields.find((one) => one.name === name) ?? fields[0];
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: (given: {
      attribute: string;
      value: FieldValue;
      from: string | null;
      through: string | null;
    }) => api.setAttributes({ params: { workspace, party }, body: { values: [given] } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace] }),
  });
  if (field === undefined) return null;
  const isParty = field.form.is === 'party';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const dayOf = (day: string) => `${given.get(day) ?? ''}` || null;
    const typed = isParty ? ownId(other ?? '', field.form.of) : `${given.get(field.name) ?? ''}`;
    const value = isParty ? typed : fieldValueOf(field, typed);
    if (value === undefined || value === '') return;
    set.mutate(
      { attribute: field.name, value, from: dayOf('day from'), through: dayOf('day through') },
      {
        onSuccess: () => {
          setOther(null);
          form.reset();
        },
      },
    );
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label="Set a value">
      <Select
        label="Attribute or relation"
        data={fields.map((one) => one.name)}
        value={field.name}
        allowDeselect={false}
        onChange={(next) => {
          setName(next ?? name);
          setOther(null);
          set.reset();
        }}
      />
      {isParty ? (
        <PartySelect
          workspace={workspace}
          label={field.form.of ?? 'Party'}
          {...(field.form.of === null ? {} : { kind: field.form.of })}
          value={other}
          onChange={setOther}
        />
      ) : (
        <FactField key={field.name} field={field} like={undefined} own={undefined} />
      )}
      {field.isDated && (
        <>
          <TextInput type="date" name="day from" label="From" description="Empty: always" />
          <TextInput type="date" name="day through" label="Through" description="Empty: without end" />
        </>
      )}
      <Button type="submit" variant="default" disabled={isParty && other === null} loading={set.isPending}>
        Set
      </Button>
      {set.error && <Refused error={set.error} />}
      {set.isSuccess && <p role="status">It is set.</p>}
    </form>
  );
}

/** A thing is called by its own id, which the list of parties shows behind its kind. */
function ownId(party: string, kind: string | null): string {
  return kind !== null && party.startsWith(`${kind}/`) ? party.slice(kind.length + 1) : party;
}
