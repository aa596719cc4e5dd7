// SPDX-License-Identifier: Apache-2.0
// Circles among clauses: one that reads another that, by whatever way, reads the first.
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import type { Index } from './program-index.ts';
import { note, type Report } from './report.ts';
import { clauseExpressions, visit } from './walk.ts';

/** Notes every clause that needs its own amount. */
export function circularClauses(report: Report, program: Program, index: Index): void {
  const reads = new Map(
    program.clauses.map((clause) => [clause.id, readsOf(clauseExpressions(clause), index)]),
  );
  for (const clause of program.clauses) {
    const reached = new Set<string>();
    const waiting = [...(reads.get(clause.id) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(...(reads.get(next) ?? []));
    }
    if (reached.has(clause.id)) note(report, 'circular_definition', clause.at, { name: clause.name });
  }
}

/** Ids of the clauses that formulas read, through named values. */
function readsOf(expressions: readonly Expression[], index: Index): Set<string> {
  const reads = new Set<string>();
  const called = new Set<string>();
  const see = (inner: Expression): void => {
    if (inner.kind === 'entitlement') reads.add(inner.clause);
    if ((inner.kind === 'call' || inner.kind === 'rise') && !called.has(inner.value)) {
      called.add(inner.value);
      const body = index.values.get(inner.value)?.body;
      if (body !== undefined) visit(body, see);
    }
  };
  for (const expression of expressions) visit(expression, see);
  return reads;
}
