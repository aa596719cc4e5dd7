// SPDX-License-Identifier: Apache-2.0
// The text of a new agreement, or of a new version of one: checked while it is written, with every finding at its
// place and its remedy, and the worked examples run. It can be stored only once it compiles and its examples hold.
import { Button, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import styles from './draft-form.module.css';
import { Findings } from './findings.tsx';
import { Refused } from './loaded.tsx';

interface DraftFormProps {
  readonly workspace: string;
  /** null: a new agreement. */
  readonly agreement: string | null;
  readonly text?: string;
}

export function DraftForm({ workspace, agreement, text: given = '' }: DraftFormProps) {
  const [text, setText] = useState(given);
  const [name, setName] = useState('');
  const [settled] = useDebouncedValue(text, 400);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const check = useQuery({
    queryKey: [workspace, 'agreement check', settled],
    queryFn: ({ signal }) => api.checkAgreement({ params: { workspace }, body: { text: settled } }, signal),
    enabled: settled.trim() !== '',
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const store = useMutation({
    mutationFn: () =>
      agreement === null
        ? api.createAgreement({ params: { workspace }, body: { agreement: name, text } })
        : api.addVersion({ params: { workspace, agreement }, body: { text } }),
    onSuccess: async (stored) => {
      await queries.invalidateQueries({ queryKey: [workspace] });
      await navigate({
        to: '/$workspace/agreements/$agreement',
        params: { workspace, agreement: stored.agreement },
        search: { version: Math.max(...stored.versions.map(({ version }) => version)) },
      });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    store.mutate();
  };
  const examples = check.data?.examples ?? [];
  const holds = check.data?.compiles === true && examples.every((example) => example.holds);
  return (
    <form className={styles['form']} onSubmit={submit}>
      {agreement === null && (
        <TextInput
          label="Name in addresses"
          description="Lower case letters, digits and hyphens"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          required
        />
      )}
      <Textarea
        label="Text"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={18}
        classNames={{ input: styles['text'] ?? '' }}
        spellCheck={false}
        required
      />
      {check.error && <Refused error={check.error} />}
      {check.data !== undefined && text.trim() !== '' && (
        <div className={styles['check']} aria-live="polite">
          <p>
            {check.data.compiles
              ? `It compiles. ${examples.filter((example) => example.holds).length} of ${examples.length} worked examples hold.`
              : 'It does not compile yet.'}
          </p>
          <Findings findings={[...check.data.errors, ...check.data.warnings]} />
          <Findings
            findings={examples
              .filter((example) => !example.holds)
              .map(({ name: example, detail }) => ({ code: example, place: example, detail, remedy: null }))}
          />
        </div>
      )}
      {store.error && <Refused error={store.error} />}
      <div>
        <Button type="submit" disabled={!holds || text !== settled} loading={store.isPending}>
          Store as a draft
        </Button>
      </div>
    </form>
  );
}
