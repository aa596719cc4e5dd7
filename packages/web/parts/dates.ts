// SPDX-License-Identifier: Apache-2.0
// Days and moments as people read them. A day comes as its ISO text or as core's day number and is never moved by a
// time zone; a moment (when something was recorded) is shown in the reader's own zone.
import { civil, type Day, parseIsoDay } from '@rapport/core/values/date.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** "14 Mar 2026", which never breaks into two lines; a text that is no day stays as it is. */
export function dayWords(day: Day | string): string {
  const number = typeof day === 'number' ? day : parseIsoDay(day);
  if (number === null) return `${day}`;
  const { year, month, day: ofMonth } = civil(number);
  return `${ofMonth}\u00a0${months[month - 1]}\u00a0${year}`;
}

const momentFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** "14 Mar 2026, 16:05", in one line too. */
export function momentWords(iso: string): string {
  return momentFormat.format(new Date(iso)).replaceAll(' ', '\u00a0');
}

/** "16:05:09". */
export function timeWords(iso: string): string {
  return timeFormat.format(new Date(iso));
}
