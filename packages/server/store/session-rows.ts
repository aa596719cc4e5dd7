// SPDX-License-Identifier: Apache-2.0
// Sessions of people who signed in. better-auth makes them; every request looks one up.

import type { AccessQuery } from './open.ts';

export interface SessionRow {
  readonly user: string;
  readonly name: string;
  readonly email: string;
  readonly mustChangePassword: boolean;
  readonly expiresAt: Date;
}

export async function findSession(query: AccessQuery, token: string): Promise<SessionRow | null> {
  const found = await query
    .selectFrom('session')
    .innerJoin('user', 'user.id', 'session.userId')
    .select(['user.id as user', 'user.name', 'user.email', 'user.mustChangePassword', 'session.expiresAt'])
    .where('session.token', '=', token)
    .executeTakeFirst();
  return found ?? null;
}

/** Sessions and one-time values that are over. */
export async function removeExpired(query: AccessQuery, now: Date): Promise<void> {
  await query.deleteFrom('session').where('expiresAt', '<', now).execute();
  await query.deleteFrom('verification').where('expiresAt', '<', now).execute();
}
