// SPDX-License-Identifier: Apache-2.0
// The agreements that the invariants are tested over, and logs for them: sales, their returns, corrections and voids,
// days and closes, in any order. Small numbers of parties and facts, so that they meet often.
import fc from 'fast-check';
import { knownAt } from '../../packages/core/engine/known.ts';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import {
  amount,
  at,
  day,
  issuing,
  monthly,
  number,
  program,
  returned,
  revenue,
  sold,
  theMember,
  thePeriod,
  usd,
} from '../../packages/core/engine/reference/small-program.ts';
import type { BookEntry } from '../../packages/core/ledger/book-entry.ts';
import type { Evaluate } from '../../packages/core/ledger/books.ts';
import type { Clause, ReturnMode } from '../../packages/core/program/clause.ts';
import type { BandTable, TableMode } from '../../packages/core/program/declaration.ts';
import type { Entitlement, Evaluation } from '../../packages/core/program/entitlement.ts';
import type { Entry, Fact, FromBooks } from '../../packages/core/program/log.ts';
import type { Program } from '../../packages/core/program/program.ts';
import { nothingPromised } from '../../packages/core/program/promise.ts';
import { rational } from '../../packages/core/values/rational.ts';

export const firstDay = day('2026-01-01');
export const lastDay = day('2026-06-30');

/** 7% up to USD 70, a third of a percent more above: figures that do not come out even. */
export function rates(mode: TableMode = 'slice'): BandTable {
  const bound = amount(70);
  return {
    kind: 'bands',
    id: 'Rates',
    at,
    mode,
    input: usd,
    result: number,
    bands: [
      {
        from: null,
        to: { value: bound, inclusive: true },
        result: amount(rational(7, 100), number),
        slope: null,
        at,
      },
      {
        from: { value: bound, inclusive: false },
        to: null,
        result: amount(rational(22, 300), number),
        slope: null,
        at,
      },
    ],
  };
}

export function commission(rows: Clause['rows'] = [], returns: ReturnMode = 'none'): Clause {
  return {
    ...monthly('Commission', { kind: 'table', table: 'Rates', on: revenue, and: null, type: usd, at }, rows),
    returns,
  };
}

const milestone = monthly('Milestone bonus', {
  kind: 'cases',
  cases: [
    {
      when: {
        kind: 'compare',
        comparison: 'at least',
        left: revenue,
        right: amount(100),
        type: { kind: 'yesNo' },
        at,
      },
      then: amount(25),
    },
  ],
  otherwise: null,
  type: usd,
  at,
});

const expiry = {
  kind: 'usable through',
  date: { kind: 'literal', value: { kind: 'date', value: day('2026-04-30') }, type: { kind: 'date' }, at },
  at,
} as const;

const voucher: Clause = {
  ...monthly('Voucher', amount(5), [{ kind: 'for every', step: amount(100, number), asset: 'Points', at }]),
  occasion: { kind: 'ever' },
};

/** A sales plan, and a club with points, vouchers and expiry. */
export const sales: Program = program(
  [commission([], 'as if smaller'), { ...milestone, returns: 'as if smaller' }],
  {
    tables: [rates()],
  },
);
export const club: Program = program([issuing(expiry), voucher]);
/** The sales plan with a draw: a quarter of what is above the minimum pays the debt back, and there is a cap. */
export const draw: Program = {
  ...sales,
  settlements: [
    {
      id: 'Pay',
      name: 'Pay',
      at,
      section: '',
      payer: 'Company',
      payee: { variable: theMember, party: 'Member' },
      unit: 'month',
      period: thePeriod,
      asset: 'USD',
      from: ['Commission', 'Milestone bonus'],
      rows: [
        { kind: 'at least', amount: amount(10), from: null, through: null, at },
        { kind: 'owed', share: amount(rational(1, 4), number), from: null, at },
        { kind: 'at most', amount: amount(30), excess: 'carried', at },
      ],
    },
  ],
};
const keptRow = { kind: 'once', reversible: false, at } as const;
/** A milestone and points that are given once, and kept; vouchers for the points. */
export const keeping: Program = program([
  { ...milestone, rows: [keptRow], returns: 'as if smaller' },
  { ...issuing(expiry), rows: [expiry, keptRow], returns: 'as if smaller' },
  voucher,
]);
/** The sales plan whose statements keep their lines. */
export const freezing: Program = { ...sales, policies: { ...sales.policies, attribution: 'freeze' } };
export const agreements: readonly (readonly [string, Program])[] = [
  ['a sales plan', sales],
  ['a sales plan with a draw', draw],
  ['a sales plan whose lines are frozen', freezing],
  ['a club', club],
  ['a club that keeps what it gave', keeping],
];

/** What the agreement gives after the entries, at the close of the day that began last (or of the first day). */
export function entitledBy(agreement: Program): Evaluate {
  return (entries, told) => {
    const asOf = entries.reduce((latest, entry) => (entry.kind === 'day' ? entry.day : latest), firstDay);
    return { ...evaluation(agreement, entries, asOf, told), keys: 'all' };
  };
}

export function entitlements(
  agreement: Program,
  entries: readonly Entry[],
  asOf = lastDay,
  told: FromBooks = {},
): readonly Entitlement[] {
  return evaluation(agreement, entries, asOf, told).entitlements;
}

function evaluation(
  agreement: Program,
  entries: readonly Entry[],
  asOf: number,
  { settled = [], promised = nothingPromised() }: FromBooks,
): Evaluation {
  const known = { ...knownAt(entries, asOf), settled, promised };
  return evaluate([{ program: agreement, from: null, to: null }], known);
}

export const factEntry = (fact: Fact): Entry => ({ kind: 'fact', fact, recordedOn: null });

const someDay = fc.integer({ min: firstDay, max: lastDay });
const cents = fc.integer({ min: 0, max: 20_000 });

/** Sales by two members; a number that comes again is a correction of the one before, or its end. */
const saleEntries = fc
  .array(
    fc.record({
      number: fc.nat(5),
      member: fc.constantFrom('Kim', 'Lee'),
      cents,
      on: someDay,
      isVoid: fc.nat(9),
    }),
    { maxLength: 12 },
  )
  .map((rows) => {
    const revisions = new Map<number, number>();
    return rows.map((row) => {
      const revision = (revisions.get(row.number) ?? 0) + 1;
      revisions.set(row.number, revision);
      const sale = sold(`S-${row.number}`, row.member, row.cents, row.on);
      return factEntry(row.isVoid === 0 ? { ...sale, revision, isVoid: true } : { ...sale, revision });
    });
  });
const returnEntries = fc
  .uniqueArray(fc.record({ number: fc.nat(5), cents, on: someDay }), {
    maxLength: 3,
    selector: ({ number }) => number,
  })
  .map((rows) =>
    rows.map((row) => factEntry(returned(`R-${row.number}`, `S-${row.number}`, row.cents, row.on))),
  );

/** Facts alone, in the order in which they were made up. */
export const facts: fc.Arbitrary<readonly Entry[]> = fc
  .tuple(saleEntries, returnEntries)
  .map(([sold, back]) => [...sold, ...back]);

/** The same entries in another order. */
export function shuffled(entries: readonly Entry[]): fc.Arbitrary<readonly Entry[]> {
  return fc.shuffledSubarray([...entries], { minLength: entries.length, maxLength: entries.length });
}

/** A log: facts in any order, with days that begin and months that are closed among them; the last day ends it. */
export const log: fc.Arbitrary<readonly Entry[]> = facts.chain((entries) =>
  fc
    .tuple(shuffled(entries), fc.array(fc.tuple(fc.nat(entries.length), fc.boolean()), { maxLength: 8 }))
    .map(([mixed, marks]) => withMarks(mixed, marks)),
);

const member = fc.constantFrom('Kim', 'Lee');
const points = fc.bigInt({ min: 1n, max: 120n });

/** Points that members redeem, at once or in two steps: set aside, then used, given up, or forgotten. */
const useOfPoints: fc.Arbitrary<BookEntry> = fc.oneof(
  fc.record({ id: fc.nat(5), party: member, amount: points }).map(
    ({ id, party, amount: minor }): BookEntry => ({
      kind: 'commitment',
      commitment: {
        ...{
          id: `R-${id}`,
          what: 'redemption',
          party,
          asset: 'Points',
          amount: minor,
          lots: [],
          reference: '',
        },
      },
    }),
  ),
  fc.record({ id: fc.nat(3), party: member, amount: points, through: fc.option(someDay) }).map(
    ({ id, party, amount: minor, through }): BookEntry => ({
      kind: 'hold placed',
      hold: { id: `H-${id}`, party, asset: 'Points', amount: minor, through },
    }),
  ),
  fc
    .tuple(fc.constantFrom('hold posted' as const, 'hold voided' as const), fc.nat(3))
    .map(([kind, id]): BookEntry => ({ kind, hold: `H-${id}` })),
);

/** The entries with uses of points at any place among them. */
export function withUses(
  entries: fc.Arbitrary<readonly BookEntry[]>,
  maxLength: number,
): fc.Arbitrary<readonly BookEntry[]> {
  const places = fc.array(fc.tuple(fc.nat(30), useOfPoints), { maxLength });
  return fc.tuple(entries, places).map(([before, uses]) => {
    const mixed = [...before];
    for (const [place, entry] of uses) mixed.splice(Math.min(place, mixed.length), 0, entry);
    return mixed;
  });
}

/** Puts days and closes, the earliest first, at places in a log. */
function withMarks(
  entries: readonly Entry[],
  marks: readonly (readonly [number, boolean])[],
): readonly Entry[] {
  const sorted = [...marks].sort(([a], [b]) => a - b);
  const result: Entry[] = [];
  let closed = 0;
  let next = 0;
  for (let place = 0; place <= entries.length; place += 1) {
    for (; next < sorted.length && sorted[next]![0] === place; next += 1) {
      if (sorted[next]![1] && closed < 5) {
        closed += 1;
        result.push({ kind: 'close', period: `2026-0${closed}`, recordedOn: null });
      } else result.push({ kind: 'day', day: firstDay + 20 * (next + 1) });
    }
    const entry = entries[place];
    if (entry !== undefined) result.push(entry);
  }
  return [...result, { kind: 'day', day: lastDay }];
}
