// SPDX-License-Identifier: Apache-2.0
// The latest revision of facts: of those that are named, and of all that one source has said.
import { sql } from 'kysely';
import type { Scope } from './open.ts';

export interface LatestFact {
  readonly id: string;
  readonly revision: number;
  readonly body: string;
}

/** Of these ids; what was never recorded is left out. */
export async function latestFacts(
  { workspace, query }: Scope,
  kind: string,
  ids: readonly string[],
): Promise<readonly LatestFact[]> {
  if (ids.length === 0) return [];
  const found = await sql<LatestFact>`
    select distinct on (subject) subject as id, revision, body from log
    where workspace = ${workspace} and kind = 'fact' and name = ${kind} and subject = any(${ids}::text[])
    order by subject, revision desc`.execute(query);
  return found.rows;
}

/** The ids of a kind whose latest revision came from this source and does not take the fact away. */
export async function standingFacts(
  { workspace, query }: Scope,
  kind: string,
  source: string,
): Promise<readonly LatestFact[]> {
  const found = await sql<LatestFact & { readonly source: string }>`
    select distinct on (subject) subject as id, revision, body, source from log
    where workspace = ${workspace} and kind = 'fact' and name = ${kind}
      and subject in (select subject from log
        where workspace = ${workspace} and kind = 'fact' and name = ${kind} and source = ${source})
    order by subject, revision desc`.execute(query);
  return found.rows.filter((row) => row.source === source && !row.body.includes('"isVoid":true'));
}
