// SPDX-License-Identifier: Apache-2.0
// The facts that one source has said and that stand.
import { sql } from 'kysely';
import type { Scope } from './open.ts';

export async function bearingFacts(
  { workspace, query }: Scope,
  source: string,
): Promise<readonly { readonly name: string; readonly subject: string }[]> {
  const found = await sql<{ readonly name: string; readonly subject: string }>`
    select distinct name, subject from log
    where workspace = ${workspace} and kind = 'fact' and source = ${source}`.execute(query);
  return found.rows;
}
