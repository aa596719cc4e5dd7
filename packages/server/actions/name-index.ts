// SPDX-License-Identifier: Apache-2.0
// Tokens by which a sealed name is found: for each word the keyed hash of its beginnings, cut so short that strangers
// share some. Whoever is found this way is opened and looked at again, so a shared token finds nobody who does not fit.
// What the tokens tell to whom is written in docs/internals/name-search.md.

import { createHmac } from 'node:crypto';
import { addNameIndex, putNameTokens, readNameIndex } from '../store/name-token-rows.ts';
import type { Scope } from '../store/open.ts';
import { sealedPurposes } from '../store/sealed-rows.ts';
import type { Context } from './context.ts';
import { isSign, wordsOf } from './name-words.ts';

const keyBytes = 32;
/** Shorter beginnings would sort people by their first letter; for one letter the names are looked through. */
const lettersMin = 2;
/** Longer words are found by this many letters. */
const lettersMax = 10;

/** Token of the beginning of a word; null where it is too short to have one. 24 bits. */
function tokenOf(key: Buffer, beginning: string): number | null {
  const letters = [...beginning].slice(0, lettersMax);
  if (letters.length < lettersMin && !isSign(beginning)) return null;
  return createHmac('sha256', key).update(letters.join('')).digest().readUIntBE(0, 3);
}

/** All tokens of a name. */
export function nameTokens(key: Buffer, name: string): readonly number[] {
  const beginnings = wordsOf(name).flatMap((word) => {
    const letters = [...word];
    return letters.slice(0, lettersMax).map((_, index) => letters.slice(0, index + 1).join(''));
  });
  return [...new Set(beginnings.flatMap((one) => tokenOf(key, one) ?? []))];
}

/**
 * Tokens that every name with these words has, the longest word first; null where a name has to be looked for without
 * them: the index is not made yet, or no word is long enough.
 */
export async function wantedTokens(
  { secrets }: Pick<Context, 'secrets'>,
  scope: Scope,
  words: readonly string[],
): Promise<readonly number[] | null> {
  const index = await readNameIndex(scope);
  if (index === null || index.indexed_through !== null) return null;
  const key = secrets.open(index.sealed_key.toString(), sealedPurposes.nameIndex(scope.workspace));
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  const tokens = longestFirst.flatMap((word) => tokenOf(key, word) ?? []);
  return tokens.length === 0 ? null : tokens;
}

/** The tokens of a name that is given now. */
export async function indexName(
  context: Pick<Context, 'secrets' | 'random'>,
  scope: Scope,
  { party, name }: { readonly party: string; readonly name: string },
): Promise<void> {
  await putNameTokens(scope, party, nameTokens(await ensuredIndexKey(context, scope), name));
}

/** The key of the workspace's index, made where there is none. */
export async function ensuredIndexKey(
  { secrets, random }: Pick<Context, 'secrets' | 'random'>,
  scope: Scope,
): Promise<Buffer> {
  const purpose = sealedPurposes.nameIndex(scope.workspace);
  let index = await readNameIndex(scope);
  if (index === null) {
    await addNameIndex(scope, Buffer.from(secrets.seal(random(keyBytes), purpose)));
    index = (await readNameIndex(scope))!;
  }
  return secrets.open(index.sealed_key.toString(), purpose);
}
