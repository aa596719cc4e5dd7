// SPDX-License-Identifier: Apache-2.0
// Settings of a workspace: one value under a name. Who reads one says which form it has.

import type { Scope } from './open.ts';
import type { Json } from './tables.ts';

/** Null when it was never set. */
export async function readSetting<T extends Json>(scope: Scope, name: string): Promise<T | null> {
  const row = await scope.query
    .selectFrom('setting')
    .select('value')
    .where('workspace', '=', scope.workspace)
    .where('name', '=', name)
    .executeTakeFirst();
  return (row?.value as T | undefined) ?? null;
}

export async function writeSetting(scope: Scope, name: string, value: Json): Promise<void> {
  const text = JSON.stringify(value);
  await scope.query
    .insertInto('setting')
    .values({ workspace: scope.workspace, name, value: text })
    .onConflict((conflict) => conflict.columns(['workspace', 'name']).doUpdateSet({ value: text }))
    .execute();
}
