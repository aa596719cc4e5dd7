// SPDX-License-Identifier: Apache-2.0
// Who is signed in and where they may go, as the service says it. Every page below the sign-in reads it from here.
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { call } from './call.ts';

export interface Membership {
  /** The workspace's name in addresses. */
  readonly workspace: string;
  readonly title: string;
  readonly role: string;
  /** The party that the user is in this workspace, if any. */
  readonly party: string | null;
}

export interface Session {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly memberships: readonly Membership[];
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call<Session>('GET', '/api/v1/session', { signal }),
  staleTime: 5 * 60_000,
  retry: false,
});

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Signs out and starts afresh, so that nothing of one person is left for the next. */
export async function signOut(): Promise<void> {
  await call('POST', '/api/auth/sign-out', { json: {} });
  location.assign('/sign-in');
}
