// SPDX-License-Identifier: Apache-2.0
// What is promised stays promised: points that were used, whatever facts come later, are never un-used, taken from
// other lots or used again. What then lacks behind them is owed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileEngine } from '../../packages/core/engine/compiled/compile.ts';
import { knownAt } from '../../packages/core/engine/known.ts';
import { evaluate, scopesOf } from '../../packages/core/engine/reference/evaluate.ts';
import { walletsOf } from '../../packages/core/engine/reference/points.ts';
import { accountText, balances } from '../../packages/core/ledger/accounts.ts';
import type { BookEntry } from '../../packages/core/ledger/book-entry.ts';
import {
  applyEntry,
  type Books,
  type Evaluate,
  newBooks,
  transfersIn,
} from '../../packages/core/ledger/books.ts';
import { keyText } from '../../packages/core/ledger/differences.ts';
import { isWalletSound, pending, usable, walletTotals } from '../../packages/core/ledger/lots.ts';
import { bookRules } from '../../packages/core/ledger/roles.ts';
import type { Line } from '../../packages/core/program/entitlement.ts';
import { storeBuilder } from '../../packages/core/program/fact-store.ts';
import type { Entry } from '../../packages/core/program/log.ts';
import type { Program } from '../../packages/core/program/program.ts';
import { nothingPromised, type Promised, promise } from '../../packages/core/program/promise.ts';
import { canonicalText } from '../../packages/core/proof/canonical.ts';
import {
  club,
  entitledBy,
  facts,
  firstDay,
  freezing,
  keeping,
  lastDay,
  log,
  sales,
  withUses,
} from './agreements.ts';

const versions = [{ program: club, from: null, to: null }];

const logWithUses = withUses(log, 12);

function grantsOf({ grants }: Promised) {
  return [...grants.values()].flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

function usesOf({ promised }: Books) {
  return new Map([...promised.uses.values()].flat().map((use) => [use.id, use] as const));
}

function holdsOf({ promised }: Books) {
  return new Map([...promised.holds.values()].flat().map((hold) => [hold.id, hold] as const));
}

const sumOf = (amounts: readonly { readonly amount: bigint }[]) =>
  amounts.reduce((sum, { amount }) => sum + amount, 0n);

test('a later fact never changes what was used: neither the lots, nor how many, nor what was given for them', () => {
  fc.assert(
    fc.property(logWithUses, (entries) => {
      const books = newBooks(bookRules([club]));
      let before = new Map<string, string>();
      for (const entry of entries) {
        applyEntry(books, entry, entitledBy(club));
        const lots = [...holdsOf(books)].map(([id, hold]) => [`hold ${id}`, { ...hold, end: null }] as const);
        const now = new Map([...usesOf(books), ...lots].map(([id, use]) => [id, canonicalText(use)]));
        for (const [id, text] of before) expect(now.get(id)).toBe(text);
        before = now;
        for (const owner of ['Kim', 'Lee']) {
          const uses = books.promised.uses.get(owner) ?? [];
          const ended = (books.promised.holds.get(owner) ?? []).filter(({ end }) => end?.kind === 'posted');
          const used = sumOf(uses) + sumOf(ended);
          const posted = (clause: string) =>
            [...books.posted.values()]
              .filter((total) => total.clause === clause && total.payee === owner)
              .reduce((sum, { due }) => sum + due, 0n);
          expect(posted('Points/used')).toBe(used);
          const exchanged = uses.filter(({ by }) => by !== null);
          const vouchers = exchanged.reduce((sum, { amount }) => sum + amount / 100n, 0n);
          expect(posted('Voucher')).toBe(vouchers * 500n);
        }
      }
    }),
  );
});

test('no lot is used beyond what it has, and what is due is what is there less what is owed', () => {
  fc.assert(
    fc.property(logWithUses, (entries) => {
      const books = newBooks(bookRules([club]));
      for (const entry of entries) applyEntry(books, entry, entitledBy(club));
      const standing = balances(transfersIn(books));
      const known = { ...knownAt(books.entries, lastDay), promised: books.promised };
      for (const { owner, wallet } of walletsOf('Points', scopesOf(versions, known)).wallets) {
        expect(isWalletSound(wallet)).toBe(true);
        expect(wallet.promised.size).toBe(0);
        const inFlight = sumOf(
          [...books.holds.values()].filter(({ party, state }) => party === owner && state === 'pending'),
        );
        const notThere = inFlight - walletTotals(wallet).held;
        const there = usable(wallet, lastDay) + pending(wallet, lastDay) - wallet.shortage - notThere;
        const at = (purpose: 'due' | 'in flight') =>
          standing.get(accountText({ party: owner, asset: 'Points', purpose })) ?? 0n;
        expect([at('due'), at('in flight')]).toEqual([there, inFlight]);
      }
    }),
  );
});

test('what an evaluation promises is what it gives again when that is promised', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: firstDay, max: lastDay }), (entries, asOf) => {
      const known = knownAt(entries as readonly Entry[], asOf);
      const first = evaluate(versions, known);
      const promised = nothingPromised();
      if (first.promises !== undefined) promise(promised, first.promises);
      expect(evaluate(versions, { ...known, promised })).toEqual({ entitlements: first.entitlements });
    }),
  );
});

test('what a clause gave once, and kept, never falls, and what it gave for good is evaluated again as it was', () => {
  fc.assert(
    fc.property(log, (entries) => {
      const books = newBooks(bookRules([keeping]));
      const before = new Map<string, bigint>();
      for (const entry of entries) {
        applyEntry(books, entry, entitledBy(keeping));
        for (const { clause, payee, period, due } of books.posted.values()) {
          if (!books.rules.keeps(clause)) continue;
          const key = `${clause} ${payee} ${period}`;
          expect(due >= (before.get(key) ?? due)).toBe(true);
          if (due > 0n) before.set(key, due);
        }
        for (const key of before.keys())
          expect(
            [...books.posted.values()].some((now) => `${now.clause} ${now.payee} ${now.period}` === key),
          ).toBe(true);
      }
      const known = { ...knownAt(books.entries, lastDay), promised: books.promised };
      const again = evaluate([{ program: keeping, from: null, to: null }], known);
      expect(again.promises).toBeUndefined();
      for (const { clause, lines, amount } of again.entitlements)
        if (books.rules.keeps(clause))
          expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(amount);
    }),
  );
});

test('the lines of an issued statement stay, and later lines add up with them', () => {
  const statement = fc.tuple(fc.constantFrom('Kim', 'Lee'), fc.integer({ min: 1, max: 6 }));
  fc.assert(
    fc.property(log, fc.array(fc.tuple(fc.nat(30), statement), { maxLength: 8 }), (entries, issued) => {
      const mixed: BookEntry[] = [...entries];
      for (const [place, [payee, month]] of issued)
        mixed.splice(Math.min(place, mixed.length), 0, {
          kind: 'statement issued',
          payee,
          period: `2026-0${month}`,
        });
      const books = newBooks(bookRules([freezing]));
      for (const entry of mixed) {
        applyEntry(books, entry, entitledBy(freezing));
        for (const { items } of books.statements)
          for (const item of items) {
            const now = books.entitled.get(keyText(item));
            if (now === undefined || item.lines.length === 0) continue;
            const shown = now.lines.slice(0, item.lines.length);
            expect(shown.map(lineOf)).toEqual(item.lines.map(lineOf));
            expect(now.lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(now.amount);
          }
      }
      const plain = evaluate([{ program: sales, from: null, to: null }], knownAt(books.entries, lastDay));
      const known = { ...knownAt(books.entries, lastDay), promised: books.promised };
      const frozen = evaluate([{ program: freezing, from: null, to: null }], known);
      const amounts = (of: typeof plain) =>
        of.entitlements.flatMap((one) => (one.amount === 0n ? [] : [`${keyText(one)} ${one.amount}`]));
      expect(amounts(frozen)).toEqual(amounts(plain));
    }),
  );
});

/** What the engine that is kept up to date entry by entry tells the books. */
function entitledByEngine(agreement: Program): Evaluate {
  const engine = compileEngine([{ program: agreement, from: null, to: null }]).open(
    storeBuilder(agreement),
    firstDay,
  );
  let taken = 0;
  return (entries, told) => {
    engine.tell(told);
    const changes = [
      ...entries.slice(taken).flatMap((entry) => [...engine.append(entry), ...engine.settle()]),
      ...(entries.length > taken ? [] : ['Kim', 'Lee'].flatMap((party) => engine.again(party))),
    ];
    taken = entries.length;
    return {
      keys: changes.map(keyText),
      now: changes.map((change) =>
        change.amount !== 0n || change.held !== 0n || change.waiting.length > 0
          ? { ...change, lines: [] }
          : null,
      ),
      promises: engine.takePromises(),
    };
  };
}

test.each([
  ['a club', club],
  ['a club that keeps what it gave', keeping],
])('the engine that goes entry by entry promises and posts the same for %s', (_, agreement) => {
  fc.assert(
    fc.property(logWithUses, (entries) => {
      const [whole, stepwise] = [entitledBy(agreement), entitledByEngine(agreement)].map((evaluated) => {
        const books = newBooks(bookRules([agreement]));
        const applied = entries.map((entry) => applyEntry(books, entry, evaluated).kind);
        const { postings, ownTransfers, promised } = books;
        return {
          applied,
          text: canonicalText({
            postings,
            ownTransfers,
            uses: [...usesOf(books).values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
            holds: [...holdsOf(books).values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
            grants: grantsOf(promised),
          }),
        };
      });
      expect(stepwise).toEqual(whole);
    }),
  );
});

const lineOf = ({ fact, amount, note }: Line) => [fact?.id ?? null, amount, note];

test('more than can be used is refused, and changes nothing', () => {
  fc.assert(
    fc.property(logWithUses, (entries) => {
      const books = newBooks(bookRules([club]));
      const textOf = () =>
        canonicalText({
          recorded: books.recorded,
          postings: books.postings,
          uses: [...usesOf(books).values()],
          holds: [...holdsOf(books).values()],
        });
      for (const entry of entries) {
        const before = textOf();
        const applied = applyEntry(books, entry, entitledBy(club));
        if (applied.kind === 'refused') expect(textOf()).toBe(before);
        else if (applied.kind === 'recorded' && entry.kind === 'commitment') {
          const { id, amount } = entry.commitment;
          const use = usesOf(books).get(id)!;
          expect(sumOf(use.lots)).toBe(amount);
        } else if (applied.kind === 'recorded' && entry.kind === 'hold placed')
          expect(sumOf(holdsOf(books).get(entry.hold.id)!.lots)).toBe(entry.hold.amount);
      }
    }),
  );
});
