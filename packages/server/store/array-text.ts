// SPDX-License-Identifier: Apache-2.0
// Columns as PostgreSQL writes arrays: `{1,2,NULL}`, `{"a","say \"hi\""}`. Made here since it is on the path of every
// fact; texts are quoted always and escaped only where something needs it.

export type ArrayType = 'text' | 'bigint' | 'integer' | 'numeric' | 'boolean' | 'date' | 'jsonb' | 'bytea';

/** The one character that no text column takes. What comes from outside is checked before it gets here. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0');
}

/** Null and undefined are NULL. A text with a zero character is our mistake: it throws. */
export function arrayText(type: ArrayType, values: readonly unknown[]): string {
  const element = elements[type];
  let text = '{';
  // In most columns one value stands in many rows in a row.
  let last: unknown;
  let written = 'NULL';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (index > 0) text += ',';
    if (value !== last) {
      last = value;
      written = value === null || value === undefined ? 'NULL' : element(value);
    }
    text += written;
  }
  return `${text}}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the zero character is what is looked for.
const needsCare = /["\\\u0000]/;

function quoted(value: unknown): string {
  const text = value as string;
  if (!needsCare.test(text)) return `"${text}"`;
  if (!isStorableText(text)) throw new RangeError('a text with a zero character cannot be stored');
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const plain = (value: unknown): string => `${value}`;
const bytes = (value: unknown): string => `"\\\\x${(value as Buffer).toString('hex')}"`;

const elements: Readonly<Record<ArrayType, (value: unknown) => string>> = {
  text: quoted,
  jsonb: quoted,
  bigint: plain,
  integer: plain,
  numeric: plain,
  boolean: plain,
  date: plain,
  bytea: bytes,
};
