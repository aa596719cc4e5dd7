// SPDX-License-Identifier: Apache-2.0
// Late facts, clause by clause: what each rule makes of a log, and that two engines make the same of it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LateMode } from '../../program/clause.ts';
import { storeFromKnown } from '../../program/fact-store.ts';
import type { Entry } from '../../program/log.ts';
import type { Day } from '../../values/date.ts';
import { compileEngine } from '../compiled/compile.ts';
import { knownAt } from '../known.ts';
import { evaluate } from './evaluate.ts';
import { day, monthly, program, revenue, sold } from './small-program.ts';

const asOf = day('2026-12-31');

function versionWith(late: LateMode) {
  const clause = monthly('Revenue', revenue);
  return [{ program: program([{ ...clause, late }]), from: null, to: null }];
}

function sale(id: string, cents: number, on: string, recordedOn: Day | null = null, revision = 1): Entry {
  return { kind: 'fact', fact: { ...sold(id, 'Kim', cents, day(on)), revision }, recordedOn };
}

const close = (period: string): Entry => ({ kind: 'close', period, recordedOn: null });

function paid(late: LateMode, entries: readonly Entry[]): Record<string, bigint> {
  const { entitlements } = evaluate(versionWith(late), knownAt(entries, asOf));
  return Object.fromEntries(entitlements.map(({ period, amount: cents }) => [period, cents]));
}

describe('late facts', () => {
  test('that a day has begun says when a fact without a recorded day came', () => {
    const late: LateMode = { kind: 'cut off', afterDays: 10 };
    const begun: Entry = { kind: 'day', day: day('2026-02-01') };
    expect(paid(late, [sale('S-1', 500, '2026-01-10'), begun])).toEqual({ '2026-01': 500n });
    expect(paid(late, [begun, sale('S-1', 500, '2026-01-10')])).toEqual({});
  });

  test('are ignored by the clause that says so, and change the past under another', () => {
    const ignoring = { ...monthly('Ignoring', revenue), late: { kind: 'ignore after lock' } as const };
    const versions = [{ program: program([ignoring, monthly('Open', revenue)]), from: null, to: null }];
    const known = knownAt(
      [sale('S-1', 500, '2026-01-10'), close('2026-01'), sale('S-2', 300, '2026-01-20')],
      asOf,
    );
    expect(
      evaluate(versions, known).entitlements.map(({ clause, amount: cents }) => [clause, cents]),
    ).toEqual([
      ['Ignoring', 500n],
      ['Open', 800n],
    ]);
  });

  test('that were counted in an open period are corrected there, until it is closed too', () => {
    const late: LateMode = { kind: 'count in the open period' };
    const entries = [
      close('2026-01'),
      sale('S-1', 500, '2026-01-10'),
      sale('S-1', 400, '2026-01-10', null, 2),
      close('2026-02'),
      sale('S-1', 450, '2026-01-10', null, 3),
    ];
    expect(paid(late, entries)).toEqual({ '2026-02': 400n, '2026-03': 50n });
  });

  test('a revision that would leave a closed period is late, wherever it goes', () => {
    const entries = [
      sale('S-1', 500, '2026-01-10'),
      close('2026-01'),
      sale('S-1', 500, '2026-03-10', null, 2),
    ];
    expect(paid({ kind: 'ignore after lock' }, entries)).toEqual({ '2026-01': 500n });
    expect(paid({ kind: 'count in the open period' }, entries)).toEqual({
      '2026-01': 500n,
      '2026-02': -500n,
      '2026-03': 500n,
    });
  });
});

const modes: readonly LateMode[] = [
  { kind: 'restate' },
  { kind: 'cut off', afterDays: 20 },
  { kind: 'ignore after lock' },
  { kind: 'count in the open period' },
];
const first = day('2026-01-01');
const row = fc.record({
  number: fc.nat(3),
  cents: fc.integer({ min: 0, max: 5000 }),
  on: fc.integer({ min: first, max: first + 90 }),
  recorded: fc.option(fc.integer({ min: first, max: first + 150 })),
  isVoid: fc.nat(6),
  closes: fc.nat(4),
});

function logOf(rows: readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[]): readonly Entry[] {
  const revisions = new Map<number, number>();
  let closed = 0;
  return rows.flatMap(({ number, cents, on, recorded, isVoid, closes }): Entry[] => {
    const revision = (revisions.get(number) ?? 0) + 1;
    revisions.set(number, revision);
    const fact = { ...sold(`S-${number}`, 'Kim', cents, on), revision };
    const entry: Entry = {
      kind: 'fact',
      fact: isVoid === 0 ? { ...fact, isVoid: true } : fact,
      recordedOn: recorded,
    };
    if (closes > 0 || closed === 5) return [entry];
    closed += 1;
    return [entry, close(`2026-0${closed}`)];
  });
}

test('a closed period never changes where late facts are ignored once it is closed, or count in the open one', () => {
  for (const late of modes.slice(2))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 14 }), (rows) => {
        const entries = logOf(rows);
        for (const [place, entry] of entries.entries()) {
          if (entry.kind !== 'close') continue;
          const then = paid(late, entries.slice(0, place + 1))[entry.period] ?? 0n;
          expect(paid(late, entries)[entry.period] ?? 0n).toBe(then);
        }
      }),
    );
});

test('counting in the open period moves amounts, and loses none', () => {
  const sum = (amounts: Record<string, bigint>) =>
    Object.values(amounts).reduce((total, one) => total + one, 0n);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 14 }), (rows) => {
      const entries = logOf(rows);
      expect(sum(paid({ kind: 'count in the open period' }, entries))).toBe(
        sum(paid({ kind: 'restate' }, entries)),
      );
    }),
  );
});

test('the compiled engine gives the same under every rule', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 10 }), fc.constantFrom(...modes), (rows, late) => {
      const versions = versionWith(late);
      const known = knownAt(logOf(rows), asOf);
      const store = storeFromKnown(known, versions[0]!.program);
      const compiled = compileEngine(versions).evaluate(store, asOf, { lines: true }).evaluation();
      const amounts = (entitlements: readonly { period: string; amount: bigint }[]) =>
        entitlements.map(({ period, amount: cents }) => [period, cents]);
      expect(amounts(compiled.entitlements)).toEqual(amounts(evaluate(versions, known).entitlements));
    }),
  );
});

test('entry by entry, the open engine gives the same under every rule', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 8 }),
      fc.nat(8),
      fc.constantFrom(...modes),
      (rows, before, late) => {
        const versions = versionWith(late);
        const entries = logOf(rows);
        const store = storeFromKnown(knownAt(entries.slice(0, before), asOf), versions[0]!.program);
        const engine = compileEngine(versions).open(store, asOf);
        for (const entry of entries.slice(before)) engine.append(entry);
        const totals = Object.fromEntries(
          engine.totals().map(({ period, amount: cents }) => [period, cents]),
        );
        const expected = Object.entries(paid(late, entries)).filter(([, cents]) => cents !== 0n);
        expect(totals).toEqual(Object.fromEntries(expected));
      },
    ),
  );
});

test('without recorded days and closes nothing is late', () => {
  const entries = [sale('S-1', 500, '2026-01-10'), sale('S-1', 300, '2026-01-10', null, 2)];
  expect(knownAt(entries, asOf).arrivals).toBeUndefined();
  for (const late of modes) expect(paid(late, entries)).toEqual({ '2026-01': 300n });
});
