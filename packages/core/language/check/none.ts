// SPDX-License-Identifier: Apache-2.0
// Results that may be none: a mean, least, greatest, first or last of nothing, and a division by something that can
// be nought. Where such a result reaches a clause, the text must say what holds then.

import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import { isZero } from '../../values/rational.ts';
import { constantOf, isConstant } from './constants.ts';
import type { Index } from './program-index.ts';
import { note, type Report } from './report.ts';
import { partsOf, rowExpressions } from './walk.ts';

/** Notes every place at which none could reach a clause, a status or a kind unhandled. */
export function unhandledNone(report: Report, program: Program, index: Index): void {
  const seen = new Set<string>();
  const follow = (expression: Expression): void => {
    if (expression.kind === 'ifNone') {
      for (const part of partsOf(expression.of)) followHandled(part);
      follow(expression.otherwise);
      return;
    }
    const reason = noneReason(expression, index);
    if (reason !== null) note(report, 'none_not_handled', expression.at, { reason });
    if (expression.kind === 'call' && !seen.has(expression.value)) {
      seen.add(expression.value);
      const body = index.values.get(expression.value)?.body;
      if (body !== undefined) follow(body);
    }
    for (const part of partsOf(expression)) follow(part);
  };
  // Under `if there is none` none is handled, but conditions inside sets still ask for their own.
  const followHandled = (expression: Expression): void => {
    if (expression.kind === 'ifNone') follow(expression.otherwise);
    for (const part of partsOf(expression)) followHandled(part);
  };
  for (const clause of program.clauses) {
    follow(clause.amount);
    for (const row of clause.rows) for (const part of rowExpressions(row)) follow(part);
  }
  for (const status of program.statuses) follow(status.measure);
  for (const settlement of program.settlements) {
    for (const row of settlement.rows) for (const part of rowExpressions(row)) follow(part);
  }
  for (const kind of program.derivedKinds) {
    if (kind.rule.kind === 'whose') follow(kind.rule.condition);
  }
}

/** Why an expression by itself may be none, or null. */
function noneReason(expression: Expression, index: Index): string | null {
  if (expression.kind === 'fold') {
    if (expression.leastCount !== null) return `the ${expression.fold} of too few`;
    const { fold } = expression;
    return fold === 'sum' || fold === 'count' ? null : `the ${fold} of nothing`;
  }
  if (expression.kind !== 'arithmetic' || expression.operator !== '/') return null;
  if (!isConstant(expression.right)) return 'a division by something that can be nought';
  const divisor = constantOf(expression.right, index.blanks);
  return divisor !== null && isZero(divisor) ? 'a division by nought' : null;
}
