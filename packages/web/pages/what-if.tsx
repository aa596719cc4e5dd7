// SPDX-License-Identifier: Apache-2.0
// What would this deal pay? The same engine over the facts as they are and one more that is not recorded. The form has
// the fields that the agreement declares for the kind of fact.
import { Button, Select } from '@mantine/core';
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { FieldValue, listFactKinds } from '@rapport/server/wire/facts.ts';
import type { whatIf } from '@rapport/server/wire/forecast.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { Amount } from '../parts/amount.tsx';
import { FactField, fieldValueOf } from '../parts/fact-field.tsx';
import styles from '../parts/form.module.css';
import { Loaded, Refused } from '../parts/loaded.tsx';
import { Nothing, Page, Section } from '../parts/page.tsx';
import { PartySelect } from '../parts/party-select.tsx';
import { Records } from '../parts/records.tsx';
import { useMembership } from '../session.ts';

type Kind = AnswerOf<typeof listFactKinds>['items'][number];
type Answer = AnswerOf<typeof whatIf>;

export function WhatIf() {
  const { workspace } = useMembership();
  const query = useQuery({
    queryKey: [workspace, 'fact kinds'],
    queryFn: ({ signal }) => api.listFactKinds({ params: { workspace } }, signal),
  });
  return (
    <Page
      title="What if"
      lead="What would this deal pay, as things stand? Nothing of it is recorded. The form begins like the latest one."
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>No agreement in force says yet what counts.</Nothing>
          ) : (
            <Ask workspace={workspace} kinds={items} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Ask({ workspace, kinds }: { readonly workspace: string; readonly kinds: readonly Kind[] }) {
  const { party: own, may } = useMembership();
  const [name, setName] = useState(kinds[0]?.kind ?? '');
  const [agreement, setAgreement] = useState<string | null>(null);
  const [party, setParty] = useState(own);
  const kind = kinds.find((one) => one.kind === name) ?? kinds[0];
  const where = agreement ?? kind?.agreements[0] ?? '';
  const whose = useQuery({
    queryKey: [workspace, 'party', party],
    queryFn: ({ signal }) => api.readParty({ params: { workspace, party: party ?? '' } }, signal),
    enabled: party !== null,
  });
  const latest = useQuery({
    queryKey: [workspace, 'latest fact', name, party],
    queryFn: ({ signal }) =>
      api.searchFacts(
        { params: { workspace }, query: { kind: name, limit: 1, ...(party === null ? {} : { party }) } },
        signal,
      ),
    enabled: may['facts.read'] !== undefined,
  });
  const like = latest.data?.items[0];
  const ask = useMutation({
    mutationFn: (fields: Record<string, FieldValue>) =>
      api.whatIf({
        params: { workspace, agreement: where },
        body: { facts: [{ kind: name, fields }], ...(party === null ? {} : { payee: party }) },
      }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fields = (kind?.fields ?? []).flatMap((field) => {
      const value = fieldValueOf(field, `${form.get(field.name) ?? ''}`);
      return value === undefined ? [] : [[field.name, value] as const];
    });
    ask.mutate(Object.fromEntries(fields));
  };
  return (
    <>
      <form className={styles['line']} onSubmit={submit} aria-label="The deal">
        {kinds.length > 1 && (
          <Select
            label="Kind of fact"
            data={kinds.map((one) => one.kind)}
            value={name}
            allowDeselect={false}
            onChange={(next) => setName(next ?? name)}
          />
        )}
        {(kind?.agreements.length ?? 0) > 1 && (
          <Select
            label="Agreement"
            data={[...(kind?.agreements ?? [])]}
            value={where}
            allowDeselect={false}
            onChange={setAgreement}
          />
        )}
        {may['earnings.forecast'] !== 'own' && (
          <PartySelect workspace={workspace} label="For" value={party} onChange={setParty} />
        )}
        {kind?.fields.map((field) => (
          <FactField
            key={`${kind.kind} ${field.name} ${like?.id} ${whose.data?.party}`}
            field={field}
            like={like?.fields[field.name]}
            own={party === null ? undefined : whose.data}
          />
        ))}
        <Button type="submit" loading={ask.isPending}>
          What would it pay?
        </Button>
        {ask.error && <Refused error={ask.error} />}
      </form>
      {ask.data !== undefined && <Answered answer={ask.data} />}
    </>
  );
}

function Answered({ answer: { totals, differences } }: { readonly answer: Answer }) {
  if (differences.length === 0)
    return (
      <div role="status">
        <Nothing>It would change nothing.</Nothing>
      </div>
    );
  return (
    <div role="status">
      <Section title="It would pay">
        {totals.map(({ payee, difference }) => (
          <p key={`${payee} ${difference.asset}`}>
            <Amount of={difference} isChange size="display" />
          </p>
        ))}
        <Records
          label="What would change"
          items={differences}
          keyOf={({ clause, payee, period, before }) => `${clause} ${payee} ${period} ${before.asset}`}
          columns={[
            { title: 'Component', of: ({ component, period }) => `${component}, ${period}` },
            { title: 'Party', of: ({ payeeName, payee }) => payeeName ?? payee },
            { title: 'Now', of: ({ before }) => <Amount of={before} />, isFigure: true },
            { title: 'With it', of: ({ after }) => <Amount of={after} />, isFigure: true },
            { title: 'Change', of: ({ difference }) => <Amount of={difference} isChange />, isFigure: true },
          ]}
        />
      </Section>
    </div>
  );
}
