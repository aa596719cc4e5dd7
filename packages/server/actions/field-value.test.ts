// SPDX-License-Identifier: Apache-2.0
// A value of a request becomes what its field declares, or says what was expected; and comes back as it was given.
import type { Field } from '@rapport/core/program/declaration.ts';
import type { Type } from '@rapport/core/program/type.ts';
import { describe, expect, test } from 'vitest';
import type { FieldValue } from '../wire/facts.ts';
import { fieldValueOf, scalarOf } from './field-value.ts';

const dollars: Type = { kind: 'quantity', unit: [{ base: 'USD', exponent: 1 }], flavour: 'amount' };
const count: Type = { kind: 'quantity', unit: [], flavour: 'count' };
const percent: Type = { kind: 'quantity', unit: [], flavour: 'percent' };
const day: Type = { kind: 'date' };
const stage: Type = { kind: 'choice', options: ['Won', 'Lost'] };

function field(type: Type, mayStayOpen = false): Field {
  return { name: 'Value', type, mayStayOpen, one: false };
}

describe('a value that fits', () => {
  test.each<[FieldValue, Type, FieldValue]>([
    ['1250.00', dollars, { amount: '1250', asset: 'USD' }],
    [{ amount: '-0.10', asset: 'USD' }, dollars, { amount: '-0.1', asset: 'USD' }],
    ['USD 12.50', dollars, { amount: '12.5', asset: 'USD' }],
    [1250.5, dollars, { amount: '1250.5', asset: 'USD' }],
    ['5%', percent, '0.05'],
    [7, count, '7'],
    ['2017-03-31', day, '2017-03-31'],
    ['Won', stage, 'Won'],
    [true, { kind: 'yesNo' }, true],
    ['yes', { kind: 'yesNo' }, true],
    ['3 months', { kind: 'duration' }, '3 months'],
    ['Ada', { kind: 'party', of: 'Representative' }, 'Ada'],
  ])('%j for %j comes back as %j', (given, type, shown) => {
    const scalar = scalarOf(given, field(type), 'UTC');
    expect(scalar.kind === 'misfit' ? scalar : fieldValueOf(scalar, type)).toEqual(shown);
  });

  test('null says that a field is open, where it may be', () => {
    expect(scalarOf(null, field(day, true), 'UTC')).toEqual({ kind: 'open' });
    expect(scalarOf(null, field(day), 'UTC')).toMatchObject({ code: 'field_not_open' });
  });
});

test.each<[FieldValue, Type, string]>([
  [{ amount: '5', asset: 'EUR' }, dollars, 'asset_other'],
  ['EUR 5', dollars, 'asset_other'],
  ['1,250', dollars, 'field_wrong_type'],
  [0.1 + 0.2, dollars, 'number_not_exact'],
  [1e21, dollars, 'number_not_exact'],
  ['1e30', dollars, 'fact_number_range'],
  ['1.5', count, 'field_wrong_type'],
  ['2017-02-30', day, 'field_wrong_type'],
  ['31/12/2017', day, 'field_wrong_type'],
  ['Maybe', stage, 'choice_unknown'],
  [true, day, 'field_wrong_type'],
  ["'; drop table log; --", dollars, 'field_wrong_type'],
])('%j for %j is refused as %s', (given, type, code) => {
  expect(scalarOf(given, field(type), 'UTC')).toMatchObject({ kind: 'misfit', code });
});
