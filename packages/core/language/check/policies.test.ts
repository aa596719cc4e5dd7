// SPDX-License-Identifier: Apache-2.0
// Each policy has a closed set of sentences.
import { expect, test } from 'vitest';
import { calendarOf, lateModeOf, roundingOf } from './policies.ts';

test.each([
  ['calendar quarters and years, in UTC', { kind: 'gregorian', zone: 'UTC', yearStartMonth: 1 }],
  ['calendar days, in Europe/Zurich', { kind: 'gregorian', zone: 'Europe/Zurich', yearStartMonth: 1 }],
  ['calendar months, quarters and years, in UTC', { kind: 'gregorian', yearStartMonth: 1 }],
  ['fiscal years from July, in UTC', { kind: 'gregorian', yearStartMonth: 7 }],
  [
    '4-4-5 weeks, years ending on the last Saturday of January, in UTC',
    { kind: 'retail', pattern: '4-4-5', years: { kind: 'last weekday of month', weekday: 6, month: 1 } },
  ],
  [
    '4-5-4 weeks, years ending on the Saturday nearest the end of January, in UTC',
    { kind: 'retail', pattern: '4-5-4', years: { kind: 'weekday nearest month end', weekday: 6, month: 1 } },
  ],
])('calendar: %s', (sentence, calendar) => {
  expect(calendarOf(sentence)).toMatchObject(calendar);
});

test.each(['quarters', 'calendar fortnights, in UTC', 'calendar quarters and years'])(
  'calendar: "%s" is not understood',
  (sentence) => expect(calendarOf(sentence)).toBeNull(),
);

test.each([
  ['each amount to the cent, half away from zero', { step: null, mode: 'half away from zero' }],
  ['each voucher to the cent, half to even', { step: null, mode: 'half to even' }],
  ['each amount to the whole USD, down', { step: { n: 1n, d: 1n }, mode: 'down' }],
  ['each amount to 4 decimals, half up', { step: { n: 1n, d: 10000n }, mode: 'half up' }],
])('rounding: %s', (sentence, rounding) => {
  expect(roundingOf(sentence)).toEqual(rounding);
});

test.each([
  ['change the period they belong to; the difference is paid in the open period', { kind: 'restate' }],
  ['change the day they belong to; the difference is booked today', { kind: 'restate' }],
  ['count in the open period', { kind: 'count in the open period' }],
  ['are ignored after 30 days', { kind: 'cut off', afterDays: 30 }],
  ['are ignored once the period is closed', { kind: 'ignore after lock' }],
  ['are welcome', null],
])('late facts: %s', (sentence, mode) => {
  expect(lateModeOf(sentence)).toEqual(mode);
});
