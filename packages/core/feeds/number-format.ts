// SPDX-License-Identifier: Apache-2.0
// Numbers as foreign systems write them. A format is given by an example of it: `1,234.56`, `1.234,56`, `1 234,56`,
// `1'234.56`, `1234.56`. Nothing is guessed: "1,234" without a stated format is refused, since it may mean two numbers.

import { multiply, parseDecimal, type Rational, rational } from '../values/rational.ts';
import { type Problem, problem, shown } from './problem.ts';

export interface NumberFormat {
  /** As written in the feed. */
  readonly text: string;
  /** The sign between thousands, or null when there must be none. */
  readonly thousands: string | null;
  readonly decimal: string;
}

export const plainNumber: NumberFormat = { text: '1234.56', thousands: null, decimal: '.' };

/** The format of an example; null when it is not one. */
export function numberFormat(example: string): NumberFormat | null {
  const match = /^1([.,' \u00a0\u202f’_]?)234([.,])56$/.exec(example);
  if (match === null || match[1] === match[2]) return null;
  return { text: example, thousands: match[1] === '' ? null : match[1]!, decimal: match[2]! };
}

/** The largest power of ten that a number may be written with. */
const exponentMax = 30;

/** The number of a text in the format; a percent sign divides by a hundred. */
export function readNumber(text: string, format: NumberFormat): Rational | Problem {
  const isPercent = text.endsWith('%');
  const body = isPercent ? text.slice(0, -1).trimEnd() : text;
  const scientific = /^(.*?)[eE]([+-]?\d{1,3})$/.exec(body);
  const value = readPlain(scientific?.[1] ?? body, format);
  if (value === null) return malformed(text, format);
  if (scientific === null && !isPercent) return value;
  const exponent = Number(scientific?.[2] ?? 0);
  if (Math.abs(exponent) > exponentMax) return malformed(text, format);
  const power = rational(10n ** BigInt(Math.abs(exponent)));
  const scaled = multiply(value, exponent < 0 ? rational(1n, power.n) : power);
  return isPercent ? multiply(scaled, rational(1n, 100n)) : scaled;
}

function readPlain(text: string, { thousands, decimal }: NumberFormat): Rational | null {
  const minus = text.startsWith('\u2212') ? `-${text.slice(1)}` : text;
  if (thousands === null) return parseDecimal(decimal === '.' ? minus : swapped(minus, decimal));
  const [whole = '', ...rest] = minus.split(decimal);
  if (rest.length > 1) return null;
  const digits = whole.replace(/^[+-]/, '');
  const groups = digits.split(thousands);
  const isGrouped =
    groups.length === 1 ||
    groups.every((group, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
  if (!isGrouped) return null;
  const sign = whole.startsWith('-') ? '-' : '';
  return parseDecimal(`${sign}${groups.join('')}${rest.length === 1 ? `.${rest[0]}` : ''}`);
}

/** The text with its decimal sign as a point; a point that was there before makes it unreadable. */
function swapped(text: string, decimal: string): string {
  return text.includes('.') ? '?' : text.replace(decimal, '.');
}

/** The problem, with the format that would fit when there is one. */
function malformed(text: string, format: NumberFormat): Problem {
  const fitting = ['1,234.56', '1.234,56', "1'234.56", '1 234,56', '1234,56'].find((example) => {
    const candidate = numberFormat(example)!;
    return readPlain(text, candidate) !== null;
  });
  return fitting === undefined
    ? problem('row_number_malformed', { value: shown(text), format: format.text })
    : problem('row_number_other_format', { value: shown(text), format: format.text, fitting });
}
