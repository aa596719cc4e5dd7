// SPDX-License-Identifier: Apache-2.0
// Conditions as clauses with a verb: "the Revenue of the Representative in the quarter is at least the Target
// (USD 10,000)". They stand behind "if" and "when".
import type { Comparison, Expression } from '../program/expression.ts';
import { equals, isZero, one, type Rational } from '../values/rational.ts';
import { meaningText } from './canonical.ts';
import { listed } from './english.ts';
import { readExpression, readFigure } from './reading-expression.ts';
import { readSet } from './reading-set.ts';
import type { Voice } from './voice.ts';

const comparisonWords: Readonly<Record<Comparison, string>> = {
  is: 'is',
  'is not': 'is not',
  'at least': 'is at least',
  'at most': 'is at most',
  'more than': 'is more than',
  'less than': 'is less than',
};

/** The condition as a clause with a verb. */
export function readCondition(voice: Voice, condition: Expression): string {
  switch (condition.kind) {
    case 'compare':
      return readExistence(voice, condition) ?? readComparison(voice, condition);
    case 'within': {
      const right = readExpression(voice, condition.right);
      return `${readExpression(voice, condition.left)} is ${right} or lies below it`;
    }
    case 'member':
      return `${readExpression(voice, condition.item)} is one of the ${readSet(voice, condition.set)}`;
    case 'and':
      return (
        readRange(voice, condition) ??
        condition.parts.map((part) => readCondition(voice, part)).join(', and ')
      );
    case 'or':
      return (
        readChoice(voice, condition) ??
        condition.parts.map((part) => readCondition(voice, part)).join(', or ')
      );
    case 'literal':
      return condition.value.kind === 'yesNo' && condition.value.value ? 'always' : 'never';
    default:
      return `${readExpression(voice, condition)} is “yes”`;
  }
}

function readComparison(voice: Voice, node: Expression & { kind: 'compare' }): string {
  const left = readExpression(voice, node.left);
  const right = readFigure(voice, node.right);
  return `${left} ${dateWords(node) ?? comparisonWords[node.comparison]} ${right}`;
}

/** Dates are not "at least" one another: they are on, before or after. */
function dateWords(node: Expression & { kind: 'compare' }): string | null {
  if (node.left.type.kind !== 'date') return null;
  switch (node.comparison) {
    case 'is':
      return 'is';
    case 'is not':
      return 'is not';
    case 'at least':
      return 'is on or after';
    case 'at most':
      return 'is on or before';
    case 'more than':
      return 'is after';
    case 'less than':
      return 'is before';
  }
}

/** "there is at least one Deal …", "there are no Deals …" for counts compared with one and nothing. */
function readExistence(voice: Voice, node: Expression & { kind: 'compare' }): string | null {
  const { left, right, comparison } = node;
  if (left.kind !== 'fold' || left.fold !== 'count' || left.leastCount !== null) return null;
  const number: Rational | null =
    right.kind === 'literal' && right.value.kind === 'quantity' ? right.value.value : null;
  if (number === null) return null;
  const isOne = equals(number, one);
  if ((comparison === 'more than' && isZero(number)) || (comparison === 'at least' && isOne))
    return `there is at least one of the ${readSet(voice, left.set)}`;
  const isNoneAsked = (comparison === 'is' || comparison === 'at most') && isZero(number);
  if (isNoneAsked || (comparison === 'less than' && isOne)) return `there are no ${readSet(voice, left.set)}`;
  return null;
}

type Joined = Expression & { kind: 'and' | 'or' };

/** The comparisons of one and the same left side; null where they are not. */
function comparisonsOfOne(node: Joined): readonly (Expression & { kind: 'compare' })[] | null {
  const parts = node.parts.filter((part) => part.kind === 'compare');
  const isOne = new Set(parts.map((part) => meaningText(part.left))).size === 1;
  return parts.length === node.parts.length && isOne ? parts : null;
}

/** "the Bought date is from 2026-03-01 (Happy Start) through 2026-03-07 (Happy End)". */
function readRange(voice: Voice, node: Joined): string | null {
  const [from, through, ...rest] = comparisonsOfOne(node) ?? [];
  if (from?.comparison !== 'at least' || through?.comparison !== 'at most' || rest.length > 0) return null;
  const left = readExpression(voice, from.left);
  return `${left} is from ${readFigure(voice, from.right)} through ${readFigure(voice, through.right)}`;
}

/** "the Product is “A” or “B”". */
function readChoice(voice: Voice, node: Joined): string | null {
  const parts = comparisonsOfOne(node) ?? [];
  const [first] = parts;
  if (first === undefined || parts.some(({ comparison }) => comparison !== 'is')) return null;
  const options = parts.map((part) => readFigure(voice, part.right));
  return `${readExpression(voice, first.left)} is ${listed(options, 'or')}`;
}
