// SPDX-License-Identifier: Apache-2.0
// One text for one piece of data: JSON with sorted keys and no spaces, exact numbers as strings, absent and undefined
// alike. Equal data has equal bytes on every machine; what has no such text (functions, maps, fractions of
// JavaScript numbers) is an assertion.

import { rationalText } from '../values/rational.ts';
import { utf8 } from './bytes.ts';

/** Keys are sorted by code units. A `Rational` becomes "1/3", a bigint "12"; numbers are whole. */
export function canonicalText(value: unknown): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'bigint':
      return `"${value}"`;
    case 'number':
      if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not an exact whole number.`);
      return `${value === 0 ? 0 : value}`;
    case 'object':
      return value === null ? 'null' : objectText(value);
    default:
      throw new TypeError(`There is no canonical text of a ${typeof value}.`);
  }
}

/** The bytes of the canonical text. */
export function canonicalDataBytes(value: unknown): Uint8Array {
  return utf8(canonicalText(value));
}

function objectText(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)
    throw new TypeError('There is no canonical text of an object of a class.');
  const [first, second, more] = entries;
  if (more === undefined && isBig(first, 'n') && isBig(second, 'd'))
    return `"${rationalText({ n: first[1], d: second[1] })}"`;
  const members = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`);
  return `{${members.join(',')}}`;
}

function isBig(entry: [string, unknown] | undefined, name: string): entry is [string, bigint] {
  return entry !== undefined && entry[0] === name && typeof entry[1] === 'bigint';
}
