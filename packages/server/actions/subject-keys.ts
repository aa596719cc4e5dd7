// SPDX-License-Identifier: Apache-2.0
// The key of each person, under which everything personal about them is sealed. It is itself sealed under ours. Taking
// it away makes every copy of the values unreadable, wherever a copy may lie; somebody who was erased never gets another.

import { type Secrets, secretsWith } from '../access/secrets.ts';
import { erasedAmong } from '../store/erasure-rows.ts';
import type { Scope } from '../store/open.ts';
import { addSubjectKeys, readSubjectKeys } from '../store/private-rows.ts';
import { sealedPurposes } from '../store/sealed-rows.ts';
import type { Context } from './context.ts';

const keyBytes = 32;

/** The keys of those who have one: nobody who was erased. */
export async function subjectKeysOf(
  secrets: Secrets,
  scope: Scope,
  parties: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await readSubjectKeys(scope, [...new Set(parties)]);
  return new Map(
    rows.map(({ party, wrapped_key }) => [
      party,
      secrets.open(wrapped_key.toString(), sealedPurposes.subject(scope.workspace, party)),
    ]),
  );
}

/** The same, with a new key for everybody who has none and was not erased. */
export async function ensuredSubjectKeys(
  { secrets, random }: Pick<Context, 'secrets' | 'random'>,
  scope: Scope,
  parties: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const known = await subjectKeysOf(secrets, scope, parties);
  const missing = [...new Set(parties)].filter((party) => !known.has(party));
  if (missing.length === 0) return known;
  const erased = await erasedAmong(scope, missing);
  const made = missing
    .filter((party) => !erased.has(party))
    .map((party) => {
      const sealed = secrets.seal(random(keyBytes), sealedPurposes.subject(scope.workspace, party));
      return { party, wrappedKey: Buffer.from(sealed) };
    });
  await addSubjectKeys(scope, made);
  return await subjectKeysOf(secrets, scope, parties);
}

/** Opens what was sealed under the key of a person. */
export function underKey(key: Buffer): Secrets {
  return secretsWith([key]);
}
