// SPDX-License-Identifier: Apache-2.0
// Exact fractions: the only numbers that reckon inside Rapport. Always in lowest terms with a denominator above
// zero, so two are equal exactly when their parts are. At most 4,096 bits a part: beyond it is an assertion, since
// the compiler checks bounds before a program runs. As text they are plain decimals ("-1620.50") or fractions
// ("1/3"): ASCII digits, one point, one sign; thousands separators belong to the language's lexer.

/** An exact number, n/d, in lowest terms, d > 0. Make one with `rational`, never by hand. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** The most bits a numerator or denominator may have. */
export const bitsMax = 4096;

const limit = 1n << BigInt(bitsMax);

/** A number grew past `bitsMax`. Our mistake: what a program can reach is bounded when it is compiled. */
export class NumberTooLarge extends Error {
  override readonly name = 'NumberTooLarge';
  constructor() {
    super(`A number has more than ${bitsMax} bits.`);
  }
}

/** Greatest common divisor of two numbers, the second above zero. */
function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** A fraction already in lowest terms, within the limit. */
function checked(n: bigint, d: bigint): Rational {
  if (n >= limit || n <= -limit || d >= limit) throw new NumberTooLarge();
  return { n, d };
}

/** n/d in lowest terms, for d > 0. */
function reduced(n: bigint, d: bigint): Rational {
  if (d === 1n) return checked(n, 1n);
  const divisor = greatestCommonDivisor(n, d);
  return divisor === 1n ? checked(n, d) : checked(n / divisor, d / divisor);
}

/** n/d. Whole JavaScript numbers are accepted while they are exact; a zero denominator is an assertion. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  const numerator = wholeNumber(n);
  const denominator = wholeNumber(d);
  if (denominator === 0n) throw new RangeError('A fraction has a zero denominator.');
  return denominator < 0n ? reduced(-numerator, -denominator) : reduced(numerator, denominator);
}

function wholeNumber(value: bigint | number): bigint {
  if (typeof value === 'bigint') return value;
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not an exact whole number.`);
  return BigInt(value);
}

export const zero: Rational = { n: 0n, d: 1n };
export const one: Rational = { n: 1n, d: 1n };

export function add(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return reduced(a.n + b.n, a.d);
  return reduced(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function subtract(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return reduced(a.n - b.n, a.d);
  return reduced(a.n * b.d - b.n * a.d, a.d * b.d);
}

export function multiply(a: Rational, b: Rational): Rational {
  return reduced(a.n * b.n, a.d * b.d);
}

/** a ÷ b, or null when b is zero: the language calls that none. */
export function divide(a: Rational, b: Rational): Rational | null {
  if (b.n === 0n) return null;
  return b.n < 0n ? reduced(-a.n * b.d, a.d * -b.n) : reduced(a.n * b.d, a.d * b.n);
}

export function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

export function absolute(a: Rational): Rational {
  return a.n < 0n ? negate(a) : a;
}

/** −1 when a < b, 0 when they are equal, 1 when a > b. */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const left = a.d === b.d ? a.n : a.n * b.d;
  const right = a.d === b.d ? b.n : b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function equals(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}

export function isZero(a: Rational): boolean {
  return a.n === 0n;
}

/** −1, 0 or 1. */
export function sign(a: Rational): -1 | 0 | 1 {
  return a.n < 0n ? -1 : a.n > 0n ? 1 : 0;
}

export function minimum(a: Rational, b: Rational): Rational {
  return compare(a, b) <= 0 ? a : b;
}

export function maximum(a: Rational, b: Rational): Rational {
  return compare(a, b) >= 0 ? a : b;
}

/** The greatest whole number not above a. */
export function floor(a: Rational): bigint {
  if (a.d === 1n) return a.n;
  const quotient = a.n / a.d;
  return a.n < 0n ? quotient - 1n : quotient;
}

/** The least whole number not below a. */
export function ceiling(a: Rational): bigint {
  return a.d === 1n ? a.n : floor(a) + 1n;
}

/** The most characters a number may have as text; longer ones are refused as not a number. */
export const charactersMax = 1000;

/** The number of a plain decimal such as "12", "-0.5" or "+3.10"; null when the text is not one. */
export function parseDecimal(text: string): Rational | null {
  if (text.length > charactersMax) return null;
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2]}${fraction}`);
  return rational(match[1] === '-' ? -digits : digits, 10n ** BigInt(fraction.length));
}

/** The number of "1/3", or of a plain decimal; null when the text is neither or divides by zero. */
export function toFraction(text: string): Rational | null {
  if (text.length > charactersMax) return null;
  const match = /^([+-]?\d+)\/(\d+)$/.exec(text);
  if (match === null) return parseDecimal(text);
  const denominator = BigInt(match[2] ?? '0');
  return denominator === 0n ? null : rational(BigInt((match[1] ?? '').replace('+', '')), denominator);
}

/** "5" or "-1/3": every number has exactly one such text, so it can stand in canonical bytes. */
export function rationalText(a: Rational): string {
  return a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`;
}

/** How many decimals write 1/d exactly, or null when none do (d has a factor other than 2 and 5). */
function decimalsOf(d: bigint): number | null {
  let rest = d;
  let twos = 0;
  let fives = 0;
  while (rest % 2n === 0n) {
    rest /= 2n;
    twos += 1;
  }
  while (rest % 5n === 0n) {
    rest /= 5n;
    fives += 1;
  }
  return rest === 1n ? Math.max(twos, fives) : null;
}

/** True when the number can be written exactly with a finite number of decimals. */
export function isTerminating(a: Rational): boolean {
  return decimalsOf(a.d) !== null;
}

/** `minor` with the point `decimals` places from the right: (162050n, 2) → "1620.50". */
export function decimalText(minor: bigint, decimals: number): string {
  if (decimals === 0) return `${minor}`;
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * The number as a plain decimal. Without `places` it is exact, with as few decimals as that takes; a number without
 * a finite decimal is then an assertion. With `places` it has exactly that many, rounded half away from zero.
 */
export function formatDecimal(a: Rational, places?: number): string {
  if (places === undefined) {
    const decimals = decimalsOf(a.d);
    if (decimals === null) throw new RangeError(`${rationalText(a)} has no finite decimal.`);
    return decimalText((a.n * 10n ** BigInt(decimals)) / a.d, decimals);
  }
  const scaled = a.n * 10n ** BigInt(places);
  const size = scaled < 0n ? -scaled : scaled;
  const rounded = (2n * size + a.d) / (2n * a.d);
  return decimalText(scaled < 0n ? -rounded : rounded, places);
}
