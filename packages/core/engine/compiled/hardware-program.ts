// SPDX-License-Identifier: Apache-2.0
// A sales agreement built by hand, with every shape that is folded in bulk: slices, gates, bonuses for each fact, first
// of each, bands of days, customers who stay, a year beside quarters, and an override through a dated relation.

import type { Clause } from '../../program/clause.ts';
import type { Band, BandTable, FactKind, PartyKind } from '../../program/declaration.ts';
import type { Comparison, Expression, Variable } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Type } from '../../program/type.ts';
import { rational } from '../../values/rational.ts';
import {
  amount,
  at,
  date,
  field,
  monthly,
  number,
  program,
  ref,
  times,
  usd,
  variable,
} from '../reference/small-program.ts';

/** The terms that vary. Rates are in hundredths of a percent, money in cents. */
export interface HardwareTerms {
  readonly rates: readonly [number, number, number];
  readonly steps: readonly [number, number];
  readonly target: number;
  readonly bonus: number;
  readonly newCustomer: number;
  readonly volume: number;
  readonly enough: number;
  readonly keepRate: number;
  readonly kickerTarget: number;
}

export const hardwareTerms: HardwareTerms = {
  rates: [500, 800, 1200],
  steps: [5_000_000, 10_000_000],
  target: 1_000_000,
  bonus: 100_000,
  newCustomer: 15_000,
  volume: 40,
  enough: 5,
  keepRate: 8000,
  kickerTarget: 30_000_000,
};

const party = (of: string): Type => ({ kind: 'party', of });
const text: Type = { kind: 'text' };
const yesNo: Type = { kind: 'yesNo' };
const days: Type = { kind: 'duration' };
const rate = (hundredths: number) => amount(rational(hundredths, 10_000), number);
const money = (cents: number) => amount(rational(cents, 100));

const deal = variable(11, 'Deal', { kind: 'fact', of: 'Deal' });
const representative = variable(12, 'Representative', party('Representative'));
const manager = variable(13, 'Manager', party('Manager'));
const quarter = variable(14, 'quarter', { kind: 'period' });

function compared(comparison: Comparison, left: Expression, right: Expression): Expression {
  return { kind: 'compare', comparison, left, right, type: yesNo, at };
}

const owner = field(deal, 'Representative', party('Representative'));
const managerThen: Expression = {
  kind: 'attribute',
  of: owner,
  attribute: 'Manager',
  moment: { kind: 'counting', fact: deal },
  type: party('Manager'),
  at,
};

function wonDeals(link: Expression, of: Variable, back = 0): SetExpression & { kind: 'facts' } {
  const now = ref(quarter);
  const period: Expression =
    back === 0 ? now : { kind: 'shiftedPeriod', period: now, by: -back, type: now.type, at };
  return {
    kind: 'facts',
    factKind: 'Won Deal',
    item: deal,
    where: [compared('is', link, ref(of))],
    window: { kind: 'period', period },
  };
}

function fold(set: SetExpression, each: Expression | null): Expression {
  const kind = each === null ? 'count' : 'sum';
  return {
    kind: 'fold',
    fold: kind,
    set,
    item: deal,
    each,
    leastCount: null,
    type: each?.type ?? number,
    at,
  };
}

const dealAmount = field(deal, 'Amount', usd);
const revenue: Expression = {
  kind: 'call',
  value: 'Revenue',
  of: ref(representative),
  period: ref(quarter),
  type: usd,
  at,
};

function customers(back: number): SetExpression {
  return {
    kind: 'through',
    of: wonDeals(owner, representative, back),
    item: deal,
    link: field(deal, 'Customer', party('Customer')),
  };
}

function gate(when: Expression, then: Expression): Expression {
  return { kind: 'cases', cases: [{ when, then }], otherwise: null, type: usd, at };
}

function bands(
  id: string,
  mode: BandTable['mode'],
  input: Type,
  bounds: readonly Expression[],
  results: readonly Expression[],
): BandTable {
  const list = results.map((result, index): Band => {
    const low = bounds[index - 1];
    const high = bounds[index];
    return {
      from: low === undefined ? null : { value: low, inclusive: false },
      to: high === undefined ? null : { value: high, inclusive: true },
      result,
      slope: null,
      at,
    };
  });
  return { kind: 'bands', id, at, mode, input, result: results[0]!.type, bands: list };
}

function dayCount(value: number): Expression {
  return { kind: 'literal', value: { kind: 'duration', value: { months: 0, days: value } }, type: days, at };
}

function quarterly(name: string, paid: Expression, of: Variable = representative): Clause {
  return {
    ...monthly(name, paid),
    payee: { variable: of, party: of.name, from: null },
    occasion: { kind: 'period', unit: 'quarter', period: quarter },
  };
}

function perDeal(name: string, factKind: string, paid: Expression): Clause {
  return {
    ...monthly(name, paid),
    payee: { variable: representative, party: 'Representative', from: owner },
    occasion: {
      kind: 'fact',
      facts: { kind: 'facts', factKind, item: deal, where: [], window: { kind: 'all' } },
      fact: deal,
      unit: 'quarter',
      period: null,
      date: field(deal, 'Closed', date),
    },
  };
}

function plainField(name: string, type: Type): FactKind['fields'][number] {
  return { name, type, mayStayOpen: false, one: false };
}

export const dealKind: FactKind = {
  id: 'Deal',
  plural: 'Deals',
  at,
  fields: [
    plainField('Representative', party('Representative')),
    plainField('Customer', party('Customer')),
    plainField('Stage', text),
    plainField('Amount', usd),
    plainField('Engaged', date),
    plainField('Closed', date),
  ],
  countsOn: ['Closed'],
  order: [],
  lasts: null,
  lowers: null,
};

function partyKind(id: string, role: PartyKind['role'], attributes: PartyKind['attributes'] = []): PartyKind {
  return { id, role, plural: `${id}s`, fields: [], attributes, lasts: null, parent: null, at };
}

/** The agreement with such terms. */
export function hardwareProgram(terms: HardwareTerms = hardwareTerms): Program {
  const base = fold(customers(1), null);
  const kept = fold({ kind: 'both', left: customers(1), right: customers(0) }, null);
  const elapsed: Expression = {
    kind: 'elapsed',
    from: field(deal, 'Engaged', date),
    to: field(deal, 'Closed', date),
    unit: 'days',
    type: days,
    at,
  };
  const tableOn = (table: string, on: Expression): Expression => ({
    kind: 'table',
    table,
    on,
    and: null,
    type: usd,
    at,
  });
  const stays: Expression = {
    kind: 'and',
    parts: [
      compared('at least', base, amount(terms.enough, number)),
      compared('at least', kept, times(rate(terms.keepRate), base)),
    ],
    type: yesNo,
    at,
  };
  const kicker = quarterly(
    'Annual kicker',
    gate(compared('at least', revenue, money(terms.kickerTarget)), times(rate(100), revenue)),
  );
  const won = compared('is', field(deal, 'Stage', text), {
    kind: 'literal',
    value: { kind: 'text', value: 'Won' },
    type: text,
    at,
  });
  return program(
    [
      quarterly('Commission', tableOn('Commission Rates', revenue)),
      quarterly(
        'Milestone bonus',
        gate(compared('at least', revenue, money(terms.target)), money(terms.bonus)),
      ),
      perDeal('New customer bonus', 'First Deal', money(terms.newCustomer)),
      perDeal('Speed bonus', 'Won Deal', tableOn('Speed Pay', elapsed)),
      quarterly(
        'Volume bonus',
        gate(
          compared('at least', fold(wonDeals(owner, representative), null), amount(terms.volume, number)),
          money(50_000),
        ),
      ),
      quarterly('Retention bonus', gate(stays, money(150_000))),
      { ...kicker, occasion: { kind: 'period', unit: 'year', period: quarter } },
      quarterly('Team override', times(rate(150), fold(wonDeals(managerThen, manager), dealAmount)), manager),
    ],
    {
      assets: [],
      parties: [
        partyKind('Company', 'the party'),
        partyKind('Representative', 'parties', [{ ...plainField('Manager', party('Manager')), one: true }]),
        partyKind('Manager', 'parties'),
        partyKind('Customer', 'things'),
      ],
      factKinds: [dealKind],
      derivedKinds: [
        {
          id: 'Won Deal',
          plural: 'Won Deals',
          at,
          base: 'Deal',
          item: deal,
          rule: { kind: 'whose', condition: won },
        },
        {
          id: 'First Deal',
          plural: 'First Deals',
          at,
          base: 'Won Deal',
          item: deal,
          rule: { kind: 'first', each: field(deal, 'Customer', party('Customer')), unit: null },
        },
      ],
      values: [
        {
          id: 'Revenue',
          at,
          of: representative,
          period: { variable: quarter, unit: null },
          body: fold(wonDeals(owner, representative), dealAmount),
        },
      ],
      tables: [
        bands('Commission Rates', 'slice', usd, terms.steps.map(money), terms.rates.map(rate)),
        bands(
          'Speed Pay',
          'reached',
          days,
          [dayCount(14), dayCount(45)],
          [money(6000), money(3000), money(0)],
        ),
      ],
    },
  );
}
