// SPDX-License-Identifier: Apache-2.0
// Numbers as foreign systems write them. A format is given by an example of it: `1,234.56`, `1.234,56`, `1 234,56`,
// `1'234.56`, `1234.56`. A sign of money may stand with it, `$1,234.56` or `1.234,56 €`, and brackets, `(1,234.56)`,
// say that numbers below zero stand in brackets. Nothing is guessed: "1,234" without a stated format is refused, since
// it may mean two numbers.

import { multiply, parseDecimal, type Rational, rational } from '../values/rational.ts';
import { type Problem, problem, shown } from './problem.ts';

export interface NumberFormat {
  /** As written in the feed. */
  readonly text: string;
  /** The sign between thousands, or null when there must be none. */
  readonly thousands: string | null;
  readonly decimal: string;
  /** The sign of money that may stand before or after the digits, or null. Which currency it is the feed says apart. */
  readonly sign: string | null;
  /** Whether "(5)" is five below zero. */
  readonly brackets: boolean;
}

export const plainNumber: NumberFormat = {
  text: '1234.56',
  thousands: null,
  decimal: '.',
  sign: null,
  brackets: false,
};

const moneySign = String.raw`\p{Sc}|[A-Z]{0,3}\p{Sc}`;
const exampleForm = new RegExp(
  String.raw`^(?:(${moneySign})\s?)?1([.,' \u00a0\u202f’_]?)234([.,])56(?:\s?(${moneySign}))?$`,
  'u',
);

/** The format of an example; null when it is not one. */
export function numberFormat(example: string): NumberFormat | null {
  const brackets = example.startsWith('(') && example.endsWith(')');
  const match = exampleForm.exec(brackets ? example.slice(1, -1) : example);
  if (match === null || match[2] === match[3]) return null;
  const [, before, thousands = '', decimal = '.', after] = match;
  if (before !== undefined && after !== undefined) return null;
  return {
    text: example,
    thousands: thousands === '' ? null : thousands,
    decimal,
    sign: before ?? after ?? null,
    brackets,
  };
}

/** The largest power of ten that a number may be written with. */
const exponentMax = 30;

/** The number of a text in the format; a percent sign divides by a hundred. */
export function readNumber(text: string, format: NumberFormat): Rational | Problem {
  const bare = format.sign === null && !format.brackets ? text : withoutMarks(text, format);
  const isPercent = bare.endsWith('%');
  const body = isPercent ? bare.slice(0, -1).trimEnd() : bare;
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

/** The text without its sign of money, and with a minus where brackets say so: "($5)", "-$5", "$-5" and "-5 $" are one. */
function withoutMarks(text: string, { sign, brackets }: NumberFormat): string {
  const inside = brackets && /^\([^()+\u2212-]*\)$/.test(text) ? text.slice(1, -1).trim() : null;
  const body = inside ?? text;
  const minus = /^[-\u2212]/.test(body) ? body[0]! : '';
  let digits = body.slice(minus.length).trim();
  if (sign !== null && digits.startsWith(sign)) digits = digits.slice(sign.length).trimStart();
  else if (sign !== null && digits.endsWith(sign)) digits = digits.slice(0, -sign.length).trimEnd();
  return `${inside === null ? minus : '-'}${digits}`;
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

const plainExamples = ['1,234.56', '1.234,56', "1'234.56", '1 234,56', '1234,56'] as const;
const fittingExamples: readonly string[] = [
  ...plainExamples,
  ...['$', '€', '£'].flatMap((sign) => plainExamples.map((each) => `${sign}${each}`)),
  ...plainExamples.map((each) => `(${each})`),
  ...['$', '€', '£'].flatMap((sign) => plainExamples.map((each) => `(${sign}${each})`)),
];

/** Ways of writing numbers that are common, the plain one first. */
export const numberExamples: readonly string[] = [plainNumber.text, ...fittingExamples];

/** The problem, with the format that would fit when there is one. */
function malformed(text: string, format: NumberFormat): Problem {
  const fitting = fittingExamples.find((example) => {
    const candidate = numberFormat(example)!;
    return readPlain(withoutMarks(text, candidate), candidate) !== null;
  });
  return fitting === undefined
    ? problem('row_number_malformed', { value: shown(text), format: format.text })
    : problem('row_number_other_format', { value: shown(text), format: format.text, fitting });
}
