// SPDX-License-Identifier: Apache-2.0
// Facts that last: a residual for each month at whose end a contract runs, for at most its term; and what is paid as
// an invoice is, from payments that come after it.
import { describe, expect, test } from 'vitest';
import type { Clause } from '../../program/clause.ts';
import type { FactKind } from '../../program/declaration.ts';
import type { Expression } from '../../program/expression.ts';
import type { Fact } from '../../program/log.ts';
import type { Scalar } from '../../program/value.ts';
import { type Rational, rational } from '../../values/rational.ts';
import { evaluate } from './evaluate.ts';
import {
  amount,
  at,
  date,
  day,
  field,
  issuing,
  member,
  monthly,
  number,
  program,
  ref,
  returned,
  returnKind,
  saleKind,
  sold,
  theMember,
  thePeriod,
  theSale,
  times,
  usd,
  variable,
} from './small-program.ts';

const contract = variable(70, 'Contract', { kind: 'fact', of: 'Contract' });
const open = { name: 'Ended', type: date, mayStayOpen: true, one: false };
const contractKind: FactKind = {
  ...saleKind,
  id: 'Contract',
  plural: 'Contracts',
  fields: [...saleKind.fields, open],
  lasts: { from: 'Sold', through: 'Ended' },
};

function months(count: number): Expression {
  return {
    kind: 'literal',
    value: { kind: 'duration', value: { months: count, days: 0 } },
    type: { kind: 'duration' },
    at,
  };
}

function residual(unit: 'month' | 'contract month', atMost: number | null): Clause {
  return {
    ...monthly('Residual', times(amount(rational(2, 100), number), field(contract, 'Amount', usd))),
    payee: { variable: theMember, party: 'Member', from: field(contract, 'Member', member) },
    occasion: {
      kind: 'lasting',
      facts: { kind: 'facts', factKind: 'Contract', item: contract, where: [], window: { kind: 'all' } },
      fact: contract,
      unit,
      period: thePeriod,
    },
    rows: [{ kind: 'while it lasts', atMost: atMost === null ? null : months(atMost), at }],
  };
}

function paidMonths(clause: Clause, ended: string | null, asOf: string): string[] {
  const fact = sold('C-1', 'Kim', 500000, day('2026-01-15'));
  const fields: Record<string, Scalar> =
    ended === null ? fact.fields : { ...fact.fields, Ended: { kind: 'date', value: day(ended) } };
  const of = program([clause], { factKinds: [contractKind] });
  const known = {
    facts: [{ ...fact, kind: 'Contract', fields }],
    attributes: [],
    decisions: [],
    openings: [],
    asOf: day(asOf),
  };
  return evaluate([{ program: of, from: null, to: null }], known).entitlements.map(
    ({ period, amount: minor }) => `${period} ${minor}`,
  );
}

describe('a residual', () => {
  test('is paid for each month at whose end the contract runs, while its end is open', () => {
    expect(paidMonths(residual('month', null), null, '2026-03-31')).toEqual([
      '2026-01 10000',
      '2026-02 10000',
      '2026-03 10000',
    ]);
  });

  test('ends with the contract', () => {
    expect(paidMonths(residual('month', null), '2026-03-30', '2026-06-30')).toHaveLength(2);
    expect(paidMonths(residual('month', null), '2026-03-31', '2026-06-30')).toHaveLength(3);
  });

  test('is paid for at most its term', () => {
    expect(paidMonths(residual('month', 36), null, '2030-12-31')).toHaveLength(36);
    expect(paidMonths(residual('contract month', 36), null, '2030-12-31')).toHaveLength(36);
  });
});

describe('a commission released as the invoice is paid', () => {
  const payment = variable(71, 'Payment', { kind: 'fact', of: 'Return' });
  const paid: Expression = {
    kind: 'fold',
    fold: 'sum',
    set: {
      kind: 'facts',
      factKind: 'Return',
      item: payment,
      where: [
        {
          kind: 'compare',
          comparison: 'is',
          left: field(payment, 'Sale', theSale.type),
          right: ref(theSale),
          type: { kind: 'yesNo' },
          at,
        },
      ],
      window: { kind: 'soFar', fact: theSale },
    },
    item: payment,
    each: field(payment, 'Amount', usd),
    leastCount: null,
    type: usd,
    at,
  };
  const commission: Clause = {
    ...issuing(),
    action: 'pays',
    asset: 'USD',
    amount: times(amount(rational(1, 10), number), field(theSale, 'Amount', usd)),
    rows: [{ kind: 'released in share', part: paid, whole: field(theSale, 'Amount', usd), at }],
  };
  const of = program([commission], { factKinds: [saleKind, { ...returnKind, lowers: null }] });
  const facts: readonly Fact[] = [
    sold('I-1', 'Kim', 10000, day('2026-01-10')),
    returned('P-1', 'I-1', 2500, day('2026-02-01')),
    returned('P-2', 'I-1', 9000, day('2026-03-01')),
  ];

  test.each<[string, bigint, bigint, Rational]>([
    ['2026-01-31', 0n, 1000n, rational(0)],
    ['2026-02-28', 250n, 750n, rational(5, 2)],
    ['2026-03-31', 1000n, 0n, rational(10)],
  ])('as of %s', (asOf, minor, held, exact) => {
    const known = { facts, attributes: [], decisions: [], openings: [], asOf: day(asOf) };
    const [first] = evaluate([{ program: of, from: null, to: null }], known).entitlements;
    expect(first).toMatchObject({ amount: minor, held, exact });
  });
});
