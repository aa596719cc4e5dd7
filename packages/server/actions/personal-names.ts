// SPDX-License-Identifier: Apache-2.0
// Names of parties: the only place where an id of ours meets a person. Each is sealed under the key of its person,
// which is itself sealed under ours, so that taking away the key takes away the name wherever a copy of it may lie.
import type { Caller } from '../access/caller.ts';
import { mayAtAll } from '../access/may.ts';
import type { Scope } from '../store/open.ts';
import { type PrivateRow, putPrivate, readPrivate } from '../store/private-rows.ts';
import type { Context } from './context.ts';
import { indexName } from './name-index.ts';
import { ensuredSubjectKeys, subjectKeysOf, underKey } from './subject-keys.ts';

const field = 'Name';
const saltBytes = 16;

function recordOf(party: string): string {
  return `party/${party}`;
}

/** The names that are held of these parties; what was erased or never given is left out. */
export async function namesOf(
  { secrets }: Pick<Context, 'secrets'>,
  scope: Scope,
  parties: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(parties)].filter((party) => party !== '');
  if (wanted.length === 0) return new Map();
  const rows = await readPrivate(scope, wanted.map(recordOf));
  const keys = await subjectKeysOf(secrets, scope, wanted);
  const names = new Map<string, string>();
  for (const row of rows) {
    const name = nameOfRow(row, keys);
    if (name !== null) names.set(row.party!, name);
  }
  return names;
}

/** The name in a sealed row; null where the row is none, or the key of its person is gone. */
export function nameOfRow(
  { party, ciphertext, record, field: name }: PrivateRow,
  keys: ReadonlyMap<string, Buffer>,
): string | null {
  const key = party === null ? undefined : keys.get(party);
  if (key === undefined || name !== field) return null;
  return underKey(key).open(ciphertext.toString(), record).toString();
}

/** The names beside records that the caller sees; none for a caller who sees no personal data at all, as most keys. */
export async function namesFor(
  context: Pick<Context, 'secrets'>,
  scope: Scope,
  caller: Caller,
  parties: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  return mayAtAll(caller, 'personal.read') ? await namesOf(context, scope, parties) : new Map();
}

/** False for somebody who was erased: their name is not taken in again. */
export async function putName(
  context: Pick<Context, 'secrets' | 'random'>,
  scope: Scope,
  { party, name }: { readonly party: string; readonly name: string },
): Promise<boolean> {
  const key = (await ensuredSubjectKeys(context, scope, [party])).get(party);
  if (key === undefined) return false;
  const record = recordOf(party);
  const ciphertext = Buffer.from(underKey(key).seal(Buffer.from(name), record));
  await putPrivate(scope, { record, field, party, salt: context.random(saltBytes), ciphertext });
  await indexName(context, scope, { party, name });
  return true;
}
