// SPDX-License-Identifier: Apache-2.0
// What is the reader's own, whatever the workspace: the password and the passkeys.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { api } from '../api.ts';
import { call } from '../call.ts';
import { momentWords } from '../parts/dates.ts';
import { Loaded, Refused } from '../parts/loaded.tsx';
import { Nothing, Page, Section } from '../parts/page.tsx';
import { PasskeyPlace } from '../parts/passkey-place.tsx';
import { addPasskey, canUsePasskeys, isCancelled } from '../passkey.ts';
import { sessionQuery, useSession } from '../session.ts';
import styles from './account.module.css';

export function Account() {
  const { name, email, mustChangePassword } = useSession();
  return (
    <main className={styles['page']}>
      <Page
        title="Password and passkeys"
        over={
          mustChangePassword ? (
            'The first password is for one use: choose your own.'
          ) : (
            <Link to="/">Back</Link>
          )
        }
        lead={`Signed in as ${name ?? email}${name === null ? '' : ` (${email})`}.`}
        isNarrow
      >
        <Password isFirst={mustChangePassword} />
        {!mustChangePassword && <Passkeys />}
      </Page>
    </main>
  );
}

/** @param isFirst a password of one's own in place of the first, after which one goes on. */
function Password({ isFirst }: { readonly isFirst: boolean }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const change = useMutation({
    mutationFn: (given: { currentPassword: string; newPassword: string }) =>
      call('POST', '/api/auth/change-password', { json: { ...given, revokeOtherSessions: true } }),
    onSuccess: async () => {
      await queries.invalidateQueries(sessionQuery);
      if (isFirst) await navigate({ to: '/' });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    change.mutate(
      { currentPassword: `${given.get('current')}`, newPassword: `${given.get('new')}` },
      { onSuccess: () => form.reset() },
    );
  };
  return (
    <Section title="Password">
      <form className={styles['form']} onSubmit={submit}>
        <PasswordInput name="current" label="Password now" autoComplete="current-password" required />
        <PasswordInput
          name="new"
          label="New password"
          description="At least 12 characters. Other devices are signed out."
          autoComplete="new-password"
          minLength={12}
          required
        />
        {change.error && <Refused error={change.error} />}
        {change.isSuccess && <p role="status">The password is changed.</p>}
        <Button type="submit" variant="default" loading={change.isPending}>
          Change the password
        </Button>
      </form>
    </Section>
  );
}

interface Passkey {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: string;
}

function Passkeys() {
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ['passkeys'],
    queryFn: () => call<readonly Passkey[]>('GET', '/api/auth/passkey/list-user-passkeys'),
  });
  const ways = useQuery({
    queryKey: ['sign-in ways'],
    queryFn: ({ signal }) => api.readSignIn({}, signal),
  });
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['passkeys'] });
  const add = useMutation({ mutationFn: addPasskey, onSuccess });
  const remove = useMutation({
    mutationFn: (id: string) => call('POST', '/api/auth/passkey/delete-passkey', { json: { id } }),
    onSuccess,
  });
  const error = [add.error, remove.error].find((one) => one !== null && !isCancelled(one));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(`${new FormData(event.currentTarget).get('name')}`);
  };
  return (
    <Section title="Passkeys" note="Sign in with this device instead of a password.">
      <Loaded query={list}>
        {(passkeys) =>
          passkeys.length === 0 ? (
            <Nothing>There is no passkey yet.</Nothing>
          ) : (
            <ul className={styles['list']}>
              {passkeys.map(({ id, name, createdAt }) => (
                <li key={id}>
                  <span>{name ?? 'Passkey'}</span>
                  <span className={styles['since']}>since {momentWords(createdAt)}</span>
                  <Button variant="subtle" size="xs" onClick={() => remove.mutate(id)}>
                    Remove<span className="visually-hidden"> {name ?? 'this passkey'}</span>
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {error && <Refused error={error} />}
      {ways.data !== undefined && <PasskeyPlace address={ways.data.passkeyAddress} />}
      {canUsePasskeys(ways.data?.passkeyAddress ?? null) && (
        <form className={styles['form']} onSubmit={submit}>
          <TextInput name="name" label="Name of the new passkey" placeholder="Work laptop" required />
          <Button type="submit" variant="default" loading={add.isPending}>
            Add a passkey
          </Button>
        </form>
      )}
    </Section>
  );
}
