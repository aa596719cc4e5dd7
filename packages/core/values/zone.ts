// SPDX-License-Identifier: Apache-2.0
// From moments to days. A time stamp becomes a date once, when a fact enters, in the zone of its agreement; from
// then on only days count. The zone rules are those of the runtime's own database (IANA), asked through Intl.
import { type Day, dayOf } from './date.ts';

const millisPerDay = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat | null>();

/** The formatter of a zone, made once; null when the runtime does not know the zone. */
function formatterOf(zone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = makeFormatter(zone);
  formatters.set(zone, made);
  return made;
}

function makeFormatter(zone: string): Intl.DateTimeFormat | null {
  // Offsets such as "+01:00" are known to some runtimes only, so they are refused everywhere.
  if (!/^[A-Za-z]/.test(zone)) return null;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
  } catch {
    return null;
  }
}

/** True for names such as "Europe/Zurich" and "UTC". */
export function isKnownZone(zone: string): boolean {
  return formatterOf(zone) !== null;
}

/** The day it is in a zone at a moment (milliseconds since 1970-01-01T00:00Z). An unknown zone is an assertion. */
export function dayInZone(epochMillis: number, zone: string): Day {
  if (zone === 'UTC') return Math.floor(epochMillis / millisPerDay);
  const formatter = formatterOf(zone);
  if (formatter === null) throw new RangeError(`${zone} is no known zone.`);
  const parts = { year: 0, month: 0, day: 0 };
  for (const { type, value } of formatter.formatToParts(epochMillis)) {
    if (type === 'year' || type === 'month' || type === 'day') parts[type] = Number(value);
  }
  const day = dayOf(parts.year, parts.month, parts.day);
  if (day === null) throw new RangeError(`${epochMillis} lies outside the years 1 to 9999.`);
  return day;
}

const timestampPattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))$/;

/**
 * The moment of an ISO 8601 time stamp with an offset or Z, in milliseconds since 1970-01-01T00:00Z; null when the
 * text is not one, or names no offset. Digits below the millisecond are dropped; a leap second counts as the next.
 */
export function parseTimestamp(text: string): number | null {
  const match = timestampPattern.exec(text);
  if (match === null) return null;
  const part = (index: number) => Number(match[index] ?? 0);
  const day = dayOf(part(1), part(2), part(3));
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const [offsetHours, offsetMinutes] = [part(10), part(11)];
  if (day === null || hour > 23 || minute > 59 || second > 60 || offsetHours > 23 || offsetMinutes > 59)
    return null;
  const millis = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const offset = (offsetHours * 60 + offsetMinutes) * (match[9] === '-' ? -1 : 1);
  return day * millisPerDay + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millis;
}
