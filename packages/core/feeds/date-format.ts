// SPDX-License-Identifier: Apache-2.0
// Dates as foreign systems write them: patterns of YYYY, MM or M, DD or D and signs between them, the words ISO and
// timestamp. A text that fits a pattern but names no day (30 February) is told apart from one that fits none.

import { type Day, dayOf, daysInMonth, parseIsoDay } from '../values/date.ts';
import { dayInZone, parseTimestamp } from '../values/zone.ts';
import { type Problem, problem, shown } from './problem.ts';

export interface DateFormat {
  /** As written in the feed. */
  readonly text: string;
  read(text: string, zone: string): Day | Problem | null;
}

const words: Readonly<Record<string, { readonly pattern: string; readonly part: 'year' | 'month' | 'day' }>> =
  {
    YYYY: { pattern: '(\\d{4})', part: 'year' },
    MM: { pattern: '(\\d{2})', part: 'month' },
    M: { pattern: '(\\d{1,2})', part: 'month' },
    DD: { pattern: '(\\d{2})', part: 'day' },
    D: { pattern: '(\\d{1,2})', part: 'day' },
  };

/** The format of a pattern such as `M/D/YYYY`, `ISO` or `timestamp`; null when the pattern makes no sense. */
export function dateFormat(text: string): DateFormat | null {
  if (/^iso$/i.test(text)) return isoFormat;
  if (/^timestamp$/i.test(text)) return timestampFormat;
  const parts: ('year' | 'month' | 'day')[] = [];
  const pattern = text.replace(/YYYY|MM|M|DD|D|[\s\S]/g, (token) => {
    const word = words[token];
    if (word === undefined) return token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    parts.push(word.part);
    return word.pattern;
  });
  if (parts.length !== 3 || new Set(parts).size !== 3 || /[A-Za-z]/.test(text.replace(/[YMD]/g, '')))
    return null;
  const expression = new RegExp(`^${pattern}$`);
  const [year, month, day] = (['year', 'month', 'day'] as const).map((part) => parts.indexOf(part) + 1);
  return {
    text,
    read(given) {
      const match = expression.exec(given);
      return match === null
        ? null
        : existing(given, Number(match[year!]), Number(match[month!]), Number(match[day!]));
    },
  };
}

function existing(text: string, year: number, month: number, day: number): Day | Problem {
  const found = dayOf(year, month, day);
  if (found !== null) return found;
  const why =
    month >= 1 && month <= 12 && year >= 1
      ? `${year}-${String(month).padStart(2, '0')} has ${daysInMonth(year, month)} days`
      : year < 1
        ? 'years count from 1'
        : 'a year has 12 months';
  return problem('row_date_not_existing', { value: shown(text), why });
}

export const isoFormat: DateFormat = {
  text: 'ISO',
  read(text) {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (match === null) return null;
    return parseIsoDay(text) ?? existing(text, Number(match[1]), Number(match[2]), Number(match[3]));
  },
};

/** A moment with an offset; it becomes the day that it is then in the agreement's zone. */
export const timestampFormat: DateFormat = {
  text: 'timestamp',
  read(text, zone) {
    const millis = parseTimestamp(text);
    if (millis === null) return null;
    const year = Number(text.slice(0, 4));
    // A day at the very edge of the calendar could fall outside it in another zone.
    if (year < 2 || year > 9998)
      return problem('row_date_not_existing', { value: shown(text), why: 'its year is out of range' });
    return dayInZone(millis, zone);
  },
};

/** The day of a text in the first format that fits. */
export function readDay(text: string, formats: readonly DateFormat[], zone: string): Day | Problem {
  for (const format of formats) {
    const found = format.read(text, zone);
    if (found !== null) return found;
  }
  return problem('row_date_malformed', {
    value: shown(text),
    formats: formats.map((format) => format.text).join(' or '),
  });
}

/** True when some date could be read in two ways, day and month exchanged. */
export function areAmbiguous(formats: readonly DateFormat[]): boolean {
  const shapes = formats.map(({ text }) => ({
    text,
    shape: text.replace(/MM|M|DD|D/g, '#'),
    monthFirst: text.indexOf('M') < text.indexOf('D'),
  }));
  return shapes.some((one) =>
    shapes.some((other) => one.shape === other.shape && one.monthFirst !== other.monthFirst),
  );
}
