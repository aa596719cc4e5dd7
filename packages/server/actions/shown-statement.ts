// SPDX-License-Identifier: Apache-2.0
// A statement as the wire shows it: its lines with the deal, customer, day and rate that people look for, and the whole
// body beside them.

import { namer } from '@rapport/core/explain/named.ts';
import type {
  Restatement,
  StatementBodyChange,
  StatementBodyItem,
  StatementBodyLine,
} from '@rapport/core/ledger/statement-body.ts';
import { divide, multiply, parseDecimal, rational, rationalText } from '@rapport/core/values/rational.ts';
import type { GivenAnswerOf } from '../wire/endpoint.ts';
import type { readStatement } from '../wire/statements.ts';
import type { FoundStatement } from './found-statement.ts';
import { statusOf } from './statement-standing.ts';

type Shown = GivenAnswerOf<typeof readStatement>;

/** `without`: the facts of the period that earned nothing, by now. */
export function shownStatement(
  { body, issued, status, standing, now, names }: FoundStatement,
  without: Shown['without'],
): Shown {
  const named = namer(names);
  const amountOf = (amount: string, asset: string) => ({ amount, asset });
  return {
    agreement: body.agreement.id,
    title: body.agreement.title,
    payee: body.payee,
    payeeName: names[body.payee] ?? null,
    payer: body.agreement.payer,
    period: body.period.label,
    start: body.period.from,
    end: body.period.through,
    version: issued?.version ?? null,
    state: status,
    recorded: body.recorded,
    agreementHash: body.agreement.hash,
    issuedAt: issued?.issued_at.toISOString() ?? null,
    hash: issued?.hash ?? null,
    items: body.items.map((item) => ({
      clause: item.clause,
      component: item.component,
      section: item.section,
      period: item.earned,
      due: amountOf(item.due, item.asset),
      held: amountOf(item.held, item.asset),
      dueBefore: amountOf(item.before, item.asset),
      isAdjustment: item.restates !== null,
      state: statusOf({ standing: item.standing, recorded: body.recorded }, standing, {
        ...item,
        payee: body.payee,
        period: item.earned,
      }),
      waiting: item.waiting.map(({ name, of }) => named(`${name} of ${of}`)),
      lines: item.lines.map((line) => shownLine(line, item.asset, { named, payee: body.payee, names })),
    })),
    totals: body.totals.map(({ asset, arising, held }) => ({
      asset,
      due: amountOf(arising, asset),
      held: amountOf(held, asset),
    })),
    accounts: body.totals.map(({ asset, carried, arising, paid, payable }) => ({
      carried: amountOf(carried, asset),
      arising: amountOf(arising, asset),
      paid: amountOf(paid, asset),
      payable: amountOf(payable, asset),
    })),
    payments: body.payments.map(({ id, on, asset, amount, reference }) => ({
      ...{ id, on, reference },
      amount: amountOf(amount, asset),
    })),
    now,
    balances: body.balances.map(({ component, earned, asset, amount }) => ({
      name: component,
      period: earned,
      closing: amountOf(amount, asset),
    })),
    changes: changesOf(body.items, body.changes, named),
    nothing: body.nothing.map(({ clause, component, earned, why }) => ({
      ...{ clause, component },
      period: earned,
      words: named(why.sentences[0] ?? ''),
    })),
    body,
    names: { ...names },
    without: [...without],
  };
}

/** What differs from the version before, and from what earlier statements said. */
function changesOf(
  items: readonly StatementBodyItem[],
  changes: readonly StatementBodyChange[],
  named: (text: string) => string,
): Shown['changes'] {
  const restated = items.flatMap(({ clause, component, earned, asset, restates }) =>
    restates === null ? [] : [{ clause, component, earned, asset, restatement: restates }],
  );
  const isRestated = (change: StatementBodyChange) =>
    restated.some(
      (one) => one.clause === change.clause && one.earned === change.earned && one.asset === change.asset,
    );
  return [...restated, ...changes.filter((change) => !isRestated(change))].map(
    ({ clause, component, earned, asset, restatement }) => ({
      ...{ clause, component },
      period: earned,
      ...shownRestatement(restatement, asset, named),
    }),
  );
}

function shownRestatement(
  { before, after, causes, moved }: Restatement,
  asset: string,
  named: (text: string) => string,
) {
  return {
    before: { amount: before, asset },
    after: { amount: after, asset },
    causes: causes.map(({ kind, id, revision, sequence, fields }) => ({
      sequence,
      words: named([`${kind} ${id}`, ...fields.map(({ name, figure }) => `${name} ${figure}`)].join(', ')),
      fact: revision > 0 ? { kind, id } : null,
    })),
    reshuffled: moved.length,
    moved: moved.map(({ fact, before: was, after: is, change }) => ({
      fact,
      before: { amount: was, asset },
      after: { amount: is, asset },
      change: { amount: change, asset },
    })),
  };
}

export function shownLine(
  { fact, note, amount, on, basis, fields, slices }: StatementBodyLine,
  asset: string,
  {
    named,
    payee,
    names,
  }: {
    readonly named: (text: string) => string;
    readonly payee: string;
    readonly names: Readonly<Record<string, string>>;
  },
): Shown['items'][number]['lines'][number] {
  return {
    fact,
    title: fact === null ? null : `${fact.kind} ${fact.id}`,
    customer: customerOf(fields, payee, names),
    date: on,
    basis: basis === null ? null : named(basis),
    rate: rateOf(slices, amount, basis),
    amount: { amount, asset },
    exact: rationalText(parseDecimal(amount)!),
    slices: slices.map(({ label, figure }) => ({ label, figure })),
    note,
  };
}

/** A field that says so, or another party than the payee. */
export function customerOf(
  fields: StatementBodyLine['fields'],
  payee: string,
  names: Readonly<Record<string, string>>,
): string | null {
  const found =
    fields.find(({ name }) => /^(customer|client|account|buyer)$/i.test(name)) ??
    fields.find(({ figure }) => figure !== payee && names[figure] !== undefined);
  return found === undefined ? null : (names[found.figure] ?? found.figure);
}

/** The rates of the slices; where they are not told, the share of the fact's own amount that the line comes to. */
function rateOf(slices: StatementBodyLine['slices'], amount: string, basis: string | null): string | null {
  const named = slices.flatMap(
    ({ label }) => / ?\(([\d.,]+%)\)|^([\d.,]+%)/.exec(label)?.slice(1).find(Boolean) ?? [],
  );
  if (named.length > 0) return [...new Set(named)].join(', ');
  const whole = basis === null ? null : parseDecimal(basis.replace(/[^\d.-]/g, ''));
  const share = whole === null ? null : divide(multiply(parseDecimal(amount)!, rational(100)), whole);
  if (share === null || share.d !== 1n) return null;
  return `${share.n}%`;
}
