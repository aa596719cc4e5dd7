// SPDX-License-Identifier: Apache-2.0
// What the books and the log hold of one person: entries that name them, their holds and commitments.

import type { Scope } from './open.ts';
import type { LogRow, Row } from './tables.ts';

/** Every entry in which the id of the party stands, oldest first. Ids are random: nothing else looks like one. */
export async function entriesNaming(
  { workspace, query }: Scope,
  party: string,
  limit: number,
): Promise<readonly LogRow[]> {
  const pattern = `%${JSON.stringify(party).replace(/[\\%_]/g, '\\$&')}%`;
  return await query
    .selectFrom('log')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('body', 'like', pattern)
    .orderBy('sequence')
    .limit(limit)
    .execute();
}

export async function holdsOf({ workspace, query }: Scope, party: string): Promise<readonly Row<'hold'>[]> {
  return await query
    .selectFrom('hold')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .orderBy('sequence')
    .execute();
}

/** How holds of the party ended that did. */
export async function holdEndsOf(
  { workspace, query }: Scope,
  party: string,
): Promise<readonly Row<'hold_end'>[]> {
  return await query
    .selectFrom('hold_end')
    .innerJoin('hold', (join) =>
      join
        .onRef('hold.workspace', '=', 'hold_end.workspace')
        .onRef('hold.agreement', '=', 'hold_end.agreement')
        .onRef('hold.hold', '=', 'hold_end.hold'),
    )
    .selectAll('hold_end')
    .where('hold.workspace', '=', workspace)
    .where('hold.party', '=', party)
    .execute();
}

export async function commitmentsOf(
  { workspace, query }: Scope,
  party: string,
): Promise<readonly Row<'commitment'>[]> {
  return await query
    .selectFrom('commitment')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('party', '=', party)
    .orderBy('sequence')
    .execute();
}
