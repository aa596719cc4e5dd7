// SPDX-License-Identifier: Apache-2.0
// The log, read: from a place on, by what names an entry, or searched. Only a writer adds to it (writer-session.ts).

import type { Day } from '@rapport/core/values/date.ts';
import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { LogRow } from './tables.ts';

/** Oldest first; the next page begins after the last sequence seen. */
export async function readLog(
  { workspace, query }: Scope,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly LogRow[]> {
  return await query
    .selectFrom('log')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute();
}

/** The entries with these sequences, in their order; those that are not there are left out. */
export async function readEntries(
  { workspace, query }: Scope,
  sequences: readonly number[],
): Promise<readonly LogRow[]> {
  if (sequences.length === 0) return [];
  return await query
    .selectFrom('log')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('sequence', 'in', sequences)
    .orderBy('sequence')
    .execute();
}

/** Every revision of a fact, the first one first. */
export async function revisionsOf(
  { workspace, query }: Scope,
  { kind, id }: { readonly kind: string; readonly id: string },
): Promise<readonly LogRow[]> {
  return await query
    .selectFrom('log')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('kind', '=', 'fact')
    .where('name', '=', kind)
    .where('subject', '=', id)
    .orderBy('revision')
    .execute();
}

/** Entries of one kind (`attribute`, `close`, `version`, …), oldest first, by name and subject where given. */
export async function entriesOfKind(
  { workspace, query }: Scope,
  of: { readonly kind: string; readonly name?: string; readonly subject?: string },
): Promise<readonly LogRow[]> {
  let rows = query
    .selectFrom('log')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('kind', '=', of.kind);
  if (of.name !== undefined) rows = rows.where('name', '=', of.name);
  if (of.subject !== undefined) rows = rows.where('subject', '=', of.subject);
  return await rows.orderBy('sequence').execute();
}

export interface FactSearch {
  /** Of the fact. */
  readonly kind?: string | undefined;
  /** Part of the id or of the text of a field, with capitals or without. */
  readonly text?: string | undefined;
  /** Facts that name this party in any field. */
  readonly party?: string | undefined;
  /** Only facts that name one of these: those of the caller. */
  readonly within?: readonly string[] | undefined;
  readonly load?: number | undefined;
  /** By the first of these fields that the fact has; both days inclusive. */
  readonly dated?: { readonly fields: readonly string[]; readonly from?: Day; readonly through?: Day };
  /** The page continues below this sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export type FoundFactRow = LogRow & { readonly is_latest: boolean };

/** Revisions of facts, the newest first. */
export async function findFacts(
  { workspace, query }: Scope,
  search: FactSearch,
): Promise<readonly FoundFactRow[]> {
  let rows = query
    .selectFrom('log')
    .selectAll()
    .select(
      sql<boolean>`not exists (select from log later where later.workspace = log.workspace and later.kind = 'fact'
        and later.name = log.name and later.subject = log.subject and later.revision > log.revision)`.as(
        'is_latest',
      ),
    )
    .where('workspace', '=', workspace)
    .where('kind', '=', 'fact');
  if (search.kind !== undefined) rows = rows.where('name', '=', search.kind);
  if (search.load !== undefined) rows = rows.where('load', '=', search.load);
  if (search.before !== undefined) rows = rows.where('sequence', '<', search.before);
  if (search.party !== undefined) rows = rows.where('body', 'like', namesParty(search.party));
  if (search.within !== undefined) {
    const patterns = search.within.map(namesParty);
    rows = rows.where('body', 'like', sql<string>`any(${patterns}::text[])`);
  }
  if (search.text !== undefined) {
    const inside = `%${literal(search.text)}%`;
    rows = rows.where(({ or, eb }) => or([eb('subject', 'ilike', inside), eb('body', 'ilike', inside)]));
  }
  if (search.dated !== undefined) {
    const { fields, from, through } = search.dated;
    const day = sql<number>`(select (body::jsonb #>> array['fact', 'fields', field, 'value'])::integer
      from unnest(${fields}::text[]) with ordinality as wanted (field, place)
      where body::jsonb #>> array['fact', 'fields', field, 'kind'] = 'date' order by place limit 1)`;
    if (from !== undefined) rows = rows.where(day, '>=', from);
    if (through !== undefined) rows = rows.where(day, '<=', through);
  }
  return await rows.orderBy('sequence', 'desc').limit(search.limit).execute();
}

/** The pattern of a canonical text in which a field holds the party. */
function namesParty(party: string): string {
  return `%${literal(`{"kind":"party","value":${JSON.stringify(party)}}`)}%`;
}

/** The last day that has begun in each zone, as the log says. */
export async function lastDays({ workspace, query }: Scope): Promise<ReadonlyMap<string, string>> {
  const rows = await query
    .selectFrom('log')
    .select(['name', ({ fn }) => fn.max('subject').as('day')])
    .where('workspace', '=', workspace)
    .where('kind', '=', 'day')
    .groupBy('name')
    .execute();
  return new Map(rows.map(({ name, day }) => [name, day]));
}

/** The sequence of the last entry; 0 for an empty log. */
export async function headOf({ workspace, query }: Scope): Promise<number> {
  const row = await query
    .selectFrom('partition')
    .select('head')
    .where('workspace', '=', workspace)
    .executeTakeFirst();
  return row?.head ?? 0;
}

/** The text with what `like` would read as a pattern taken literally. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
