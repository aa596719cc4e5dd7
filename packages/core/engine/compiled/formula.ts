// SPDX-License-Identifier: Apache-2.0
// Formulas: closures that compute a number, a truth or a code where they are called, for a row of facts or for one
// payee and period. A number is whole, at a scale fixed beforehand; NaN means that the fast path must be left.

import type { Comparison } from '../../program/expression.ts';
import type { Rational } from '../../values/rational.ts';
import { powerOfTen, scaledTo, scaleOf, times } from './scaled.ts';
import { unsupported } from './unsupported.ts';

/** `At` is what a formula is computed for: the number of a row, or the frame of a payee and period. */
export interface NumberFormula<At> {
  readonly kind: 'number';
  readonly scale: number;
  readonly at: (at: At) => number;
  /** Set when it is the same everywhere. */
  readonly constant: Rational | null;
}

/** 1 when it holds, 0 when it does not, NaN when that is not known. */
export interface TruthFormula<At> {
  readonly kind: 'truth';
  readonly at: (at: At) => number;
}

export function constantFormula<At>(value: Rational): NumberFormula<At> {
  const scale = scaleOf(value) ?? unsupported('a number without few decimals');
  const whole = scaledTo(value, scale);
  return { kind: 'number', scale, at: () => whole, constant: value };
}

/** The same number at a finer scale. */
export function atScale<At>(formula: NumberFormula<At>, scale: number): (at: At) => number {
  if (scale === formula.scale) return formula.at;
  if (formula.constant !== null) {
    const whole = scaledTo(formula.constant, scale);
    return () => whole;
  }
  const factor = powerOfTen(scale - formula.scale);
  const { at } = formula;
  return (where) => times(at(where), factor);
}

export function sumFormula<At>(
  left: NumberFormula<At>,
  right: NumberFormula<At>,
  sign: 1 | -1,
): NumberFormula<At> {
  const scale = Math.max(left.scale, right.scale);
  const a = atScale(left, scale);
  const b = atScale(right, scale);
  return {
    kind: 'number',
    scale,
    constant: null,
    at: (where) => {
      const sum = a(where) + sign * b(where);
      return Math.abs(sum) <= Number.MAX_SAFE_INTEGER ? sum : Number.NaN;
    },
  };
}

export function productFormula<At>(left: NumberFormula<At>, right: NumberFormula<At>): NumberFormula<At> {
  const scale = left.scale + right.scale;
  if (scale > 15) unsupported('a product with too many decimals');
  const a = left.at;
  const b = right.at;
  return { kind: 'number', scale, constant: null, at: (where) => times(a(where), b(where)) };
}

export function boundFormula<At>(
  left: NumberFormula<At>,
  right: NumberFormula<At>,
  kind: 'lesser' | 'greater',
): NumberFormula<At> {
  const scale = Math.max(left.scale, right.scale);
  const a = atScale(left, scale);
  const b = atScale(right, scale);
  const at =
    kind === 'lesser'
      ? (where: At) => Math.min(a(where), b(where))
      : (where: At) => Math.max(a(where), b(where));
  return { kind: 'number', scale, constant: null, at };
}

export function compareFormula<At>(
  comparison: Comparison,
  left: NumberFormula<At>,
  right: NumberFormula<At>,
): TruthFormula<At> {
  const scale = Math.max(left.scale, right.scale);
  const a = atScale(left, scale);
  const b = atScale(right, scale);
  const test = comparisonTest(comparison);
  return {
    kind: 'truth',
    at: (where) => {
      const x = a(where);
      const y = b(where);
      return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : test(x, y) ? 1 : 0;
    },
  };
}

function comparisonTest(comparison: Comparison): (x: number, y: number) => boolean {
  switch (comparison) {
    case 'is':
      return (x, y) => x === y;
    case 'is not':
      return (x, y) => x !== y;
    case 'at least':
      return (x, y) => x >= y;
    case 'at most':
      return (x, y) => x <= y;
    case 'more than':
      return (x, y) => x > y;
    case 'less than':
      return (x, y) => x < y;
  }
}

/** All or any of the parts: one that decides does so even where another is not known. */
export function joinedFormula<At>(kind: 'and' | 'or', parts: readonly TruthFormula<At>[]): TruthFormula<At> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const decisive = kind === 'and' ? 0 : 1;
  const tests = parts.map(({ at }) => at);
  return {
    kind: 'truth',
    at: (where) => {
      let result = 1 - decisive;
      for (const test of tests) {
        const truth = test(where);
        if (truth === decisive) return decisive;
        if (Number.isNaN(truth)) result = Number.NaN;
      }
      return result;
    },
  };
}

export function casesFormula<At>(
  cases: readonly { readonly when: TruthFormula<At>; readonly then: NumberFormula<At> }[],
  otherwise: NumberFormula<At> | null,
): NumberFormula<At> {
  const scale = Math.max(otherwise?.scale ?? 0, ...cases.map(({ then }) => then.scale));
  const rules = cases.map(({ when, then }) => ({ when: when.at, then: atScale(then, scale) }));
  const rest = otherwise === null ? () => 0 : atScale(otherwise, scale);
  return {
    kind: 'number',
    scale,
    constant: null,
    at: (where) => {
      for (const { when, then } of rules) {
        const truth = when(where);
        if (Number.isNaN(truth)) return Number.NaN;
        if (truth === 1) return then(where);
      }
      return rest(where);
    },
  };
}
