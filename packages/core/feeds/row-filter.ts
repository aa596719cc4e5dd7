// SPDX-License-Identifier: Apache-2.0
// Decides which rows of a file are left out, by the texts of a column.

import { ByteDictionary } from './byte-dictionary.ts';
import type { RowFilter } from './feed.ts';
import { decodeUtf8 } from './utf8.ts';

/** A function that says whether a row with this cell stays. Each different cell is decided once. */
export function cellFilter(filter: RowFilter): (bytes: Uint8Array, start: number, end: number) => boolean {
  const dictionary = new ByteDictionary();
  const stays: boolean[] = [];
  return (bytes, start, end) => {
    const code = dictionary.code(bytes, start, end);
    const known = stays[code];
    if (known !== undefined) return known;
    const text = decodeUtf8(bytes, start, end);
    const isListed = text !== null && filter.is.includes(text);
    stays[code] = filter.rule === 'only' ? isListed : !isListed;
    return stays[code];
  };
}

/** The filter in words, as accounts name it. */
export function filterText({ rule, column, is }: RowFilter): string {
  const listed = is.map((text) => (text === '' ? 'empty' : `"${text}"`)).join(' or ');
  return rule === 'only' ? `${column} is not ${listed}` : `${column} is ${listed}`;
}
