// SPDX-License-Identifier: Apache-2.0
// Facts found: by kind, by days, by a part of the id or of a text. The address holds what was searched for, so that a
// search can be sent to somebody else.
import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { api } from '../api.ts';
import { dayWords, momentWords } from '../parts/dates.ts';
import { FactName } from '../parts/fact-name.tsx';
import { FieldList } from '../parts/field-figure.tsx';
import { LoadedList } from '../parts/loaded-list.tsx';
import { Page } from '../parts/page.tsx';
import { State } from '../parts/state.tsx';
import { useMembership } from '../session.ts';
import styles from './facts.module.css';

export function Facts() {
  const { workspace } = useMembership();
  const search = useSearch({ from: '/signed-in/$workspace/facts' });
  const query = useInfiniteQuery({
    queryKey: [workspace, 'facts', search],
    queryFn: ({ signal, pageParam }) =>
      api.searchFacts({ params: { workspace }, query: { ...search, after: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <Page
      title="Facts"
      lead="What other systems and people have told. A fact is never overwritten: a later revision supersedes it."
    >
      <Search key={JSON.stringify(search)} workspace={workspace} />
      <LoadedList
        label="Facts"
        query={query}
        keyOf={({ sequence }) => `${sequence}`}
        empty={Object.keys(search).length === 0 ? 'No fact has been recorded yet.' : 'No fact fits.'}
        columns={[
          {
            title: 'Fact',
            of: ({ kind, id, revision, isVoid }) => (
              <>
                <FactName fact={{ kind, id }} />
                {revision > 1 && ` revision ${revision}`} {isVoid && <State of="voided" />}
              </>
            ),
          },
          { title: 'Counts on', of: ({ countsOn }) => (countsOn === null ? '' : dayWords(countsOn)) },
          { title: 'Fields', of: (fact) => <FieldList fact={fact} /> },
          { title: 'Source', of: ({ source }) => source },
          { title: 'Recorded', of: ({ recordedAt }) => momentWords(recordedAt) },
        ]}
      />
    </Page>
  );
}

function Search({ workspace }: { readonly workspace: string }) {
  const search = useSearch({ from: '/signed-in/$workspace/facts' });
  const navigate = useNavigate({ from: '/$workspace/facts' });
  const kinds = useQuery({
    queryKey: [workspace, 'fact kinds'],
    queryFn: ({ signal }) => api.listFactKinds({ params: { workspace } }, signal),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = Object.entries(Object.fromEntries(new FormData(event.currentTarget)));
    void navigate({ search: Object.fromEntries(given.filter(([, value]) => value !== '')) });
  };
  return (
    <search>
      <form className={styles['search']} onSubmit={submit}>
        <TextInput name="text" label="Id or text" defaultValue={search.text} />
        <Select
          name="kind"
          label="Kind"
          clearable
          placeholder="Any"
          data={(kinds.data?.items ?? []).map(({ kind }) => kind)}
          defaultValue={search.kind ?? null}
        />
        <TextInput type="date" name="from" label="Counts from" defaultValue={search.from} />
        <TextInput type="date" name="through" label="through" defaultValue={search.through} />
        <Button type="submit" variant="default">
          Search
        </Button>
      </form>
    </search>
  );
}
