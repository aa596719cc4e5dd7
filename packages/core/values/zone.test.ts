// SPDX-License-Identifier: Apache-2.0
// Time stamps by example: the moment they name, and the day it then is in a zone.
import { describe, expect, test } from 'vitest';
import { isoDay } from './date.ts';
import { dayInZone, isKnownZone, parseTimestamp } from './zone.ts';

describe('a time stamp', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1969-12-31T19:00-0500', 0],
    ['2017-03-01 12:30:15.250Z', 1488371415250],
    ['2017-03-01T12:30:15.2509999Z', 1488371415250],
    ['2016-12-31T23:59:60Z', 1483228800000],
  ])('%s is the moment %d', (text, moment) => {
    expect(parseTimestamp(text)).toBe(moment);
  });

  test.each([
    '2017-03-01',
    '2017-03-01T12:30:15',
    '2017-02-30T00:00:00Z',
    '2017-03-01T24:00:00Z',
    '2017-03-01T12:60:00Z',
    '2017-03-01T12:00:00+25:00',
    'March 1, 2017',
  ])('%s is not accepted: no offset, or no such time', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });
});

describe('the day', () => {
  test.each([
    ['2017-03-01T04:59:59Z', 'America/New_York', '2017-02-28'],
    ['2017-03-01T05:00:00Z', 'America/New_York', '2017-03-01'],
    ['2017-07-01T03:59:59Z', 'America/New_York', '2017-06-30'],
    ['2017-03-31T15:00:00Z', 'Asia/Tokyo', '2017-04-01'],
    ['2017-03-01T23:59:59Z', 'UTC', '2017-03-01'],
    ['1969-12-31T23:59:59Z', 'UTC', '1969-12-31'],
  ])('of %s in %s is %s', (text, zone, day) => {
    expect(isoDay(dayInZone(parseTimestamp(text)!, zone))).toBe(day);
  });

  test('is asked of known zones only', () => {
    expect(isKnownZone('Europe/Zurich')).toBe(true);
    expect(isKnownZone('Europe/Atlantis')).toBe(false);
    expect(isKnownZone('+01:00')).toBe(false);
    expect(() => dayInZone(0, 'Europe/Atlantis')).toThrow('no known zone');
  });
});
