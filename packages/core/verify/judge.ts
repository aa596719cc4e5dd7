// SPDX-License-Identifier: Apache-2.0
// Holds the items of a statement against what the entries of its bundle give. An item is *recomputed* when its whole
// amount and each of its lines come out the same; *attested* when the service signed for it. Anything else is a problem.

import { keyText } from '../ledger/differences.ts';
import type { StatementBody, StatementBodyItem } from '../ledger/statement-body.ts';
import type { Entitlement, Line } from '../program/entitlement.ts';
import { parseAmountText } from '../values/asset.ts';
import type { Attested } from './bundle.ts';
import { isAttested, type Recomputing, recomputed } from './recompute.ts';

export interface Verdict {
  readonly component: string;
  readonly earned: string;
  readonly asset: string;
  /** Posted here. */
  readonly due: string;
  readonly kind: 'recomputed' | 'attested';
  /** Of what is attested, or of what it was recomputed over: why it cannot be recomputed, in words. */
  readonly over: readonly string[];
}

export interface Problem {
  readonly code: ProblemCode;
  readonly facts: Readonly<Record<string, string>>;
}

export type ProblemCode =
  | 'bundle_unreadable'
  | 'bundle_not_canonical'
  | 'bundle_signature_wrong'
  | 'checkpoint_signature_wrong'
  | 'entry_not_in_log'
  | 'entries_out_of_order'
  | 'text_does_not_compile'
  | 'text_not_signed'
  | 'statement_changed'
  | 'statement_not_issued'
  | 'value_not_sealed'
  | 'amount_differs'
  | 'lines_differ'
  | 'before_differs'
  | 'totals_differ';

/** Verdicts on every item, and every problem found. */
export function judged(
  recomputing: Recomputing,
  body: StatementBody,
  attested: Attested,
): { readonly verdicts: readonly Verdict[]; readonly problems: readonly Problem[] } {
  const now = recomputed(recomputing, body.recorded);
  const problems: Problem[] = [...totalProblems(body)];
  const verdicts = body.items.map((item): Verdict => {
    const { component, earned, asset, due } = item;
    const own = attested.entitlements.find(
      (one) => one.clause === item.clause && one.period === earned && one.asset === asset,
    );
    problems.push(...itemProblems(item, now.get(keyOf(item, body.payee)), own !== undefined));
    problems.push(...beforeProblems(recomputing, body, item, attested));
    const settled = attested.settled.filter(
      ({ settlement }) => item.clause === settlement || item.clause.startsWith(`${settlement}/`),
    );
    return {
      ...{ component, earned, asset, due },
      kind: own === undefined ? 'recomputed' : 'attested',
      over:
        own?.because ??
        settled.map(({ settlement }) => `the balance of ${settlement} that was settled before`),
    };
  });
  return { verdicts, problems };
}

export function keyOf({ clause, earned, asset }: StatementBodyItem, payee: string): string {
  return keyText({ clause, payee, period: earned, asset });
}

export function itemProblems(
  { component, earned, due, before, lines }: StatementBodyItem,
  found: Entitlement | undefined,
  isSigned: boolean,
): readonly Problem[] {
  const whole = parseAmountText(before) + parseAmountText(due);
  const amount = found?.amount ?? 0n;
  const facts = { component, period: earned };
  if (whole !== amount)
    return [{ code: 'amount_differs', facts: { ...facts, stated: `${whole}`, found: `${amount}` } }];
  if (isSigned) return [];
  const stated = lines.map(({ fact, note, amount: text }) => lineText(fact, note, parseAmountText(text)));
  const own = (found?.lines ?? []).map(({ fact, note, amount: minor }) => lineText(fact, note, minor));
  return stated.length === own.length && stated.every((text, index) => text === own[index])
    ? []
    : [{ code: 'lines_differ', facts }];
}

function lineText(fact: Line['fact'], note: string, amount: bigint): string {
  return JSON.stringify([fact?.kind ?? '', fact?.id ?? '', note, `${amount}`]);
}

/** What a restated item says it was before must be what the log gave before the first cause. */
export function beforeProblems(
  recomputing: Recomputing,
  { payee }: StatementBody,
  item: StatementBodyItem,
  attested: Attested,
): readonly Problem[] {
  const { clause, component, earned: period, asset, restates } = item;
  if (restates === null || isAttested(attested, { clause, period, asset })) return [];
  if (attested.before.some((one) => one.clause === clause && one.period === period && one.asset === asset))
    return [];
  const first = restates.causes.reduce((least, { sequence }) => Math.min(least, sequence), Infinity);
  const found = recomputed(recomputing, first - 1).get(keyOf(item, payee))?.amount ?? 0n;
  const stated = parseAmountText(restates.before);
  return found === stated
    ? []
    : [{ code: 'before_differs', facts: { component, period, stated: `${stated}`, found: `${found}` } }];
}

/** Totals are sums: items make what arises, payments what is paid, and both what is payable. */
function totalProblems({ totals, items, payments }: StatementBody): readonly Problem[] {
  return totals.flatMap(({ asset, carried, arising, paid, payable }) => {
    const sum = (amounts: readonly { readonly asset: string; readonly amount: bigint }[]) =>
      amounts.filter((one) => one.asset === asset).reduce((total, { amount }) => total + amount, 0n);
    const risen = sum(items.map((item) => ({ asset: item.asset, amount: raisedBy(item) })));
    const spent = sum(payments.map((one) => ({ asset: one.asset, amount: parseAmountText(one.amount) })));
    const [a, b, c, d] = [carried, arising, paid, payable].map(parseAmountText) as [
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    return risen === b && spent === c && a + b - c === d ? [] : [{ code: 'totals_differ', facts: { asset } }];
  });
}

/** By how much an item raises what is due. */
function raisedBy({ role, due }: StatementBodyItem): bigint {
  switch (role) {
    case 'owed':
    case 'settlement':
    case 'waived':
      return parseAmountText(due);
    case 'used':
    case 'expired':
      return -parseAmountText(due);
    case 'settled':
    case 'moved':
      return 0n;
  }
}
