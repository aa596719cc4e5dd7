// SPDX-License-Identifier: Apache-2.0
// The invariants of the books over every agreement in examples/ and the facts of its worked examples: repeated, in
// another order, with days that begin and periods that are closed among them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownAt } from '../../packages/core/engine/known.ts';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { accountText, balances } from '../../packages/core/ledger/accounts.ts';
import { applyBatch, type Books, newBooks, transfersIn } from '../../packages/core/ledger/books.ts';
import { keyText } from '../../packages/core/ledger/differences.ts';
import { bookRules } from '../../packages/core/ledger/roles.ts';
import type { Entry, FromBooks } from '../../packages/core/program/log.ts';
import { copyOf, nothingPromised } from '../../packages/core/program/promise.ts';
import { canonicalText } from '../../packages/core/proof/canonical.ts';
import { periodContaining } from '../../packages/core/values/period.ts';
import type { Sample } from '../agreement-samples.ts';
import { shuffled } from './agreements.ts';
import { casesOf, type ExampleCase, samples } from './example-cases.ts';

const numRuns = 4;

/** With `after`: all at once, after these promises, so that nothing else is promised on the way. */
function booksOf(
  { program }: ExampleCase,
  entries: readonly Entry[],
  size: number,
  after: Books['promised'] | null = null,
): Books {
  const books = newBooks(bookRules([program]));
  const version = [{ program, from: null, to: null }];
  const evaluated = (log: readonly Entry[], { settled = [], promised = nothingPromised() }: FromBooks) => {
    const asOf = log.findLast((entry) => entry.kind === 'day')?.day;
    const known = asOf === undefined ? null : { ...knownAt(log, asOf), settled, promised };
    return {
      ...(known === null ? { entitlements: [] } : evaluate(version, known)),
      keys: 'all' as const,
    };
  };
  if (after !== null) {
    const told = { ...books, promised: copyOf(after) };
    told.entries.push(...entries.slice(0, -1));
    applyBatch(told, entries.slice(-1), evaluated);
    return told;
  }
  for (let start = 0; start < entries.length; start += size)
    applyBatch(books, entries.slice(start, start + size), evaluated);
  return books;
}

function sums({ postings, rules }: Books): readonly (readonly [string, bigint])[] {
  const found = new Map<string, bigint>();
  for (const posting of postings) {
    if (rules.roleOf(posting).kind === 'settlement') continue;
    found.set(keyText(posting), (found.get(keyText(posting)) ?? 0n) + posting.due);
  }
  return [...found].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Facts in any order, some of them twice; what is no fact keeps its order, since the last word counts. */
function mixed({ entries, last, program }: ExampleCase): fc.Arbitrary<readonly Entry[]> {
  const facts = entries.filter(({ kind }) => kind === 'fact');
  const others = entries.filter(({ kind }) => kind !== 'fact' && kind !== 'close');
  const { calendar } = program.policies;
  return fc
    .tuple(shuffled([...facts, ...facts.slice(0, 3)]), fc.array(fc.nat(facts.length), { maxLength: 3 }))
    .map(([arrived, places]) => {
      const log: Entry[] = [...others, ...arrived];
      for (const [index, place] of [...places].sort((a, b) => a - b).entries()) {
        const day = last - 100 + 30 * index;
        const month = periodContaining(calendar, 'month', day - 40);
        log.splice(
          others.length + place,
          0,
          { kind: 'day', day },
          { kind: 'close', period: month.label, recordedOn: null },
        );
      }
      return [...log, { kind: 'day', day: last + 100 }];
    });
}

/** Where a late fact does not change the period it belongs to, the order of arrival is part of what is known. */
const isFreeOfOrder = (sample: Sample) =>
  casesOf(sample).every(({ program }) => program.policies.late.kind === 'restate');

describe.each(samples.filter(isFreeOfOrder).map((sample) => [sample.source, sample] as const))(
  '%s',
  (_, sample) => {
    test('keeps the invariants of the books in whatever order its facts arrive', () => {
      for (const one of casesOf(sample)) {
        const onTime: readonly Entry[] = [
          ...one.entries.filter(({ kind }) => kind !== 'close'),
          { kind: 'day', day: one.last + 100 },
        ];
        const straight = booksOf(one, onTime, 500);
        const hasPromises = ({ promised: { uses, grants, kept } }: Books) =>
          uses.size + grants.size + kept.size > 0;
        fc.assert(
          fc.property(mixed(one), (entries) => {
            const books = booksOf(one, entries, 1);
            const same = hasPromises(books) ? booksOf(one, onTime, 500, books.promised) : straight;
            expect(
              sums(books),
              `${one.name}: order of arrival does not matter, given the same commitments`,
            ).toEqual(sums(same));
            const [bytes, again] = [books, booksOf(one, entries, 7)].map(({ postings, ownTransfers }) =>
              canonicalText({ postings, ownTransfers }),
            );
            expect(bytes, `${one.name}: batches of 1 and 7 give the same bytes`).toBe(again);
            const perAsset = new Map<string, bigint>();
            for (const { debit, credit, amount } of transfersIn(books))
              for (const [account, signed] of [
                [debit, -amount],
                [credit, amount],
              ] as const)
                perAsset.set(account.asset, (perAsset.get(account.asset) ?? 0n) + signed);
            expect(
              [...perAsset.values()].every((sum) => sum === 0n),
              `${one.name}: all accounts sum to zero`,
            ).toBe(true);
            for (const { lines, amount, component } of books.entitled.values())
              if (lines.length > 0)
                expect(
                  lines.reduce((sum, line) => sum + line.amount, 0n),
                  `${one.name}: lines of ${component} add up`,
                ).toBe(amount);
          }),
          { numRuns },
        );
      }
    });
  },
);

test('what is due in the record club is what can be used and what will be', () => {
  for (const one of casesOf(samples[1]!)) {
    const books = booksOf(one, [...one.entries, { kind: 'day', day: one.last }], 500);
    const standing = balances(transfersIn(books));
    for (const { clause, payee, amount } of books.entitled.values())
      if (clause === 'Points/open')
        expect(standing.get(accountText({ party: payee, asset: 'Points', purpose: 'due' }))).toBe(amount);
  }
});
