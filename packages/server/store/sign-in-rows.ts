// SPDX-License-Identifier: Apache-2.0
// Attempts to sign in, as long as they matter for locking out. Accounts stand here under a hash, so that a mistyped
// address (or a password typed into the wrong field) is kept nowhere.

import { sql } from 'kysely';
import type { AccessQuery } from './open.ts';

export interface AttemptCounts {
  readonly accountFromAddress: number;
  readonly account: number;
  readonly address: number;
}

/**
 * Counts the attempts that failed since then and, unless these lock out, adds this one as failed; gives its number, or
 * null. Attempts for one account go one after the other, so that a hundred at once are a hundred.
 */
export async function beginAttempt(
  query: AccessQuery,
  attempt: {
    readonly identifier: string;
    readonly address: string;
    readonly at: Date;
    readonly since: Date;
    readonly isLockedOut: (failed: AttemptCounts) => boolean;
  },
): Promise<number | null> {
  const { identifier, address, at, since } = attempt;
  await sql`select pg_advisory_xact_lock(hashtext(${identifier}))`.execute(query);
  const failed = await query
    .selectFrom('sign_in_attempt')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('identifier', '=', identifier).as('account'),
      fn.countAll<number>().filterWhere('address', '=', address).as('address'),
      fn
        .countAll<number>()
        .filterWhere('identifier', '=', identifier)
        .filterWhere('address', '=', address)
        .as('accountFromAddress'),
    ])
    .where('succeeded', '=', false)
    .where('at', '>', since)
    .where(({ eb, or }) => or([eb('identifier', '=', identifier), eb('address', '=', address)]))
    .executeTakeFirstOrThrow();
  if (attempt.isLockedOut(failed)) return null;
  const { id } = await query
    .insertInto('sign_in_attempt')
    .values({ identifier, address, at, succeeded: false })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The right password: what failed before it from the same place is forgiven. */
export async function attemptSucceeded(query: AccessQuery, id: number): Promise<void> {
  const { identifier, address } = await query
    .updateTable('sign_in_attempt')
    .set({ succeeded: true })
    .where('id', '=', id)
    .returning(['identifier', 'address'])
    .executeTakeFirstOrThrow();
  await query
    .deleteFrom('sign_in_attempt')
    .where('identifier', '=', identifier)
    .where('address', '=', address)
    .where('succeeded', '=', false)
    .execute();
}

export async function removeAttemptsBefore(query: AccessQuery, moment: Date): Promise<void> {
  await query.deleteFrom('sign_in_attempt').where('at', '<', moment).execute();
}
