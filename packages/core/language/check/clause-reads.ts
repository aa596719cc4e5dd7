// SPDX-License-Identifier: Apache-2.0
// A clause that reads another one: `the amount of "Commission" in the quarter`, for the same payee, unrounded.
import type { Expression } from '../../program/expression.ts';
import type { Expr } from '../tree.ts';
import { amountOfClause, slug } from './clause-names.ts';
import { type Context, type Env, reference } from './context.ts';
import { nearestName } from './lookup.ts';
import { fail } from './report.ts';
import { frameOf } from './scopes.ts';

/** What another clause entitles the payee at hand to. */
export function clauseAmount(
  context: Context,
  env: Env,
  tree: Extract<Expr, { kind: 'amountOf' }>,
): Expression {
  const { at } = tree;
  const name = tree.clause.text;
  const clause = context.clauseNames.get(name);
  if (clause === undefined) {
    const nearest = nearestName(name, context.clauseNames.keys()) ?? '';
    fail(context.report, 'clause_unknown', tree.clause.at, { name, nearest });
  }
  const payee = env.payee ?? env.it;
  if (payee === null) fail(context.report, 'it_unbound', at);
  const frame = tree.scope === null ? null : frameOf(context, env, tree.scope);
  const period = frame === null ? (env.period?.expression ?? null) : frame.period;
  const type = amountOfClause(context, clause);
  return { kind: 'entitlement', clause: slug(clause), of: reference(payee, at), period, type, at };
}
