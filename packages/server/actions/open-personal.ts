// SPDX-License-Identifier: Apache-2.0
// Personal fields of facts, opened with the keys of their people: what was erased stays a seal.

import type { Fact } from '@rapport/core/program/log.ts';
import type { Caller } from '../access/caller.ts';
import { mayAtAll } from '../access/may.ts';
import type { Scope } from '../store/open.ts';
import { type PrivateRow, readPrivate } from '../store/private-rows.ts';
import type { Context } from './context.ts';
import { subjectKeysOf, underKey } from './subject-keys.ts';

/** By `recordOf` of the fact, then by field. */
export type OpenedFields = ReadonlyMap<string, ReadonlyMap<string, string>>;

const inFacts = 'fact/';

/** Names one revision of a fact; what was sealed for it opens for no other. */
export function recordOf({ kind, id, revision }: Pick<Fact, 'kind' | 'id' | 'revision'>): string {
  return `${inFacts}${JSON.stringify([kind, id, revision])}`;
}

/** Of facts that the caller may see; none for a caller who sees no personal data at all, as most keys. */
export async function openFacts(
  context: Pick<Context, 'secrets'>,
  scope: Scope,
  caller: Caller,
  facts: readonly Fact[],
): Promise<OpenedFields> {
  if (facts.length === 0 || !mayAtAll(caller, 'personal.read')) return new Map();
  return await openRows(context, scope, await readPrivate(scope, facts.map(recordOf)));
}

/** Those of the rows that are fields of facts and can still be read. */
export async function openRows(
  { secrets }: Pick<Context, 'secrets'>,
  scope: Scope,
  rows: readonly PrivateRow[],
): Promise<OpenedFields> {
  const ofFacts = rows.filter(({ record }) => record.startsWith(inFacts));
  const keys = await subjectKeysOf(
    secrets,
    scope,
    ofFacts.flatMap(({ party }) => party ?? []),
  );
  const opened = new Map<string, Map<string, string>>();
  for (const { record, field, party, ciphertext } of ofFacts) {
    const key = party === null ? undefined : keys.get(party);
    if (key === undefined) continue;
    const fields = opened.get(record) ?? new Map<string, string>();
    fields.set(field, underKey(key).open(ciphertext.toString(), `${record} ${field}`).toString());
    opened.set(record, fields);
  }
  return opened;
}
