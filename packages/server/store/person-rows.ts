// SPDX-License-Identifier: Apache-2.0
// What the books and the log hold of one person: entries that name them, their lots, holds and commitments.

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

export async function lotsOf({ workspace, query }: Scope, owner: string): Promise<readonly Row<'lot'>[]> {
  return await query
    .selectFrom('lot')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('owner', '=', owner)
    .orderBy('sequence')
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
