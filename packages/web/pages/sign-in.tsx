// SPDX-License-Identifier: Apache-2.0
// Signing in: with a password, with a passkey, or at the company's own identity provider where one is set up. A wrong
// password and an unknown address are answered alike.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect } from 'react';
import { api } from '../api.ts';
import { call } from '../call.ts';
import { Mark } from '../parts/icons.tsx';
import { Refused } from '../parts/loaded.tsx';
import { PasskeyPlace } from '../parts/passkey-place.tsx';
import { canUsePasskeys, isCancelled, signInWithPasskey } from '../passkey.ts';
import { sessionQuery } from '../session.ts';
import styles from './sign-in.module.css';

export function SignIn() {
  const { to = '/' } = useSearch({ from: '/sign-in' });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const ways = useQuery({
    queryKey: ['sign-in ways'],
    queryFn: ({ signal }) => api.readSignIn({}, signal),
    retry: false,
  });
  const { passkeyAddress, providers = [] } = ways.data ?? {};
  const isOffered = passkeyAddress !== undefined && canUsePasskeys(passkeyAddress);
  useEffect(() => {
    document.title = 'Sign in · Rapport';
  }, []);
  const enter = async () => {
    queries.clear();
    await queries.fetchQuery(sessionQuery);
    await navigate({ href: to, replace: true });
  };
  const byPassword = useMutation({
    mutationFn: (body: { email: string; password: string }) => api.signIn({ body }),
    onSuccess: enter,
  });
  const byPasskey = useMutation({ mutationFn: signInWithPasskey, onSuccess: enter });
  const byProvider = useMutation({
    mutationFn: (provider: string) =>
      call<{ url: string }>('POST', '/api/auth/sign-in/social', { json: { provider, callbackURL: to } }),
    onSuccess: ({ url }) => location.assign(url),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    byPassword.mutate({ email: `${form.get('email')}`, password: `${form.get('password')}` });
  };
  const error = [byPassword.error, byPasskey.error, byProvider.error].find(
    (one) => one !== null && !isCancelled(one),
  );
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <div className={styles['heading']}>
          <Mark size={38} />
          <h1>Rapport</h1>
          <p>What was agreed, what it earned, and why.</p>
        </div>
        <form className={styles['form']} onSubmit={submit}>
          <TextInput name="email" type="email" label="E-mail" autoComplete="username webauthn" required />
          <PasswordInput name="password" label="Password" autoComplete="current-password" required />
          {error && <Refused error={error} />}
          <Button type="submit" fullWidth loading={byPassword.isPending}>
            Sign in
          </Button>
        </form>
        {(isOffered || providers.length > 0) && (
          <div className={styles['others']}>
            <p className={styles['or']}>
              <span>or</span>
            </p>
            {isOffered && (
              <Button
                variant="default"
                fullWidth
                loading={byPasskey.isPending}
                onClick={() => byPasskey.mutate()}
              >
                Use a passkey
              </Button>
            )}
            {providers.map(({ id, name }) => (
              <Button key={id} variant="default" fullWidth onClick={() => byProvider.mutate(id)}>
                Continue with {name}
              </Button>
            ))}
          </div>
        )}
        {passkeyAddress !== undefined && passkeyAddress !== null && (
          <div className={styles['place']}>
            <PasskeyPlace address={passkeyAddress} />
          </div>
        )}
      </div>
    </main>
  );
}
