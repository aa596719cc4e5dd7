// SPDX-License-Identifier: Apache-2.0
// A blank takes a value of its type and no other.
import { expect, test } from 'vitest';
import { readValue } from './blanks.ts';
import { amountType, countType, dateType, durationType, percentType, textType } from './check/types.ts';

test.each([
  [percentType, '4.75%', { kind: 'quantity', value: { n: 19n, d: 400n } }],
  [percentType, '4.75', null],
  [amountType('USD'), 'USD 12,000', { kind: 'quantity', value: { n: 12000n, d: 1n } }],
  [amountType('USD'), '12,000', { kind: 'quantity', value: { n: 12000n, d: 1n } }],
  [amountType('USD'), '1200', { kind: 'quantity', value: { n: 1200n, d: 1n } }],
  [amountType('USD'), '5%', null],
  [amountType('USD'), '', null],
  [amountType('USD'), 'EUR 12,000', null],
  [amountType('USD'), 'USD 1,20', null],
  [amountType('Points'), '500', { kind: 'quantity', value: { n: 500n, d: 1n } }],
  [amountType('Points'), '500 Points', { kind: 'quantity', value: { n: 500n, d: 1n } }],
  [countType, '40', { kind: 'quantity', value: { n: 40n, d: 1n } }],
  [countType, '4.5', null],
  [durationType, '90 days', { kind: 'duration', value: { months: 0, days: 90 } }],
  [durationType, 'a while', null],
  [durationType, '20', null],
  [dateType, '2026-02-30', null],
  [textType, '"Won"', { kind: 'text', value: 'Won' }],
])('a blank that is %j reads %s', (type, text, value) => {
  expect(readValue(type, text)).toEqual(value);
});

test.each([
  ['20', { months: 0, days: 90 }, { kind: 'duration', value: { months: 0, days: 20 } }],
  ['20', { months: 3, days: 0 }, null],
  ['20.5', { months: 0, days: 90 }, null],
  ['2 months', { months: 0, days: 90 }, { kind: 'duration', value: { months: 2, days: 0 } }],
])('%s in place of %j', (text, present, value) => {
  expect(readValue(durationType, text, { kind: 'duration', value: present })).toEqual(value);
});
