// SPDX-License-Identifier: Apache-2.0
// Formulas: closures that compute a number, a truth or a code where they are called, for a row of facts or for one
// payee and period; and in one loop for many of them. A number is whole, at a scale fixed beforehand; NaN means that the
// fast path must be left. Both ways of computing give the same, value by value.

import type { Comparison } from '../../program/expression.ts';
import type { Rational } from '../../values/rational.ts';
import { largest, powerOfTen, scaledTo, scaleOf, times } from './scaled.ts';
import type { Span } from './span.ts';
import { identity, type StraightLines, steeper } from './straight-lines.ts';
import { unsupported } from './unsupported.ts';

/** `At` is what a formula is computed for: the number of a row, or the frame of a payee and period. */
export interface NumberFormula<At> extends Numbers<At> {
  readonly kind: 'number';
  readonly scale: number;
  /** Set when it is the same everywhere. */
  readonly constant: Rational | null;
  /** Set when it is straight lines over the running sum that lines follow. */
  readonly straight?: StraightLines | null;
}

/** A number for one place, and for each place of a span. */
interface Numbers<At> {
  readonly at: (at: At) => number;
  readonly many: (span: Span, out: Float64Array) => void;
  /** A bit for each input of the clause that it reads. */
  readonly reads: number;
  /** The column where the numbers of a span stand already; they are read there, never written. */
  readonly column?: (span: Span) => Float64Array;
}

/** 1 when it holds, 0 when it does not, NaN when that is not known. */
export interface TruthFormula<At> extends Numbers<At> {
  readonly kind: 'truth';
}

export function constantFormula<At>(value: Rational): NumberFormula<At> {
  const scale = scaleOf(value) ?? unsupported('a number without few decimals');
  return { kind: 'number', scale, constant: value, ...everywhere<At>(scaledTo(value, scale)) };
}

function everywhere<At>(whole: number): Numbers<At> {
  return { at: () => whole, many: (span, out) => void out.fill(whole, 0, span.count), reads: 0 };
}

/** The same number at a finer scale. */
export function atScale<At>(formula: NumberFormula<At>, scale: number): Numbers<At> {
  if (scale === formula.scale) return formula;
  if (formula.constant !== null) return everywhere(scaledTo(formula.constant, scale));
  const factor = powerOfTen(scale - formula.scale);
  const { at, many, reads } = formula;
  return {
    at: (where) => times(at(where), factor),
    many: (span, out) => {
      many(span, out);
      multiplyBy(out, out, factor, span.count);
    },
    reads,
  };
}

/** The whole number of a constant formula at its scale; null where it is none. */
function wholeOf<At>({ constant, scale }: NumberFormula<At>): number | null {
  return constant === null ? null : scaledTo(constant, scale);
}

function multiplyBy(from: Float64Array, to: Float64Array, factor: number, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const product = from[index]! * factor;
    to[index] = product <= largest && product >= -largest ? product : Number.NaN;
  }
}

/** Computes both sides, the right one into a borrowed column, and joins them place by place. */
function joinedMany<At>(
  left: Numbers<At>,
  right: Numbers<At>,
  join: (out: Float64Array, right: Float64Array, count: number) => void,
): Numbers<At>['many'] {
  return (span, out) => {
    const other = span.borrow();
    left.many(span, out);
    right.many(span, other);
    join(out, other, span.count);
    span.release(other);
  };
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
    reads: a.reads | b.reads,
    at: (where) => {
      const sum = a.at(where) + sign * b.at(where);
      return Math.abs(sum) <= largest ? sum : Number.NaN;
    },
    many: joinedMany(a, b, (out, other, count) => {
      for (let index = 0; index < count; index += 1) {
        const sum = out[index]! + sign * other[index]!;
        out[index] = Math.abs(sum) <= largest ? sum : Number.NaN;
      }
    }),
  };
}

export function productFormula<At>(left: NumberFormula<At>, right: NumberFormula<At>): NumberFormula<At> {
  const scale = left.scale + right.scale;
  if (scale > 15) unsupported('a product with too many decimals');
  const a = left.at;
  const b = right.at;
  return {
    kind: 'number',
    scale,
    constant: null,
    reads: left.reads | right.reads,
    straight: steeperBy(left, right) ?? steeperBy(right, left),
    at: (where) => times(a(where), b(where)),
    many: manyProducts(left, right),
  };
}

/** Straight lines times a constant. */
function steeperBy<At>(of: NumberFormula<At>, by: NumberFormula<At>): StraightLines | null {
  const factor = wholeOf(by);
  const { straight } = of;
  return factor === null || straight === undefined || straight === null ? null : steeper(straight, factor);
}

function manyProducts<At>(left: NumberFormula<At>, right: NumberFormula<At>): Numbers<At>['many'] {
  const first = wholeOf(left);
  const second = wholeOf(right);
  const factor = first ?? second;
  if (factor !== null) {
    const { many, column } = first === null ? left : right;
    return (span, out) => {
      if (column === undefined) many(span, out);
      multiplyBy(column === undefined ? out : column(span), out, factor, span.count);
    };
  }
  return joinedMany(left, right, (out, other, count) => {
    for (let index = 0; index < count; index += 1) {
      const product = out[index]! * other[index]!;
      out[index] = product <= largest && product >= -largest ? product : Number.NaN;
    }
  });
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
      ? (where: At) => Math.min(a.at(where), b.at(where))
      : (where: At) => Math.max(a.at(where), b.at(where));
  const many = joinedMany(a, b, (out, other, count) => {
    for (let index = 0; index < count; index += 1) {
      const x = out[index]!;
      const y = other[index]!;
      out[index] = kind === 'lesser' ? Math.min(x, y) : Math.max(x, y);
    }
  });
  return { kind: 'number', scale, constant: null, reads: a.reads | b.reads, at, many };
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
    reads: a.reads | b.reads,
    at: (where) => {
      const x = a.at(where);
      const y = b.at(where);
      return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : test(x, y) ? 1 : 0;
    },
    many: joinedMany(a, b, (out, other, count) => compareColumns(comparison, out, other, count)),
  };
}

/** Truths in place of the left numbers; no branch depends on them. What is not known makes the sum of both so. */
function compareColumns(comparison: Comparison, out: Float64Array, other: Float64Array, count: number): void {
  switch (comparison) {
    case 'is':
    case 'is not': {
      const wanted = comparison === 'is' ? 0 : 1;
      for (let index = 0; index < count; index += 1) {
        const x = out[index]!;
        const y = other[index]!;
        out[index] = Math.abs(Number(x === y) - wanted) + 0 * (x + y);
      }
      break;
    }
    case 'at least':
    case 'less than': {
      const wanted = comparison === 'at least' ? 0 : 1;
      for (let index = 0; index < count; index += 1) {
        const x = out[index]!;
        const y = other[index]!;
        out[index] = Math.abs(Number(x >= y) - wanted) + 0 * (x + y);
      }
      break;
    }
    case 'more than':
    case 'at most': {
      const wanted = comparison === 'more than' ? 0 : 1;
      for (let index = 0; index < count; index += 1) {
        const x = out[index]!;
        const y = other[index]!;
        out[index] = Math.abs(Number(x > y) - wanted) + 0 * (x + y);
      }
      break;
    }
  }
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
  const [first, ...more] = parts;
  if (first === undefined) return { kind: 'truth', ...everywhere(kind === 'and' ? 1 : 0) };
  if (more.length === 0) return first;
  const decisive = kind === 'and' ? 0 : 1;
  const tests = parts.map(({ at }) => at);
  return {
    kind: 'truth',
    reads: parts.reduce((reads, part) => reads | part.reads, 0),
    at: (where) => {
      let result = 1 - decisive;
      for (const test of tests) {
        const truth = test(where);
        if (truth === decisive) return decisive;
        if (Number.isNaN(truth)) result = Number.NaN;
      }
      return result;
    },
    many: (span, out) => {
      first.many(span, out);
      const other = span.borrow();
      for (const part of more) {
        part.many(span, other);
        for (let index = 0; index < span.count; index += 1) {
          if (out[index] === decisive) continue;
          const truth = other[index]!;
          if (truth === decisive || Number.isNaN(truth)) out[index] = truth;
        }
      }
      span.release(other);
    },
  };
}

export function casesFormula<At>(
  cases: readonly { readonly when: TruthFormula<At>; readonly then: NumberFormula<At> }[],
  otherwise: NumberFormula<At> | null,
): NumberFormula<At> {
  const scale = Math.max(otherwise?.scale ?? 0, ...cases.map(({ then }) => then.scale));
  const rules = cases.map(({ when, then }) => ({ when, then: atScale(then, scale) }));
  const rest = otherwise === null ? everywhere<At>(0) : atScale(otherwise, scale);
  return {
    kind: 'number',
    scale,
    constant: null,
    reads: rules.reduce((reads, { when, then }) => reads | when.reads | then.reads, rest.reads),
    at: (where) => {
      for (const { when, then } of rules) {
        const truth = when.at(where);
        if (Number.isNaN(truth)) return Number.NaN;
        if (truth === 1) return then.at(where);
      }
      return rest.at(where);
    },
    many: (span, out) => {
      rest.many(span, out);
      const truths = span.borrow();
      const given = span.borrow();
      // From the last rule to the first, so that the first that holds has the last word.
      for (let rule = rules.length - 1; rule >= 0; rule -= 1) {
        rules[rule]!.when.many(span, truths);
        rules[rule]!.then.many(span, given);
        for (let index = 0; index < span.count; index += 1) {
          const truth = truths[index]!;
          if (truth === 1) out[index] = given[index]!;
          else if (Number.isNaN(truth)) out[index] = Number.NaN;
        }
      }
      span.release(truths);
      span.release(given);
    },
  };
}

/** What a table gives for a number, or for a column of them; `straight` says the same as straight lines. */
export function kernelFormula<At>(
  on: NumberFormula<At>,
  scale: number,
  given: (x: number) => number,
  manyGiven: (from: Float64Array, to: Float64Array, count: number) => void,
  straight: StraightLines | null = null,
): NumberFormula<At> {
  const { at, many, reads, column } = on;
  return {
    kind: 'number',
    scale,
    constant: null,
    reads,
    straight: on.straight === identity ? straight : null,
    at: (where) => given(at(where)),
    many: (span, out) => {
      if (column === undefined) many(span, out);
      manyGiven(column === undefined ? out : column(span), out, span.count);
    },
  };
}

/** The running sum that lines follow. */
export function runningSum(scale: number): NumberFormula<{ readonly prefix: number }> {
  return {
    kind: 'number',
    scale,
    constant: null,
    reads: 0,
    straight: identity,
    at: (frame) => frame.prefix,
    column: (span) => span.prefix,
    many: (span, out) => copyColumn(span.prefix, out, span.count),
  };
}

/** Copies the first so many numbers. */
export function copyColumn(from: Float64Array, to: Float64Array, count: number): void {
  for (let index = 0; index < count; index += 1) to[index] = from[index]!;
}
