// SPDX-License-Identifier: Apache-2.0
// Names that were given before there was an index get their tokens, a batch at a time, in the order of their records.
// Until the last has its own, names are looked for by opening them.

import { namesAfter, putNameTokens, readNameIndex, setIndexedThrough } from '../store/name-token-rows.ts';
import type { Scope } from '../store/open.ts';
import type { Context } from './context.ts';
import { ensuredIndexKey, nameTokens } from './name-index.ts';
import { nameOfRow } from './personal-names.ts';
import { subjectKeysOf } from './subject-keys.ts';

/** Names that get their tokens in one transaction. */
const batchMax = 500;

/** One batch; true while there are more. */
export async function indexOlderNames(
  context: Pick<Context, 'secrets' | 'random'>,
  scope: Scope,
): Promise<boolean> {
  const key = await ensuredIndexKey(context, scope);
  const through = (await readNameIndex(scope))?.indexed_through ?? null;
  if (through === null) return false;
  const rows = await namesAfter(scope, through, batchMax);
  const parties = rows.flatMap(({ party }) => party ?? []);
  const keys = await subjectKeysOf(context.secrets, scope, parties);
  for (const row of rows) {
    const name = nameOfRow(row, keys);
    if (name !== null) await putNameTokens(scope, row.party!, nameTokens(key, name));
  }
  const isLast = rows.length < batchMax;
  await setIndexedThrough(scope, isLast ? null : rows.at(-1)!.record);
  return !isLast;
}
