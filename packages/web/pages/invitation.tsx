// SPDX-License-Identifier: Apache-2.0
// What a one-time link leads to: becoming a member, or setting a new password. The token stands behind `#`, which the
// browser sends to nobody; it leaves this page only in the body of a request.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useEffect } from 'react';
import { api } from '../api.ts';
import { Mark } from '../parts/icons.tsx';
import { Loaded, Refused } from '../parts/loaded.tsx';
import styles from './sign-in.module.css';

export function Invitation() {
  const token = location.hash.slice(1);
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.readInvitation({ body: { token } }, signal),
    retry: false,
  });
  const use = useMutation({
    mutationFn: (given: { name: string | null; password: string | null }) =>
      api.acceptInvitation({ body: { token, ...given } }),
  });
  useEffect(() => {
    document.title = 'Invitation · Rapport';
  }, []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => form.get(name)?.toString() ?? null;
    use.mutate({ name: text('name'), password: text('password') });
  };
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <div className={styles['heading']}>
          <Mark size={38} />
          <h1>Rapport</h1>
        </div>
        <Loaded query={query}>
          {({ purpose, email, role, workspaceTitle, needsSignIn }) =>
            use.isSuccess ? (
              <p role="status">
                Done. <Link to="/sign-in">Sign in</Link> as {email}.
              </p>
            ) : (
              <form className={styles['form']} onSubmit={submit}>
                <p>
                  {purpose === 'join'
                    ? `You are invited to ${workspaceTitle} as ${role}.`
                    : `Set a new password for ${email}.`}
                </p>
                {needsSignIn ? (
                  <p>
                    {email} has an account already: <Link to="/sign-in">sign in</Link> with it, open this link
                    again and accept.
                  </p>
                ) : (
                  <>
                    {purpose === 'join' && (
                      <TextInput name="name" label="Your name" autoComplete="name" required />
                    )}
                    <PasswordInput
                      name="password"
                      label="New password"
                      description="At least 12 characters."
                      autoComplete="new-password"
                      minLength={12}
                      required
                    />
                  </>
                )}
                {use.error && <Refused error={use.error} />}
                <Button type="submit" fullWidth loading={use.isPending}>
                  {purpose === 'join' ? 'Accept' : 'Set the password'}
                </Button>
              </form>
            )
          }
        </Loaded>
      </div>
    </main>
  );
}
