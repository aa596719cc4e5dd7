// SPDX-License-Identifier: Apache-2.0
// What always holds of the books, one test per invariant, named by its sentence. A failure prints its seed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountText, balances } from '../../packages/core/ledger/accounts.ts';
import type { BookEntry } from '../../packages/core/ledger/book-entry.ts';
import {
  applyBatch,
  applyEntry,
  type Books,
  newBooks,
  transfersIn,
} from '../../packages/core/ledger/books.ts';
import { keyText } from '../../packages/core/ledger/differences.ts';
import type { Posting } from '../../packages/core/ledger/posting.ts';
import { bookRules } from '../../packages/core/ledger/roles.ts';
import type { Entry } from '../../packages/core/program/log.ts';
import type { Program } from '../../packages/core/program/program.ts';
import { copyOf } from '../../packages/core/program/promise.ts';
import { canonicalText } from '../../packages/core/proof/canonical.ts';
import { parsePeriod } from '../../packages/core/values/period.ts';
import { agreements, draw, entitledBy, entitlements, facts, lastDay, log, shuffled } from './agreements.ts';

const end: Entry = { kind: 'day', day: lastDay };

function booksOf(agreement: Program, entries: readonly BookEntry[]): Books {
  const books = newBooks(bookRules([agreement]));
  applyBatch(books, entries, entitledBy(agreement));
  return books;
}

/** Books that learn all at once, after these promises: nothing else is promised on the way. */
function booksAtOnce(agreement: Program, entries: readonly Entry[], promised: Books['promised']): Books {
  const books = { ...newBooks(bookRules([agreement])), promised: copyOf(promised) };
  books.entries.push(...entries);
  applyEntry(books, end, entitledBy(agreement));
  return books;
}

/** All that was recorded, as bytes would have it. */
function textOf({ postings, ownTransfers, statements, recorded, closed }: Books): string {
  return canonicalText({ postings, ownTransfers, statements, recorded, closed });
}

/** Sums of postings per key. */
function sums({ postings }: Books): Record<string, readonly [bigint, bigint]> {
  const found: Record<string, readonly [bigint, bigint]> = {};
  for (const posting of postings) {
    const key = keyText(posting);
    const [due, held] = found[key] ?? [0n, 0n];
    found[key] = [due + posting.due, held + posting.held];
  }
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, [due, held]]) => due !== 0n || held !== 0n)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The same without what settlements pay: their balances take differences as they fall due. */
function earned(books: Books): ReturnType<typeof sums> {
  const isEarned = (posting: Posting) => books.rules.roleOf(posting).kind !== 'settlement';
  return sums({ ...books, postings: books.postings.filter(isEarned) });
}

/** Holds, payments and statements of two parties, in any order and repeatedly. */
const ownEntry: fc.Arbitrary<BookEntry> = fc
  .record({
    kind: fc.constantFrom('placed', 'posted', 'voided', 'payment', 'statement'),
    number: fc.nat(3),
    party: fc.constantFrom('Kim', 'Lee'),
    amount: fc.bigInt({ min: -1n, max: 500n }),
    through: fc.option(fc.integer({ min: lastDay - 120, max: lastDay })),
  })
  .map(({ kind, number, party, amount, through }): BookEntry => {
    const id = `${number}`;
    switch (kind) {
      case 'placed':
        return { kind: 'hold placed', hold: { id, party, asset: 'USD', amount, through } };
      case 'posted':
        return { kind: 'hold posted', hold: id };
      case 'voided':
        return { kind: 'hold voided', hold: id };
      case 'payment':
        return {
          kind: 'commitment',
          commitment: { id, what: 'payment', party, asset: 'USD', amount, lots: [], reference: '' },
        };
      default:
        return { kind: 'statement issued', payee: party, period: `2026-0${number + 1}` };
    }
  });

/** A log with entries of our own at any place. */
const fullLog = fc
  .tuple(log, fc.array(fc.tuple(fc.nat(30), ownEntry), { maxLength: 15 }))
  .map(([entries, own]) => {
    const mixed: BookEntry[] = [...entries];
    for (const [place, entry] of own) mixed.splice(Math.min(place, mixed.length), 0, entry);
    return mixed;
  });

test('what a settlement pays is due once, and what flows into it is its debt and what it carries', () => {
  fc.assert(
    fc.property(log, (entries) => {
      const books = booksOf(draw, entries);
      const standing = balances(transfersIn(books));
      for (const party of ['Kim', 'Lee']) {
        const at = (purpose: 'due' | 'earned') =>
          standing.get(accountText({ party, asset: 'USD', purpose })) ?? 0n;
        const shown = (clause: string) =>
          [...books.entitled.values()].filter((key) => key.clause === clause && key.payee === party);
        const pay = shown('Pay').filter(({ state }) => state !== 'forecast');
        expect(at('due')).toBe(pay.reduce((sum, { amount }) => sum + amount, 0n));
        const last = (clause: string) =>
          shown(clause).find(({ period }) => period === '2026-06')?.amount ?? 0n;
        expect(at('earned')).toBe(last('Pay/carried') - last('Pay/owed'));
      }
    }),
  );
});

test('what is settled for a closed period that is over is never settled again', () => {
  fc.assert(
    fc.property(log, (entries) => {
      const books = newBooks(bookRules([draw]));
      for (const entry of entries) {
        const before = books.settled;
        const paid = books.postings.length;
        applyEntry(books, entry, entitledBy(draw));
        for (const { clause, period } of books.postings.slice(paid))
          if (clause.startsWith('Pay'))
            expect(parsePeriod(books.rules.calendar, period)!.end > (before[0]?.through ?? -Infinity)).toBe(
              true,
            );
      }
    }),
  );
});

describe.each(agreements)('the books of %s', (_, agreement) => {
  test('per asset, all accounts sum to zero', () => {
    fc.assert(
      fc.property(fullLog, (entries) => {
        const perAsset = new Map<string, bigint>();
        for (const [account, amount] of balances(transfersIn(booksOf(agreement, entries)))) {
          const asset = (JSON.parse(account) as string[])[1]!;
          perAsset.set(asset, (perAsset.get(asset) ?? 0n) + amount);
        }
        expect([...perAsset.values()].filter((sum) => sum !== 0n)).toEqual([]);
      }),
    );
  });

  test('lines add up to their total in every version, and postings to the entitlement', () => {
    fc.assert(
      fc.property(fullLog, (entries) => {
        const books = booksOf(agreement, entries);
        const { rules } = books;
        const expected = Object.fromEntries(
          [...books.entitled.values()]
            .filter(
              (entitlement) => rules.roleOf(entitlement).kind !== 'shown' && entitlement.state !== 'forecast',
            )
            .filter(({ amount, held }) => amount !== 0n || held !== 0n)
            .map((entitlement) => [keyText(entitlement), [entitlement.amount, entitlement.held] as const])
            .sort(([a], [b]) => (a! < b! ? -1 : 1)),
        );
        expect(sums(books)).toEqual(expected);
        for (const { lines, amount } of books.entitled.values())
          expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(amount);
        for (const { lines, due, dueBefore } of books.statements.flatMap(({ items }) => items))
          if (lines.length > 0)
            expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(due + dueBefore);
      }),
    );
  });

  test('replaying or duplicating facts changes nothing', () => {
    const withRepeats = log.chain((entries) =>
      fc.tuple(
        fc.constant(entries),
        fc.array(fc.tuple(fc.nat(entries.length), fc.nat(entries.length)), { maxLength: 8 }),
      ),
    );
    fc.assert(
      fc.property(withRepeats, ([entries, repeats]) => {
        const mixed = [...entries];
        for (const [what, where] of repeats) {
          const entry = entries[what];
          const first = entry === undefined ? -1 : mixed.indexOf(entry);
          if (entry !== undefined) mixed.splice(Math.max(first + 1, where), 0, entry);
        }
        expect(textOf(booksOf(agreement, mixed))).toBe(textOf(booksOf(agreement, entries)));
      }),
    );
  });

  test('order of arrival does not matter, given the same commitments', () => {
    fc.assert(
      fc.property(
        facts.chain((entries) => fc.tuple(fc.constant(entries), shuffled(entries))),
        ([entries, other]) => {
          const books = booksOf(agreement, [...entries, end]);
          expect(sums(booksAtOnce(agreement, other, books.promised))).toEqual(sums(books));
          expect(canonicalText(entitlements(agreement, other))).toBe(
            canonicalText(entitlements(agreement, entries)),
          );
        },
      ),
    );
  });

  test('a late fact gives the same entitlements as the same fact on time, given the same commitments', () => {
    fc.assert(
      fc.property(log, (entries) => {
        const onTime = entries.filter(({ kind }) => kind === 'fact');
        const late = booksOf(agreement, entries);
        expect(earned(late)).toEqual(earned(booksAtOnce(agreement, onTime, late.promised)));
        const closes = entries.flatMap((entry, place) => (entry.kind === 'close' ? [{ entry, place }] : []));
        for (const { recorded, accounting } of late.postings)
          for (const { entry, place } of closes)
            if (place + 1 < recorded) expect(accounting).not.toBe(entry.period);
      }),
    );
  });

  test('batches of 1, 7 and 500 give the same bytes', () => {
    fc.assert(
      fc.property(fullLog, (entries) => {
        const texts = [1, 7, 500].map((size) => {
          const books = newBooks(bookRules([agreement]));
          for (let start = 0; start < entries.length; start += size)
            applyBatch(books, entries.slice(start, start + size), entitledBy(agreement));
          return textOf(books);
        });
        expect(new Set(texts).size).toBe(1);
      }),
    );
  });

  test('one entry makes at most one difference per key', () => {
    fc.assert(
      fc.property(log, (entries) => {
        const { postings } = booksOf(agreement, entries);
        const seen = postings.map((posting) => `${posting.recorded} ${keyText(posting)}`);
        expect(new Set(seen).size).toBe(seen.length);
      }),
    );
  });

  test('a hold resolves at most once, and a commitment is never undone', () => {
    fc.assert(
      fc.property(fullLog, (entries) => {
        const books = newBooks(bookRules([agreement]));
        const ends = new Map<string, string>();
        let paid = 0n;
        for (const entry of entries) {
          applyEntry(books, entry, entitledBy(agreement));
          for (const { id, state } of books.holds.values()) {
            if (ends.has(id)) expect(state).toBe(ends.get(id));
            else if (state !== 'pending') ends.set(id, state);
          }
          const now = [...books.commitments.values()].reduce((sum, { amount }) => sum + amount, 0n);
          expect(now >= paid).toBe(true);
          paid = now;
        }
        const standing = balances(books.ownTransfers);
        const posted = [...books.holds.values()].filter(({ state }) => state === 'posted');
        const expected = paid + posted.reduce((sum, { amount }) => sum + amount, 0n);
        const total = [...standing]
          .filter(([account]) => account.includes('"paid"'))
          .reduce((sum, [, amount]) => sum + amount, 0n);
        expect(total).toBe(expected);
      }),
    );
  });

  test('an issued statement never changes', () => {
    fc.assert(
      fc.property(fullLog, (entries) => {
        const books = newBooks(bookRules([agreement]));
        const issued: string[] = [];
        for (const entry of entries) {
          applyEntry(books, entry, entitledBy(agreement));
          for (const statement of books.statements.slice(issued.length))
            issued.push(canonicalText(statement));
          expect(books.statements.slice(0, issued.length).map(canonicalText)).toEqual(issued);
        }
      }),
    );
  });
});
