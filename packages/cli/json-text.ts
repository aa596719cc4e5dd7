// SPDX-License-Identifier: Apache-2.0
// Results as JSON: amounts in smallest units and exact numbers are texts, so that no reader rounds them; maps are
// objects.
import { type Rational, rationalText } from '@rapport/core/values/rational.ts';

/** The value as indented JSON with a line end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, plain, 2)}\n`;
}

function plain(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Map) return Object.fromEntries(value);
  return isRational(value) ? rationalText(value) : value;
}

function isRational(value: unknown): value is Rational {
  if (typeof value !== 'object' || value === null || !('n' in value) || !('d' in value)) return false;
  return typeof value.n === 'bigint' && typeof value.d === 'bigint';
}
