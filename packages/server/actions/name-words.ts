// SPDX-License-Identifier: Apache-2.0
// A name as the words by which somebody would look for it: without capitals, accents and marks of vowels, in whatever
// script. A sign of Chinese or Japanese is a word of its own, since nothing stands between the words there.

const sign = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const wordForm = new RegExp(String.raw`${sign}|(?:(?!${sign})[\p{L}\p{N}])+`, 'gu');
const signForm = new RegExp(`^${sign}$`, 'u');

/** A name of more words is found by its first ones. */
const wordsMax = 12;

export function wordsOf(text: string): readonly string[] {
  // Upper case first: it makes SS of ß, and the final sigma the same as any other.
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase().toLowerCase();
  return [...new Set(plain.match(wordForm) ?? [])].slice(0, wordsMax);
}

/** A word of one sign that is a word of its own, not the beginning of a longer one. */
export function isSign(word: string): boolean {
  return signForm.test(word);
}

/** Whether every wanted word begins a word of the name. */
export function hasWords(name: string, wanted: readonly string[]): boolean {
  const words = wordsOf(name);
  return wanted.length > 0 && wanted.every((one) => words.some((word) => word.startsWith(one)));
}
