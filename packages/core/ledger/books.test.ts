// SPDX-License-Identifier: Apache-2.0
// The books by example, over the smallest agreement there is: a tenth of the amount of each sale, by quarter.
import { describe, expect, test } from 'vitest';
import type { Entitlement } from '../program/entitlement.ts';
import type { Entry } from '../program/log.ts';
import { civilCalendar } from '../values/calendar.ts';
import { parseIsoDay } from '../values/date.ts';
import { periodContaining } from '../values/period.ts';
import { rational } from '../values/rational.ts';
import { accountText, balances } from './accounts.ts';
import type { BookEntry, Refusal } from './book-entry.ts';
import { applyBatch, applyEntry, type Evaluate, newBooks, transfersIn } from './books.ts';
import { refusalSentence } from './messages.ts';
import type { BookRules } from './roles.ts';

const calendar = civilCalendar('UTC');
const rules: BookRules = {
  calendar,
  keeps: () => false,
  isInLots: () => false,
  freezes: false,
  payerOf: () => 'Company',
  roleOf: () => ({ kind: 'owed' }),
  settlements: [],
};
const dayOf = (text: string) => parseIsoDay(text)!;

function sale(id: string, amount: number, on: string, revision = 1): Entry {
  return {
    kind: 'fact',
    fact: {
      kind: 'Sale',
      id,
      revision,
      fields: {
        Amount: { kind: 'quantity', value: rational(amount) },
        Closed: { kind: 'date', value: dayOf(on) },
      },
    },
    recordedOn: null,
  };
}

/** A tenth of each sale, one line each. */
const tenth: Evaluate = (entries) => {
  const latest = new Map(
    entries.flatMap((entry) => (entry.kind === 'fact' ? [[entry.fact.id, entry.fact]] : [])),
  );
  const periods = new Map<string, Entitlement>();
  for (const fact of latest.values()) {
    const { Amount, Closed } = fact.fields;
    if (Amount?.kind !== 'quantity' || Closed?.kind !== 'date') continue;
    const period = periodContaining(calendar, 'quarter', Closed.value).label;
    const before = periods.get(period);
    const amount = Amount.value.n / 10n;
    periods.set(period, {
      clause: 'c',
      component: 'Commission',
      payee: 'Ann',
      period,
      asset: 'USD',
      exact: rational(0),
      amount: (before?.amount ?? 0n) + amount,
      held: 0n,
      state: 'final',
      waiting: [],
      lines: [
        ...(before?.lines ?? []),
        { fact: { kind: 'Sale', id: fact.id }, exact: rational(amount), amount, note: 'credit' },
      ],
    });
  }
  return { entitlements: [...periods.values()], keys: 'all' };
};

const log: BookEntry[] = [
  sale('S-1', 1000, '2026-02-10'),
  { kind: 'statement issued', payee: 'Ann', period: '2026-Q1' },
  sale('S-2', 500, '2026-03-30'),
  { kind: 'statement issued', payee: 'Ann', period: '2026-Q1' },
  { kind: 'close', period: '2026-Q1', recordedOn: null },
  sale('S-1', 700, '2026-02-10', 2),
  { kind: 'statement issued', payee: 'Ann', period: '2026-Q2' },
];

describe('books', () => {
  test('post a late correction of a closed period as a difference in the open one', () => {
    const books = newBooks(rules);
    applyBatch(books, log, tenth);
    expect(
      books.postings.map(({ due, period, accounting, recorded }) => [due, period, accounting, recorded]),
    ).toEqual([
      [100n, '2026-Q1', '2026-Q1', 1],
      [50n, '2026-Q1', '2026-Q1', 3],
      [-30n, '2026-Q1', '2026-Q2', 6],
    ]);
    expect(books.postings.at(-1)?.causes).toEqual([{ kind: 'Sale', id: 'S-1', revision: 2 }]);
  });

  test('keep every version of a statement, each with what changed and because of what', () => {
    const books = newBooks(rules);
    applyBatch(books, log, tenth);
    const [first, second, next] = books.statements;
    expect([first?.version, first?.totals]).toEqual([1, [{ asset: 'USD', due: 100n, held: 0n }]]);
    expect(second).toMatchObject({
      version: 2,
      changes: [{ before: 100n, after: 150n, causes: [{ kind: 'Sale', id: 'S-2' }] }],
    });
    expect(next?.items).toMatchObject([
      {
        period: '2026-Q1',
        due: -30n,
        dueBefore: 150n,
        isAdjustment: true,
        lines: [{ amount: 70n }, { amount: 50n }],
      },
    ]);
  });

  test('record a repeat as nothing, and refuse a revision with other content', () => {
    const books = newBooks(rules);
    applyEntry(books, sale('S-1', 1000, '2026-02-10'), tenth);
    expect(applyEntry(books, sale('S-1', 1000, '2026-02-10'), tenth)).toEqual({ kind: 'repeated' });
    const refusal = applyEntry(books, sale('S-1', 1001, '2026-02-10'), tenth);
    expect(refusalSentence(refusal as Refusal)).toBe(
      'Revision 1 of Sale S-1 is recorded with other content. Send the change as a later revision.',
    );
    expect(books.recorded).toBe(1);
  });

  test('end a hold once, and let one time out when its day is over', () => {
    const books = newBooks(rules);
    const hold = (id: string, through: number | null) =>
      ({ kind: 'hold placed', hold: { id, party: 'Ann', asset: 'USD', amount: 40n, through } }) as const;
    const kindOf = (entry: BookEntry) => {
      const applied = applyEntry(books, entry, tenth);
      return applied.kind === 'refused' ? applied.code : applied.kind;
    };
    const steps: readonly (readonly [BookEntry, string])[] = [
      [sale('S-1', 1000, '2026-02-10'), 'recorded'],
      [hold('H-1', null), 'recorded'],
      [hold('H-1', null), 'repeated'],
      [hold('H-1', 5), 'same_hold_other_content'],
      [{ kind: 'hold posted', hold: 'H-1' }, 'recorded'],
      [{ kind: 'hold posted', hold: 'H-1' }, 'repeated'],
      [{ kind: 'hold voided', hold: 'H-1' }, 'hold_already_resolved'],
      [{ kind: 'hold voided', hold: 'H-9' }, 'hold_unknown'],
      [hold('H-2', dayOf('2026-03-01')), 'recorded'],
      [{ kind: 'day', day: dayOf('2026-03-02') }, 'recorded'],
      [{ kind: 'hold posted', hold: 'H-2' }, 'hold_already_resolved'],
    ];
    expect(steps.map(([entry]) => kindOf(entry))).toEqual(steps.map(([, kind]) => kind));
    const standing = balances(transfersIn(books));
    const at = (purpose: 'due' | 'paid' | 'in flight') =>
      standing.get(accountText({ party: 'Ann', asset: 'USD', purpose })) ?? 0n;
    expect([at('due'), at('paid'), at('in flight')]).toEqual([60n, 40n, 0n]);
  });

  test('keep what was paid when what stood behind it is taken away: the payee owes it', () => {
    const books = newBooks(rules);
    const payment = {
      id: 'pay-1',
      what: 'payment',
      party: 'Ann',
      asset: 'USD',
      amount: 100n,
      lots: [],
      reference: 'x',
    } as const;
    applyBatch(
      books,
      [
        sale('S-1', 1000, '2026-02-10'),
        { kind: 'commitment', commitment: payment },
        sale('S-1', 0, '2026-02-10', 2),
      ],
      tenth,
    );
    const standing = balances(transfersIn(books));
    expect(standing.get(accountText({ party: 'Ann', asset: 'USD', purpose: 'due' }))).toBe(-100n);
    expect(standing.get(accountText({ party: 'Ann', asset: 'USD', purpose: 'paid' }))).toBe(100n);
    expect([...standing.values()].reduce((sum, amount) => sum + amount, 0n)).toBe(0n);
  });
});
