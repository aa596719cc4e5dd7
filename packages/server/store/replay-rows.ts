// SPDX-License-Identifier: Apache-2.0
// The books of a stretch of the log, table by table, for whoever compares them with a replay.

import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

/** Everything that entries of the log brought about, in no order that means anything except that of transfers. */
export interface BooksBetween {
  readonly transfers: readonly Row<'transfer'>[];
  readonly holds: readonly Row<'hold'>[];
  readonly holdEnds: readonly Row<'hold_end'>[];
  readonly commitments: readonly Row<'commitment'>[];
  readonly statements: readonly Omit<Row<'statement'>, 'issued_at'>[];
}

/** What entries above `after` and through `through` brought about. */
export async function readBooksBetween(scope: Scope, after: number, through: number): Promise<BooksBetween> {
  const { workspace, query } = scope;
  const of = <T extends 'transfer' | 'hold' | 'hold_end' | 'commitment' | 'statement'>(table: T) =>
    query
      .selectFrom<'transfer' | 'hold' | 'hold_end' | 'commitment' | 'statement'>(table)
      .selectAll()
      .where('workspace', '=', workspace)
      .where('sequence', '>', after)
      .where('sequence', '<=', through)
      .execute();
  const bare = (rows: readonly object[]) =>
    rows.map((row) => {
      const { workspace: _, issued_at: __, ...rest } = row as { workspace: number; issued_at?: Date };
      return rest;
    }) as never;
  return {
    transfers: bare(await of('transfer')),
    holds: bare(await of('hold')),
    holdEnds: bare(await of('hold_end')),
    commitments: bare(await of('commitment')),
    statements: bare(await of('statement')),
  };
}
