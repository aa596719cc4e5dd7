// SPDX-License-Identifier: Apache-2.0
// Which ways of writing dates and numbers fit all of some texts, so that somebody who defines a feed is offered them.
// What is offered decides nothing: two ways may fit, and which one is meant only a person knows.

import { dateFormat } from './date-format.ts';
import { numberExamples, numberFormat, readNumber } from './number-format.ts';

/** Ways of writing dates that are common, to begin with. */
export const dateExamples: readonly string[] = [
  'ISO',
  'timestamp',
  'M/D/YYYY',
  'D/M/YYYY',
  'D.M.YYYY',
  'D-M-YYYY',
  'M-D-YYYY',
  'YYYY/M/D',
  'YYYYMMDD',
];

/** Those of the common ways in which every text with a digit is a day; texts such as n/a do not count, and no text fits nothing. */
export function fittingDates(texts: readonly string[], zone: string): readonly string[] {
  const given = texts.filter((text) => /\d/.test(text));
  if (given.length === 0) return [];
  return dateExamples.filter((example) => {
    const format = dateFormat(example);
    return format !== null && given.every((text) => typeof format.read(text, zone) === 'number');
  });
}

/** Those of the common ways in which every text with a digit is a number; the plain one first. */
export function fittingNumbers(texts: readonly string[]): readonly string[] {
  const given = texts.filter((text) => /\d/.test(text));
  if (given.length === 0) return [];
  return numberExamples.filter((example) => {
    const format = numberFormat(example);
    return format !== null && given.every((text) => 'n' in readNumber(text, format));
  });
}
