// SPDX-License-Identifier: Apache-2.0
// Who is signed in and what they may do, as the service says it. Every page below the sign-in reads it from here; it
// only decides what is offered, since the service itself refuses what a role may not do.
import type { Session } from '@rapport/server/wire/access.ts';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from './api.ts';
import { isSignedOut } from './call.ts';

/** One workspace, with the role, the party and the permissions that the reader has in it. */
export type Membership = Session['workspaces'][number];

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.readSession({}, signal),
  staleTime: 5 * 60_000,
  retry: false,
});

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** The membership of the workspace that the address names; the route has made sure that there is one. */
export function useMembership(): Membership {
  const { workspace } = useParams({ strict: false });
  const found = useSession().workspaces.find((one) => one.workspace === workspace);
  if (found === undefined) throw new Error(`There is no membership of ${workspace}.`);
  return found;
}

/** A session that ended while a page was open: sign in again and come back here. */
export function backToSignIn(error: unknown): void {
  if (!isSignedOut(error) || location.pathname === '/sign-in') return;
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Signs out and starts afresh, so that nothing of one person is left for the next. */
export async function signOut(): Promise<void> {
  await api.signOut({});
  location.assign('/sign-in');
}
