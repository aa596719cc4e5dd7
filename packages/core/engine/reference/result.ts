// SPDX-License-Identifier: Apache-2.0
// Three kinds of answer: a value, waiting for something unknown, or none. What an operation does with the second and
// third is the same everywhere: waiting wins over none, and either wins over a value.
import type { None, Result, Value, Waiting, WaitingFor } from '../../program/value.ts';
import { durationText } from '../../values/duration.ts';
import { compare, type Rational, rational, rationalText } from '../../values/rational.ts';

export type Answer = Result<Value>;

export const none: None = { kind: 'none' };

export function waiting(...waits: readonly WaitingFor[]): Waiting {
  return { kind: 'waiting', for: waits };
}

export function isValue<T extends { readonly kind: string }>(result: T | Waiting | None): result is T {
  return result.kind !== 'waiting' && result.kind !== 'none';
}

/** The stronger of two answers that are no values: waiting before none. */
export function stopped(...results: readonly ({ readonly kind: string } | Waiting | None)[]): Waiting | None {
  const waits = results.flatMap((result) => (result.kind === 'waiting' ? (result as Waiting).for : []));
  return waits.length > 0 ? waiting(...waits) : none;
}

export function quantity(value: Rational): Value {
  return { kind: 'quantity', value };
}

export const yes: Value = { kind: 'yesNo', value: true };
export const no: Value = { kind: 'yesNo', value: false };

/** Days in a mean Gregorian month: only orders lengths written in different units. */
const meanMonth = rational(146097, 4800);

/** The number behind a value that can be reckoned with or put in order; lengths count in days. */
export function numberOf(value: Value): Rational {
  switch (value.kind) {
    case 'quantity':
      return value.value;
    case 'date':
      return rational(value.value);
    case 'duration': {
      const { months, days } = value.value;
      if (months === 0) return rational(days);
      return rational(BigInt(months) * meanMonth.n + BigInt(days) * meanMonth.d, meanMonth.d);
    }
    case 'level':
      return rational(value.rank);
    case 'period':
      return rational(value.value.start);
    default:
      throw new Error(`A value of kind ${value.kind} is no number.`);
  }
}

/** The same text for equal values, another for others: the key by which facts are grouped. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case 'quantity':
      return `q${rationalText(value.value)}`;
    case 'yesNo':
      return value.value ? 'yes' : 'no';
    case 'date':
      return `d${value.value}`;
    case 'duration':
      return `l${durationText(value.value)}`;
    case 'level':
      return `r${value.rank}`;
    case 'period':
      return `p${value.value.label}`;
    case 'open':
      return 'open';
    case 'text':
    case 'party':
    case 'fact':
      return `i${value.value}`;
  }
}

/** −1, 0 or 1; texts and ids by their code units. */
export function compareValues(left: Value, right: Value): number {
  if ('value' in left && typeof left.value === 'string') {
    const a = left.value;
    const b = 'value' in right && typeof right.value === 'string' ? right.value : '';
    return a < b ? -1 : a > b ? 1 : 0;
  }
  // An end that has not come lies after every date.
  if (left.kind === 'open' || right.kind === 'open')
    return Number(left.kind === 'open') - Number(right.kind === 'open');
  if (left.kind === 'yesNo' || right.kind === 'yesNo') return keyOf(left) === keyOf(right) ? 0 : 1;
  return compare(numberOf(left), numberOf(right));
}
