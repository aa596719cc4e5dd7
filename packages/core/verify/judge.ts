// SPDX-License-Identifier: Apache-2.0
// Holds the items of a statement against what the entries of its bundle give. An item is *recomputed* when the payee's
// entries alone give its amount; *recomputed from attested values* when they give it together with values about others
// that are signed; *attested* when the amount itself is signed for. Anything else is a problem.

import { evaluate } from '../engine/reference/evaluate.ts';
import { keyText } from '../ledger/differences.ts';
import type { StatementBody, StatementBodyItem } from '../ledger/statement-body.ts';
import type { Entitlement, Line } from '../program/entitlement.ts';
import { parseAmountText } from '../values/asset.ts';
import { type AttestedValue, givenFrom } from './attested-value.ts';
import type { Attested, AttestedKey } from './bundle.ts';
import {
  accountedThrough,
  isAttested,
  isOfSettlement,
  keyOf,
  linesNow,
  type Recomputed,
  type Recomputing,
  recomputer,
} from './recompute.ts';
import { statedProblems } from './stated.ts';
import { differingTold } from './told.ts';
import { type ValueShown, valueShown } from './value-shown.ts';

export type VerdictKind = 'recomputed' | 'recomputed from attested' | 'attested';

export interface Verdict {
  readonly component: string;
  readonly earned: string;
  readonly asset: string;
  /** Posted here. */
  readonly due: string;
  readonly kind: VerdictKind;
  /** The attested values that it was recomputed from. */
  readonly values: readonly ValueShown[];
  /** What else it rests on that was signed and not recomputed, in words. */
  readonly over: readonly string[];
  /** Whether its lines come out the same, or are signed because facts of others bear them. */
  readonly lines: 'recomputed' | 'attested';
  /** Whether its explanation comes out word for word, or is signed because it tells of facts of others. */
  readonly why: 'recomputed' | 'attested';
}

/** What stands open beside the items: points, a debt, an excess that is carried. */
export interface BalanceVerdict {
  readonly component: string;
  readonly earned: string;
  readonly asset: string;
  readonly amount: string;
  readonly kind: 'recomputed' | 'attested';
}

/** A clause that gave nothing, and whether the entries alone say so in the same words. */
export interface NothingVerdict {
  readonly component: string;
  readonly earned: string;
  readonly kind: 'recomputed' | 'attested';
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
  | 'held_differs'
  | 'lines_differ'
  | 'why_differs'
  | 'before_differs'
  | 'balance_differs'
  | 'payment_not_in_log'
  | 'cause_differs'
  | 'totals_differ';

/** Verdicts on every item, and every problem found. */
export function judged(recomputing: Recomputing): {
  readonly verdicts: readonly Verdict[];
  readonly balances: readonly BalanceVerdict[];
  readonly nothing: readonly NothingVerdict[];
  readonly problems: readonly Problem[];
} {
  const { body, attested } = recomputing;
  const at = recomputer(recomputing);
  const now = at(body.recorded);
  const differing = differingTold(recomputing);
  const problems: Problem[] = [...totalProblems(body), ...statedProblems(body, recomputing.entries)];
  const kinds = new Map<string, VerdictKind>();
  const verdicts = body.items.map((item): Verdict => {
    const { component, earned, asset, due } = item;
    const key = { clause: item.clause, period: earned, asset };
    const found = now.entitlements.get(keyOf(item, body.payee));
    const isWhole = isAttested(attested, key);
    const isLines = isWhole || isIn(attested.lines, key);
    problems.push(...amountProblems(recomputing, at, item));
    if (!addsUp(item) || (!isLines && !isSameLines(item, found)))
      problems.push({ code: 'lines_differ', facts: { component, period: earned } });
    problems.push(...beforeProblems(at, body, item, attested));
    if (isIn(differing, key) && !isIn(attested.told, key))
      problems.push({ code: 'why_differs', facts: { component, period: earned } });
    const values = isWhole ? [] : valuesBehind(recomputing, at, item);
    const over = restsOn(recomputing, item, kinds);
    const kind = isWhole
      ? 'attested'
      : values.length + over.length > 0
        ? 'recomputed from attested'
        : 'recomputed';
    kinds.set(item.clause, kind);
    return {
      ...{ component, earned, asset, due, kind, values, over },
      lines: isLines ? 'attested' : 'recomputed',
      why: isWhole || isIn(attested.told, key) ? 'attested' : 'recomputed',
    };
  });
  const nothing = body.nothing.map(({ clause, component, earned }): NothingVerdict => {
    const key = { clause, period: earned, asset: '' };
    if (isIn(differing, key) && !isIn(attested.told, key))
      problems.push({ code: 'why_differs', facts: { component, period: earned } });
    return { component, earned, kind: isIn(attested.told, key) ? 'attested' : 'recomputed' };
  });
  const others = differingBalances(now, body);
  const balances = body.balances.map(({ clause, component, earned, asset, amount }): BalanceVerdict => {
    const key = { clause, period: earned, asset };
    const isSigned = isIn(attested.balances, key);
    if (isIn(others, key) && !isSigned)
      problems.push({ code: 'balance_differs', facts: { component, period: earned } });
    return { component, earned, asset, amount, kind: isSigned ? 'attested' : 'recomputed' };
  });
  return { verdicts, balances, nothing, problems };
}

/** The balances beside the items that the entries alone do not give. */
export function differingBalances(
  { entitlements }: Recomputed,
  { balances, payee }: StatementBody,
): readonly AttestedKey[] {
  return balances.flatMap(({ clause, earned: period, asset, amount }) => {
    const found = entitlements.get(keyText({ clause, payee, period, asset }));
    return (found?.amount ?? 0n) === parseAmountText(amount) ? [] : [{ clause, period, asset }];
  });
}

function isIn(keys: readonly AttestedKey[], { clause, period, asset }: AttestedKey): boolean {
  return keys.some((one) => one.clause === clause && one.period === period && one.asset === asset);
}

/** The attested values that the amount of an item asks for, when it is computed alone. */
function valuesBehind(
  recomputing: Recomputing,
  at: (through: number) => Recomputed,
  item: StatementBodyItem,
): readonly ValueShown[] {
  const { versions, body, attested } = recomputing;
  const through = accountedThrough(recomputing, item.earned);
  const { known } = at(through);
  if (attested.values.length === 0 || known === null) return [];
  const asked = new Set<AttestedValue>();
  const isWanted = (clause: string, period: string) => clause === item.clause && period === item.earned;
  const used = (value: AttestedValue) => asked.add(value);
  const given = givenFrom(attested.values, { payee: body.payee, through, used });
  evaluate(versions, known, { only: { payee: body.payee, isWanted }, given });
  return [...asked].map((value) => valueShown(versions, value, body.payee));
}

/** What else an item rests on that is signed. `kinds`: the verdicts on the clauses before it. */
function restsOn(
  { versions, attested }: Recomputing,
  { clause, earned: period, asset }: StatementBodyItem,
  kinds: ReadonlyMap<string, VerdictKind>,
): readonly string[] {
  const whole = attested.entitlements.find((one) => isIn([one], { clause, period, asset }));
  if (whole !== undefined) return whole.because;
  const { clauses, settlements, assets } = versions.at(-1)!.program;
  const settlement = settlements.find(({ id }) => isOfSettlement(clause, id));
  if (settlement !== undefined) {
    const balances = attested.settled.filter((one) => one.settlement === settlement.id);
    const flowing = settlement.from.filter(
      (id) =>
        attested.entitlements.some((one) => one.clause === id) ||
        (kinds.get(id) ?? 'recomputed') !== 'recomputed',
    );
    return [
      ...balances.map(() => `the balance of ${settlement.name} that was settled before`),
      ...flowing.map(
        (id) => `${clauses.find((one) => one.id === id)?.name ?? id}, which is attested in part`,
      ),
    ];
  }
  const { promised } = attested;
  if (promised === null) return [];
  const isPoints = assets.some(({ id }) => asset === id || clause.startsWith(`${id}/`));
  const isUsed = promised.uses.some(({ by }) => by?.clause === clause);
  const isKept = promised.kept.some((one) => one.clause === clause && one.period === period);
  return [
    ...(isPoints || isUsed ? ['the uses of points that the books had promised'] : []),
    ...(isKept ? ['what the books had promised to keep'] : []),
  ];
}

/** Whether the whole amount, as it is accounted by the statement, and what is held come out the same. */
export function amountProblems(
  recomputing: Recomputing,
  at: (through: number) => Recomputed,
  item: StatementBodyItem,
): readonly Problem[] {
  const { body } = recomputing;
  const { component, earned, due, before, held } = item;
  const key = keyOf(item, body.payee);
  const whole = parseAmountText(before) + parseAmountText(due);
  const amount = at(accountedThrough(recomputing, earned)).entitlements.get(key)?.amount ?? 0n;
  const facts = { component, period: earned };
  if (whole !== amount)
    return [{ code: 'amount_differs', facts: { ...facts, stated: `${whole}`, found: `${amount}` } }];
  const stated = parseAmountText(held);
  const own = at(body.recorded).entitlements.get(key)?.held ?? 0n;
  return stated === own
    ? []
    : [{ code: 'held_differs', facts: { ...facts, stated: `${stated}`, found: `${own}` } }];
}

/** Lines that are told add up to the whole, whoever signed them. */
function addsUp({ due, before, lines }: StatementBodyItem): boolean {
  const sum = lines.reduce((total, { amount }) => total + parseAmountText(amount), 0n);
  return lines.length === 0 || sum === parseAmountText(before) + parseAmountText(due);
}

/** Whether each line of an item comes out the same. */
export function isSameLines(item: StatementBodyItem, found: Entitlement | undefined): boolean {
  const { lines } = item;
  const stated = lines.map(({ fact, note, amount: text }) => lineText(fact, note, parseAmountText(text)));
  const own = linesNow(item, found).map(({ fact, note, amount: minor }) => lineText(fact, note, minor));
  return stated.length === own.length && stated.every((text, index) => text === own[index]);
}

function lineText(fact: Line['fact'], note: string, amount: bigint): string {
  return JSON.stringify([fact?.kind ?? '', fact?.id ?? '', note, `${amount}`]);
}

/** What a restated item says it was before must be what the log gave before the first cause. */
export function beforeProblems(
  at: (through: number) => Recomputed,
  { payee }: StatementBody,
  item: StatementBodyItem,
  attested: Attested,
): readonly Problem[] {
  const { clause, component, earned: period, asset, restates } = item;
  if (restates === null || isAttested(attested, { clause, period, asset })) return [];
  if (isIn(attested.before, { clause, period, asset })) return [];
  const first = restates.causes.reduce((least, { sequence }) => Math.min(least, sequence), Infinity);
  const found = at(first - 1).entitlements.get(keyOf(item, payee))?.amount ?? 0n;
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
