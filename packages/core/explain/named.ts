// SPDX-License-Identifier: Apache-2.0
// Names in place of ids. Statements and explanations hold parties by their ids, because the log and what is issued are
// never rewritten and names may have to be erased; whoever shows them puts the names in last.

/**
 * Replaces every id that stands by itself in a text: "Revenue of p-8c1f02" → "Revenue of Ann". Texts are read word by
 * word, so that the work does not grow with the number of ids.
 */
export function namer(names: Readonly<Record<string, string>>): (text: string) => string {
  const byId = new Map(Object.entries(names).filter(([id]) => id !== ''));
  if (byId.size === 0) return (text) => text;
  // Ids of more than one word are few: they are looked for as they are, the longest first.
  const phrases = [...byId.keys()]
    .filter((id) => !isWord.test(id))
    .sort((a, b) => b.length - a.length)
    .map((id) => `(?<!${wordSign})${escaped(id)}(?!${wordSign})`);
  const pattern = new RegExp([...phrases, `${wordSign}+`].join('|'), 'gu');
  return (text) => text.replace(pattern, (word) => byId.get(word) ?? word);
}

const wordSign = '[\\p{L}\\p{N}_-]';
const isWord = new RegExp(`^${wordSign}+$`, 'u');

/** The same data with names in all of its texts; keys of objects stay. */
export function withNames<T>(data: T, names: Readonly<Record<string, string>>): T {
  const named = namer(names);
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return named(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]));
  };
  return walk(data) as T;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
