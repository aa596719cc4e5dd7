// SPDX-License-Identifier: Apache-2.0
// The parties and things that facts speak of: who is known, who was only named by a fact so far, and adding one.
import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import styles from '../parts/form.module.css';
import { Refused } from '../parts/loaded.tsx';
import { LoadedList } from '../parts/loaded-list.tsx';
import { Nothing, Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { useMembership } from '../session.ts';

export function Parties() {
  const { workspace, may } = useMembership();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [asked] = useDebouncedValue(text.trim(), 200);
  const kinds = useQuery({
    queryKey: [workspace, 'party kinds'],
    queryFn: ({ signal }) => api.listPartyKinds({ params: { workspace } }, signal),
  });
  const declared = kinds.data?.items ?? [];
  const names = declared.map((one) => one.kind);
  // Who offers an agreement is one already; those whom it pays come first.
  const addable = (['parties', 'things'] as const).flatMap((role) =>
    declared.filter((one) => one.role === role).map((one) => one.kind),
  );
  const query = useInfiniteQuery({
    queryKey: [workspace, 'parties', asked, kind],
    queryFn: ({ signal, pageParam }) =>
      api.listParties(
        {
          params: { workspace },
          query: { text: asked === '' ? undefined : asked, kind: kind ?? undefined, after: pageParam },
        },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });
  return (
    <Page
      title="Parties"
      lead="Who earns, who buys, who leads whom. What is computed knows them by a random number, never by name."
      actions={
        may['parties.change'] !== undefined && (
          <Button variant="default" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
            Add a party
          </Button>
        )
      }
    >
      {isAdding &&
        (addable.length > 0 ? (
          <AddParty workspace={workspace} kinds={addable} />
        ) : (
          <Nothing>
            No agreement is in force yet, and it is agreements that say which kinds of parties there are.{' '}
            <Link to="/$workspace/agreements" params={{ workspace }}>
              To the agreements
            </Link>
          </Nothing>
        ))}
      <search className={styles['line']}>
        <TextInput
          label="Name or reference"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select label="Kind" placeholder="Any" clearable data={names} value={kind} onChange={setKind} />
      </search>
      <LoadedList
        label="Parties"
        query={query}
        keyOf={({ party }) => party}
        empty={asked === '' && kind === null ? 'Nobody is known yet.' : 'Nobody fits.'}
        columns={[
          {
            title: 'Name',
            of: ({ party, name, references }) => (
              <Link to="/$workspace/parties/$party" params={{ workspace, party }}>
                {name ?? references[0]?.reference ?? party}
              </Link>
            ),
          },
          { title: 'Kind', of: (one) => one.kind },
          { title: 'State', of: ({ state }) => state === 'unknown' && <State of={state} /> },
          {
            title: 'In other systems',
            of: ({ references }) =>
              references
                .map(({ system, reference }) => (system === '' ? reference : `${system}: ${reference}`))
                .join(', '),
          },
        ]}
      />
    </Page>
  );
}

function AddParty({ workspace, kinds }: { readonly workspace: string; readonly kinds: readonly string[] }) {
  const [chosen, setKind] = useState<string | null>(null);
  const kind = chosen ?? kinds[0] ?? null;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const add = useMutation({
    mutationFn: ({ name, reference }: { name: string; reference: string }) =>
      api.createParty({
        params: { workspace },
        body: { kind: kind ?? '', name, references: reference === '' ? [] : [{ reference }] },
      }),
    onSuccess: async ({ party }) => {
      await queries.invalidateQueries({ queryKey: [workspace, 'parties'] });
      await navigate({ to: '/$workspace/parties/$party', params: { workspace, party } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({ name: `${form.get('name')}`, reference: `${form.get('reference')}` });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label="Add a party">
      <Select label="Kind" data={[...kinds]} value={kind} onChange={setKind} required />
      <TextInput name="name" label="Name" required />
      <TextInput name="reference" label="Called in other systems" />
      <Button type="submit" disabled={kind === null} loading={add.isPending}>
        Add
      </Button>
      {add.error && <Refused error={add.error} />}
    </form>
  );
}
