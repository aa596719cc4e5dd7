// SPDX-License-Identifier: Apache-2.0
// The keys with which other systems call: what each may do, when it was last used, making one and revoking one.
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { useMembership } from '../session.ts';
import { dayWords, momentWords } from './dates.ts';
import styles from './form.module.css';
import { Loaded, Refused } from './loaded.tsx';
import { Section } from './page.tsx';
import { Records } from './records.tsx';
import { Secret } from './secret.tsx';

/** What a key of another system is usually for; it can only have what the role "integration" has. */
const scopes = [
  { scope: 'facts.record', words: 'record facts' },
  { scope: 'facts.read', words: 'read facts' },
  { scope: 'loads.upload', words: 'upload files' },
  { scope: 'completeness.declare', words: 'declare feeds complete' },
  { scope: 'parties.change', words: 'add parties' },
  { scope: 'relations.change', words: 'record relations' },
  { scope: 'statements.read', words: 'read statements' },
  { scope: 'books.read', words: 'read the books' },
] as const;

export function ApiKeys({ workspace }: { readonly workspace: string }) {
  const { may } = useMembership();
  const mayChange = may['keys.change'] !== undefined;
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: [workspace, 'api keys'],
    queryFn: ({ signal }) => api.listApiKeys({ params: { workspace } }, signal),
  });
  const onSuccess = () => queries.invalidateQueries({ queryKey: [workspace, 'api keys'] });
  const revoke = useMutation({
    mutationFn: (key: string) => api.revokeApiKey({ params: { workspace, key } }),
    onSuccess,
  });
  return (
    <Section title="Keys of other systems">
      <Loaded query={query}>
        {({ items }) => (
          <Records
            label="Keys of other systems"
            items={items}
            keyOf={({ key }) => key}
            empty="No other system has a key yet."
            columns={[
              { title: 'Key', of: ({ title }) => title },
              { title: 'Begins with', of: ({ prefix }) => <code>{prefix}</code> },
              { title: 'May', of: ({ scopes: given }) => given.join(', ') },
              {
                title: 'Until',
                of: ({ expiresAt }) =>
                  expiresAt === null ? 'it is revoked' : dayWords(expiresAt.slice(0, 10)),
              },
              {
                title: 'Last used',
                of: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : momentWords(lastUsedAt)),
              },
              ...(mayChange
                ? [
                    {
                      title: 'Revoke',
                      isTitleHidden: true,
                      of: ({ key, title }: { key: string; title: string }) => (
                        <Button size="xs" variant="subtle" onClick={() => revoke.mutate(key)}>
                          Revoke<span className="visually-hidden"> {title}</span>
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      {revoke.error && <Refused error={revoke.error} />}
      {mayChange && <MakeKey workspace={workspace} onSuccess={onSuccess} />}
    </Section>
  );
}

function MakeKey({
  workspace,
  onSuccess,
}: {
  readonly workspace: string;
  readonly onSuccess: () => Promise<void>;
}) {
  const [chosen, setChosen] = useState<string[]>(['facts.record']);
  const make = useMutation({
    mutationFn: (given: { title: string; expiresAt: string | null }) =>
      api.createApiKey({ params: { workspace }, body: { ...given, scopes: chosen } }),
    onSuccess,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const through = `${form.get('through')}`;
    make.mutate({
      title: `${form.get('title')}`,
      expiresAt: through === '' ? null : `${through}T23:59:59.999Z`,
    });
  };
  return (
    <form className={styles['line']} onSubmit={submit} aria-label="Make a key">
      <TextInput name="title" label="For which system" required />
      <TextInput name="through" type="date" label="Last day" description="Empty: until it is revoked" />
      <Checkbox.Group className={styles['wide'] ?? ''} label="It may" value={chosen} onChange={setChosen}>
        <div className={styles['choices']}>
          {scopes.map(({ scope, words }) => (
            <Checkbox key={scope} value={scope} label={words} />
          ))}
        </div>
      </Checkbox.Group>
      <Button type="submit" variant="default" disabled={chosen.length === 0} loading={make.isPending}>
        Make a key
      </Button>
      {make.error && <Refused error={make.error} />}
      {make.data !== undefined && (
        <Secret
          words={`The key of ${make.data.key.title}. It is shown only now.`}
          secret={make.data.secret}
        />
      )}
    </form>
  );
}
