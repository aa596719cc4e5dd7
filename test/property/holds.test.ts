// SPDX-License-Identifier: Apache-2.0
// Points in flight: whoever asks at the same time, together they never take more than there is; what was set aside and
// then used is as if it had been used at once, and what was given up is as if nothing had happened.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownAt } from '../../packages/core/engine/known.ts';
import { scopesOf } from '../../packages/core/engine/reference/evaluate.ts';
import { walletsOf } from '../../packages/core/engine/reference/points.ts';
import { sold } from '../../packages/core/engine/reference/small-program.ts';
import type { BookEntry } from '../../packages/core/ledger/book-entry.ts';
import { applyEntry, type Books, newBooks } from '../../packages/core/ledger/books.ts';
import { lotStates, walletTotals } from '../../packages/core/ledger/lots.ts';
import { bookRules } from '../../packages/core/ledger/roles.ts';
import { club, entitledBy, factEntry, firstDay, lastDay, withUses } from './agreements.ts';

/** Sales that stay as they are, in any order, and days that begin among them. */
const growing = fc
  .array(
    fc.oneof(
      fc.record({ member: fc.constantFrom('Kim', 'Lee'), cents: fc.nat(20_000), on: fc.nat(180) }),
      fc.record({ days: fc.integer({ min: 1, max: 40 }) }),
    ),
    { minLength: 3, maxLength: 16 },
  )
  .map((rows): readonly BookEntry[] => {
    let today = firstDay;
    const entries = rows.map((row, place): BookEntry => {
      if ('days' in row) {
        today += row.days;
        return { kind: 'day', day: today };
      }
      return factEntry(sold(`S-${place}`, row.member, row.cents, firstDay + row.on));
    });
    return [{ kind: 'day', day: firstDay }, ...entries];
  });

function booksAfter(entries: readonly BookEntry[]): Books {
  const books = newBooks(bookRules([club]));
  for (const entry of entries) applyEntry(books, entry, entitledBy(club));
  return books;
}

function foldedWallets({ entries, promised }: Books, asOf: number) {
  const known = { ...knownAt(entries, asOf), promised };
  return walletsOf('Points', scopesOf([{ program: club, from: null, to: null }], known)).wallets;
}

/** Where the points of every lot are in the end, and what was posted in all. */
function outcomeOf(books: Books) {
  const lots = foldedWallets(books, Math.max(books.today ?? firstDay, lastDay)).flatMap(({ wallet }) =>
    [...wallet.lots.values()].map((lot) => [lot.id, ...lotStates.map((state) => lot[state])]),
  );
  const posted = [...books.posted.values()].map(({ clause, payee, due }) => `${clause} ${payee} ${due}`);
  return { lots, posted: posted.sort() };
}

const hold = (through: number | null, party: string, amount: bigint): BookEntry => ({
  kind: 'hold placed',
  hold: { id: 'X', party, asset: 'Points', amount, through },
});

const asked = fc.record({
  entries: growing,
  party: fc.constantFrom('Kim', 'Lee'),
  amount: fc.bigInt({ min: 1n, max: 90n }),
  place: fc.nat(16),
  later: fc.nat(16),
});

/** The entries with one more at a place, and others at a later one. */
function inserted(
  entries: readonly BookEntry[],
  [place, first]: readonly [number, BookEntry],
  [later, second]: readonly [number, readonly BookEntry[]],
): readonly BookEntry[] {
  const at = 1 + (place % entries.length);
  const end = at + (later % (entries.length - at + 1));
  return [...entries.slice(0, at), first, ...entries.slice(at, end), ...second, ...entries.slice(end)];
}

test('whatever is asked for at once, no lot gives more than it has, and nothing falls short', () => {
  let refused = 0;
  let inFlight = 0;
  fc.assert(
    fc.property(withUses(growing, 20), (entries) => {
      const books = newBooks(bookRules([club]));
      for (const entry of entries) {
        const applied = applyEntry(books, entry, entitledBy(club));
        if (applied.kind === 'refused' && applied.code === 'points_short') refused += 1;
        for (const { owner, wallet } of foldedWallets(books, books.today ?? firstDay)) {
          expect(wallet.shortage).toBe(0n);
          const uses = books.promised.uses.get(owner) ?? [];
          const stateOf = (id: string) => books.holds.get(id)!.state;
          const holds = (books.promised.holds.get(owner) ?? []).filter(({ id }) =>
            ['pending', 'posted'].includes(stateOf(id)),
          );
          inFlight += holds.filter(({ id }) => stateOf(id) === 'pending').length;
          const taken = new Map<string, bigint>();
          for (const { lot, amount } of [...uses, ...holds].flatMap(({ lots }) => lots))
            taken.set(lot, (taken.get(lot) ?? 0n) + amount);
          for (const [id, amount] of taken) {
            const lot = wallet.lots.get(id)!;
            expect(lot.spent + lot.held).toBe(amount);
            expect(amount <= lot.issued).toBe(true);
          }
          const { issued, ...states } = walletTotals(wallet);
          expect(Object.values(states).reduce((sum, amount) => sum + amount, 0n)).toBe(issued);
        }
      }
    }),
  );
  expect([refused > 0, inFlight > 0]).toEqual([true, true]);
});

test('points that are set aside and then used are used as if at once', () => {
  fc.assert(
    fc.property(asked, ({ entries, party, amount, place, later }) => {
      const redemption: BookEntry = {
        kind: 'commitment',
        commitment: {
          ...{ id: 'X', what: 'redemption', party, asset: 'Points', amount, lots: [], reference: '' },
        },
      };
      const inTwo = inserted(
        entries,
        [place, hold(null, party, amount)],
        [later, [{ kind: 'hold posted', hold: 'X' }]],
      );
      const atOnce = inserted(entries, [place, redemption], [later, []]);
      expect(outcomeOf(booksAfter(inTwo))).toEqual(outcomeOf(booksAfter(atOnce)));
    }),
  );
});

/** Sales on the day that has begun last, and days. */
const rows = fc.array(
  fc.oneof(
    fc.record({ member: fc.constantFrom('Kim', 'Lee'), cents: fc.nat(20_000) }),
    fc.record({ days: fc.integer({ min: 1, max: 40 }) }),
  ),
  { maxLength: 8 },
);

function onTheirDays(
  given: readonly (typeof rows extends fc.Arbitrary<readonly (infer T)[]> ? T : never)[],
  from: number,
) {
  let today = from;
  const entries = given.map((row, place): BookEntry => {
    if (!('days' in row)) return factEntry(sold(`S-${from}-${place}`, row.member, row.cents, today));
    today += row.days;
    return { kind: 'day', day: today };
  });
  return { entries, today };
}

test('points that are given up are where they would be if nothing had happened', () => {
  const game = fc.record({
    ...{ first: rows, then: rows, party: fc.constantFrom('Kim', 'Lee') },
    ...{ amount: fc.bigInt({ min: 1n, max: 90n }), quietDays: fc.nat(60), timesOut: fc.boolean() },
  });
  let timedOut = 0;
  fc.assert(
    fc.property(game, ({ first, then, party, amount, quietDays, timesOut }) => {
      const before = onTheirDays(first, firstDay);
      // A hold through today is over when tomorrow begins; what is voided today is free at the end of today.
      const next = before.today + 1 + quietDays;
      const after = onTheirDays(then, next);
      const end: readonly BookEntry[] = timesOut ? [] : [{ kind: 'hold voided', hold: 'X' }];
      const start: BookEntry = { kind: 'day', day: firstDay };
      const begins: BookEntry = { kind: 'day', day: next };
      const placed = hold(timesOut ? before.today : null, party, amount);
      const given = booksAfter([start, ...before.entries, placed, ...end, begins, ...after.entries]);
      const plain = booksAfter([start, ...before.entries, begins, ...after.entries]);
      expect(outcomeOf(given)).toEqual(outcomeOf(plain));
      if (!timesOut || !given.holds.has('X')) return;
      timedOut += 1;
      expect(given.holds.get('X')?.state).toBe('timed out');
      expect(applyEntry(given, { kind: 'hold posted', hold: 'X' }, entitledBy(club))).toMatchObject({
        code: 'hold_already_resolved',
      });
    }),
  );
  expect(timedOut).toBeGreaterThan(0);
});

test('points that are given up days later are in their lots again, or have expired', () => {
  const game = fc.record({
    ...{ first: rows, party: fc.constantFrom('Kim', 'Lee'), amount: fc.bigInt({ min: 1n, max: 90n }) },
    days: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(game, ({ first, party, amount, days }) => {
      const before = onTheirDays(first, firstDay);
      const quiet = onTheirDays(
        days.map((one) => ({ days: one })),
        before.today,
      ).entries;
      const start: BookEntry = { kind: 'day', day: firstDay };
      const given = booksAfter([
        ...[start, ...before.entries, hold(null, party, amount), ...quiet],
        { kind: 'hold voided', hold: 'X' },
      ]);
      expect(outcomeOf(given)).toEqual(outcomeOf(booksAfter([start, ...before.entries, ...quiet])));
    }),
  );
});
