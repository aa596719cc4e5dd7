// SPDX-License-Identifier: Apache-2.0
// Names of parties: the only place where an id of ours meets a person. Each is sealed under the key of its person,
// which is itself sealed under ours, so that taking away the key takes away the name wherever a copy of it may lie.
import { secretsWith } from '../access/secrets.ts';
import type { Scope } from '../store/open.ts';
import { addSubjectKey, putPrivate, readPrivate, readSubjectKey } from '../store/private-rows.ts';
import type { Context } from './context.ts';

const field = 'Name';
const saltBytes = 16;
const keyBytes = 32;

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
  const names = new Map<string, string>();
  for (const { party, ciphertext, record, field: name } of rows) {
    if (party === null || name !== field) continue;
    const key = await keyOf(secrets, scope, party);
    if (key !== null) names.set(party, secretsWith([key]).open(ciphertext.toString(), record).toString());
  }
  return names;
}

export async function putName(
  { secrets, random }: Pick<Context, 'secrets' | 'random'>,
  scope: Scope,
  { party, name }: { readonly party: string; readonly name: string },
): Promise<void> {
  if ((await readSubjectKey(scope, party)) === null) {
    const sealed = secrets.seal(random(keyBytes), purposeOf(scope, party));
    await addSubjectKey(scope, { party, wrappedKey: Buffer.from(sealed) });
  }
  const key = await keyOf(secrets, scope, party);
  if (key === null) throw new Error('A key that was just added is not there.');
  const record = recordOf(party);
  const ciphertext = Buffer.from(secretsWith([key]).seal(Buffer.from(name), record));
  await putPrivate(scope, { record, field, party, salt: random(saltBytes), ciphertext });
}

/** The key of a person, opened; null after an erasure. */
export async function keyOf(
  secrets: Context['secrets'],
  scope: Scope,
  party: string,
): Promise<Buffer | null> {
  const wrapped = await readSubjectKey(scope, party);
  return wrapped === null ? null : secrets.open(wrapped.toString(), purposeOf(scope, party));
}

function purposeOf({ workspace }: Scope, party: string): string {
  return `subject:${workspace}:${party}`;
}
