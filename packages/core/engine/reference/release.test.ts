// SPDX-License-Identifier: Apache-2.0
// What is released by when: hold-backs and vesting, and what is lost when a payee leaves.
import { describe, expect, test } from 'vitest';
import type { Row } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import { rational } from '../../values/rational.ts';
import { evaluate } from './evaluate.ts';
import { amount, at, date, day, monthly, number, program, revenue, sold } from './small-program.ts';

function on(text: string): Expression {
  return { kind: 'literal', value: { kind: 'date', value: day(text) }, type: date, at };
}

function months(count: number): Expression {
  return {
    kind: 'literal',
    value: { kind: 'duration', value: { months: count, days: 0 } },
    type: { kind: 'duration' },
    at,
  };
}

function released(row: Row, asOf: string, left: string | null = null) {
  const small = program([monthly('Bonus', revenue, [row])]);
  const of = {
    ...small,
    parties: small.parties.map((kind) =>
      kind.id === 'Member' ? { ...kind, lasts: { from: 'Joined', through: 'Left' } } : kind,
    ),
  };
  const attribute = (name: string, on: string) =>
    ({
      party: 'Member',
      of: 'Kim',
      attribute: name,
      value: { kind: 'date', value: day(on) },
      from: null,
      through: null,
    }) as const;
  const [first] = evaluate([{ program: of, from: null, to: null }], {
    facts: [sold('S-1', 'Kim', 120000, day('2026-01-10'))],
    attributes: [attribute('Joined', '2026-01-01'), ...(left === null ? [] : [attribute('Left', left)])],
    decisions: [],
    openings: [],
    asOf: day(asOf),
  }).entitlements;
  return { amount: first?.amount ?? 0n, held: first?.held ?? 0n };
}

describe('a hold-back', () => {
  const row: Row = {
    kind: 'held back',
    share: amount(rational(1, 4), number),
    through: on('2026-03-31'),
    until: null,
    at,
  };
  test.each([
    ['2026-03-31', 90000n, 30000n],
    ['2026-04-01', 120000n, 0n],
  ])('as of %s', (asOf, paid, held) => {
    expect(released(row, asOf)).toEqual({ amount: paid, held });
  });
});

describe('vesting in four parts, one each 3 months', () => {
  const row = (first: Expression | null): Row => ({
    kind: 'vests',
    parts: amount(4, number),
    every: months(3),
    from: on('2026-01-31'),
    first,
    at,
  });
  test.each([
    ['2026-04-29', null, null, 0n, 120000n],
    ['2026-04-30', null, null, 30000n, 90000n],
    ['2027-01-31', null, null, 120000n, 0n],
    // Nothing before the first six months, then both parts at once.
    ['2026-07-30', months(6), null, 0n, 120000n],
    ['2026-07-31', months(6), null, 60000n, 60000n],
    // After leaving, what has not vested is lost.
    ['2026-12-31', null, '2026-08-15', 60000n, 0n],
  ] as const)('as of %s', (asOf, first, left, paid, held) => {
    expect(released(row(first), asOf, left)).toEqual({ amount: paid, held });
  });
});
