// SPDX-License-Identifier: Apache-2.0
// Declares a feed complete through a day, with the other system's control total where it gives one. What rests on the
// feed until then is no longer provisional.
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { dayWords } from './dates.ts';
import styles from './form.module.css';
import { Refused } from './loaded.tsx';

interface DeclareFormProps {
  readonly workspace: string;
  readonly feeds: readonly { readonly feed: string; readonly title: string }[];
}

export function DeclareForm({ workspace, feeds }: DeclareFormProps) {
  const [feed, setFeed] = useState(feeds[0]?.feed ?? '');
  const queries = useQueryClient();
  const declare = useMutation({
    mutationFn: (given: { through: string; rows?: number }) =>
      api.declareComplete({ params: { workspace, feed }, body: given }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [workspace] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const rows = `${form.get('rows')}`;
    declare.mutate({ through: `${form.get('through')}`, ...(rows === '' ? {} : { rows: Number(rows) }) });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label="Declare a feed complete">
      <Select
        label="Feed"
        data={feeds.map((one) => ({ value: one.feed, label: one.title }))}
        value={feed}
        allowDeselect={false}
        onChange={(next) => setFeed(next ?? feed)}
      />
      <TextInput type="date" name="through" label="Complete through" required />
      <TextInput name="rows" label="Rows that the other system counts" inputMode="numeric" pattern="[0-9]*" />
      <Button type="submit" variant="default" loading={declare.isPending}>
        Declare it complete
      </Button>
      {declare.error && <Refused error={declare.error} />}
      {declare.data !== undefined && (
        <p role="status">It is complete through {dayWords(declare.data.through)}.</p>
      )}
    </form>
  );
}
