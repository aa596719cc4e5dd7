// SPDX-License-Identifier: Apache-2.0
// What a statement tells beside its amounts: why each is what it is, the fields of its facts, the slices of its lines, and
// why a clause gave nothing. It is told again from the entries of a bundle, and must come out word for word.

import { dealsOf } from '../explain/statement-deals.ts';
import { toldOf } from '../explain/statement-item.ts';
import { nothingIn } from '../explain/statement-nothing.ts';
import { explainer } from '../explain/why.ts';
import { canonicalText } from '../proof/canonical.ts';
import { parsePeriod } from '../values/period.ts';
import type { AttestedKey } from './bundle.ts';
import { isAttested, keyOf, linesNow, type Recomputing, recomputer, scopesAt } from './recompute.ts';

/** The items and the clauses of nothing that the entries tell of otherwise. Amounts that are attested as a whole are left out. */
export function differingTold(recomputing: Recomputing): readonly AttestedKey[] {
  const { body, versions, attested } = recomputing;
  const { known, entitlements } = recomputer(recomputing)(body.recorded);
  const period = parsePeriod(versions.at(-1)!.program.policies.calendar, body.period.label);
  if (known === null || period === null) return [];
  const { program } = versions.at(-1)!;
  const scopes = scopesAt(recomputing, known, body.recorded);
  const entitled = [...entitlements.values()];
  const explain = explainer(versions, known, { entitlements: entitled }, scopes);
  const context = { program, explain, deals: dealsOf(program, known) };
  const items = body.items.flatMap((item): readonly AttestedKey[] => {
    const key = { clause: item.clause, period: item.earned, asset: item.asset };
    if (isAttested(attested, key)) return [];
    const lines = linesNow(item, entitlements.get(keyOf(item, body.payee)));
    const told = toldOf(context, { ...key, component: item.component, payee: body.payee, lines });
    const { section, why, lines: stated } = item;
    return canonicalText(told) === canonicalText({ section, why, lines: stated }) ? [] : [key];
  });
  const isShown = (clause: string, earned: string) =>
    body.items.some((item) => item.clause === clause && item.earned === earned);
  const found = nothingIn(scopes.at(-1)!, { payee: body.payee, period, entitled, isShown, explain });
  const own = new Map(found.map((one) => [`${one.clause}\u0000${one.earned}`, canonicalText(one)]));
  const nothing = body.nothing.flatMap((one): readonly AttestedKey[] =>
    own.get(`${one.clause}\u0000${one.earned}`) === canonicalText(one)
      ? []
      : [{ clause: one.clause, period: one.earned, asset: '' }],
  );
  return [...items, ...nothing];
}
