// SPDX-License-Identifier: Apache-2.0
// Rows that can never apply, since a row above them takes every case of theirs: the same condition again, or a bound
// on the same measure that an earlier row has already passed. Rows are ordered, so this is exact for what it knows.

import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import { compare } from '../../values/rational.ts';
import { type BlankValues, constantOf } from './constants.ts';
import { type Report, warn } from './report.ts';
import { clauseExpressions, visit } from './walk.ts';

/** Warns of cases and levels that nothing can reach. */
export function unreachableRows(report: Report, program: Program, blanks: BlankValues): void {
  const bodies = [
    ...program.values.map((value) => value.body),
    ...program.clauses.flatMap((clause) => clauseExpressions(clause)),
  ];
  for (const body of bodies) {
    visit(body, (inner) => {
      if (inner.kind === 'cases') unreachableCases(report, inner, blanks);
    });
  }
  for (const status of program.statuses) {
    let highest: Expression | null = null;
    for (const { name, from } of status.levels) {
      const value = from === null ? null : constantOf(from, blanks);
      const top = highest === null ? null : constantOf(highest, blanks);
      if (from !== null && value !== null && top !== null && highest !== null && compare(value, top) <= 0) {
        warn(report, 'row_unreachable', from.at, { row: name, earlier: 'the level before it' }, [
          { at: highest.at, note: 'row_before' },
        ]);
      }
      if (from !== null) highest = from;
    }
  }
}

function unreachableCases(
  report: Report,
  { cases }: Expression & { kind: 'cases' },
  blanks: BlankValues,
): void {
  cases.forEach(({ when }, index) => {
    const earlier = cases.slice(0, index).find((one) => isImplied(when, one.when, blanks));
    if (earlier !== undefined) {
      const facts = { row: String(index + 1), earlier: String(cases.indexOf(earlier) + 1) };
      warn(report, 'row_unreachable', when.at, facts, [{ at: earlier.when.at, note: 'row_before' }]);
    }
  });
}

/** Whether `condition` can hold only where `earlier` holds. */
function isImplied(condition: Expression, earlier: Expression, blanks: BlankValues): boolean {
  if (sameShape(condition, earlier)) return true;
  if (condition.kind === 'and') return condition.parts.some((part) => isImplied(part, earlier, blanks));
  if (earlier.kind === 'or') return earlier.parts.some((part) => isImplied(condition, part, blanks));
  if (condition.kind !== 'compare' || earlier.kind !== 'compare') return false;
  if (condition.comparison !== earlier.comparison || !sameShape(condition.left, earlier.left)) return false;
  const own = constantOf(condition.right, blanks);
  const other = constantOf(earlier.right, blanks);
  if (own === null || other === null) return false;
  const order = compare(own, other);
  if (condition.comparison === 'at least' || condition.comparison === 'more than') return order >= 0;
  return (condition.comparison === 'at most' || condition.comparison === 'less than') && order <= 0;
}

/** Equal but for places and the numbers of items bound inside. */
function sameShape(a: Expression, b: Expression): boolean {
  return shape(a) === shape(b);
}

function shape(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => {
    if (key === 'at' || key === 'item') return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
}
