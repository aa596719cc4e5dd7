// SPDX-License-Identifier: Apache-2.0
// Circles: a clause that reads another that, by whatever way, reads the first; a status whose measure rests on
// amounts or points that depend on the status itself.
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Index } from './program-index.ts';
import { note, type Report } from './report.ts';
import { clauseExpressions, setsOf, visit } from './walk.ts';

/** Clauses and statuses that something reads, by id. The points of a wallet are read by the name of their asset. */
interface Reads {
  readonly clauses: ReadonlySet<string>;
  readonly statuses: ReadonlySet<string>;
  readonly wallets: ReadonlySet<string>;
}

/** Notes every clause that needs its own amount, and every status that needs itself. */
export function circularClauses(report: Report, program: Program, index: Index): void {
  const ofClause = new Map(
    program.clauses.map((clause) => [clause.id, readsOf(clauseExpressions(clause), index)]),
  );
  for (const { id, name, at } of program.clauses) {
    if (reaches(id, (next) => ofClause.get(next)?.clauses ?? [])) {
      note(report, 'circular_definition', at, { name });
    }
  }
  const ofStatus = new Map(
    program.statuses.map((status) => [
      status.id,
      readsOf([status.measure, ...status.levels.flatMap(({ from }) => from ?? [])], index),
    ]),
  );
  const followers = (key: string): string[] => {
    const [kind, id] = [key.slice(0, 1), key.slice(1)];
    const reads = kind === 'c' ? ofClause.get(id) : kind === 's' ? ofStatus.get(id) : undefined;
    if (kind === 'w') return program.clauses.flatMap((each) => (each.asset === id ? [`c${each.id}`] : []));
    if (reads === undefined) return [];
    // A clause that reads the wallet it fills acts in the order of the facts; only a status cannot wait for it.
    const wallets = kind === 's' ? [...reads.wallets].map((each) => `w${each}`) : [];
    return [
      ...[...reads.clauses].map((each) => `c${each}`),
      ...[...reads.statuses].map((each) => `s${each}`),
    ].concat(wallets);
  };
  for (const { id, at } of program.statuses) {
    if (reaches(`s${id}`, followers)) note(report, 'circular_definition', at, { name: id });
  }
}

/** Whether following leads from a node back to it. */
function reaches(start: string, followers: (node: string) => Iterable<string>): boolean {
  const reached = new Set<string>();
  const waiting = [...followers(start)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...followers(next));
  }
  return reached.has(start);
}

/** What formulas read, through named values and kinds of facts that are defined by a condition. */
function readsOf(expressions: readonly Expression[], index: Index): Reads {
  const reads = { clauses: new Set<string>(), statuses: new Set<string>(), wallets: new Set<string>() };
  const entered = new Set<string>();
  const enter = (name: string, bodies: readonly Expression[]): void => {
    if (entered.has(name)) return;
    entered.add(name);
    for (const body of bodies) visit(body, see);
  };
  const value = (name: string): void => {
    const body = index.values.get(name)?.body;
    enter(`value ${name}`, body === undefined ? [] : [body]);
  };
  const kind = (name: string): void => {
    const rule = index.derivedKinds.get(name)?.rule;
    if (rule !== undefined) enter(`kind ${name}`, [rule.kind === 'whose' ? rule.condition : rule.each]);
  };
  const set = (each: SetExpression): void => {
    if (each.kind === 'facts') kind(each.factKind);
    if (each.kind === 'named') value(each.value);
  };
  const see = (inner: Expression): void => {
    if (inner.kind === 'entitlement') reads.clauses.add(inner.clause);
    if (inner.kind === 'status') reads.statuses.add(inner.status);
    if (inner.kind === 'balance') reads.wallets.add(inner.asset);
    if (inner.kind === 'call' || inner.kind === 'rise' || inner.kind === 'place') value(inner.value);
    for (const each of setsOf(inner)) set(each);
  };
  for (const expression of expressions) visit(expression, see);
  return reads;
}
