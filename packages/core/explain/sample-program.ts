// SPDX-License-Identifier: Apache-2.0
// A small program made by hand for the tests of this folder: the hardware plan's commission, bonuses and override,
// without a line of text behind it. Only tests import it.
import { bareProgram } from '../program/bare-program.ts';
import type { Clause } from '../program/clause.ts';
import type { Blank, NamedValue } from '../program/declaration.ts';
import type { Span } from '../program/diagnostic.ts';
import type { Expression, Variable } from '../program/expression.ts';
import type { AttributeFact, Fact } from '../program/log.ts';
import type { Program } from '../program/program.ts';
import type { SetExpression } from '../program/set.ts';
import type { Type } from '../program/type.ts';
import { parseIsoDay } from '../values/date.ts';
import { type Rational, rational } from '../values/rational.ts';

const nowhere = { offset: 0, line: 1, column: 1 };
export const at: Span = { source: '', start: nowhere, end: nowhere };
export const money: Type = { kind: 'quantity', unit: [{ base: 'USD', exponent: 1 }], flavour: 'amount' };
export const percent: Type = { kind: 'quantity', unit: [], flavour: 'percent' };
export const count: Type = { kind: 'quantity', unit: [], flavour: 'count' };
export const text: Type = { kind: 'text' };
export const yesNo: Type = { kind: 'yesNo' };
export const party = (of: string): Type => ({ kind: 'party', of });
export const fact = (of: string): Type => ({ kind: 'fact', of });
const period: Type = { kind: 'period' };

let last = 0;
/** A variable with an id of its own. */
export function bind(name: string, type: Type): Variable {
  last += 1;
  return { id: last, name, type };
}
/** An expression of a type, nowhere in a text. */
export function node<T extends object>(type: Type, rest: T): T & { type: Type; at: Span } {
  return { ...rest, type, at };
}
export const use = (variable: Variable): Expression => node(variable.type, { kind: 'variable', variable });
export const blank = (name: string, type: Type): Expression => node(type, { kind: 'blank', blank: name });
export const field = (of: Expression, name: string, type: Type): Expression =>
  node(type, { kind: 'field', of, field: name });
export const is = (left: Expression, right: Expression): Expression =>
  node(yesNo, { kind: 'compare', comparison: 'is', left, right });
export const atLeast = (left: Expression, right: Expression): Expression =>
  node(yesNo, { kind: 'compare', comparison: 'at least', left, right });
export const when = (condition: Expression, then: Expression): Expression =>
  node(then.type, { kind: 'cases', cases: [{ when: condition, then }], otherwise: null });
export const call = (value: string, type: Type, of: Expression, inPeriod: Expression): Expression =>
  node(type, { kind: 'call', value, of, period: inPeriod });

function blankOf(id: string, type: Type, value: Rational, words: string): Blank {
  return { id, at, type, value: { kind: 'quantity', value }, text: words, section: '2. Commission' };
}

/** Won Deals of a representative in a period. */
function wonDeals(owner: Expression, inPeriod: Expression): SetExpression {
  const item = bind('Won Deal', fact('Won Deal'));
  const link = field(use(item), 'Representative', party('Representative'));
  const window = { kind: 'period', period: inPeriod } as const;
  return { kind: 'facts', factKind: 'Won Deal', item, where: [is(link, owner)], window };
}

function total(set: SetExpression): Expression {
  const item = bind('Won Deal', fact('Won Deal'));
  return node(money, {
    kind: 'fold',
    fold: 'sum',
    set,
    item,
    each: field(use(item), 'Amount', money),
    leastCount: null,
  });
}

function revenue(): NamedValue {
  const of = bind('Representative', party('Representative'));
  const within = bind('period', period);
  return {
    id: 'Revenue',
    at,
    of,
    period: { variable: within, unit: null },
    body: total(wonDeals(use(of), use(within))),
  };
}

type ClauseParts = Pick<Clause, 'id' | 'name' | 'amount' | 'payee' | 'occasion'> & Partial<Clause>;
function clause(parts: ClauseParts): Clause {
  return {
    at,
    section: '2. Commission',
    action: 'pays',
    payer: 'Company',
    accounts: null,
    asset: 'USD',
    rows: [],
    rounding: { step: null, mode: 'half away from zero' },
    returns: 'none',
    late: { kind: 'restate' },
    posts: { kind: 'grows' },
    foreignReads: [],
    ...parts,
  };
}

/** For each quarter and payee of a kind. */
function quarterly(kind: string, amount: (payee: Expression, quarter: Expression) => Expression) {
  const payee = bind(kind, party(kind));
  const quarter = bind('quarter', period);
  return {
    payee: { variable: payee, party: kind, from: null },
    occasion: { kind: 'period', unit: 'quarter', period: quarter } as const,
    amount: amount(use(payee), use(quarter)),
  };
}

function commission(): Clause {
  return clause({
    id: 'Commission',
    name: 'Commission',
    ...quarterly('Representative', (payee, quarter) =>
      node(money, {
        kind: 'table',
        table: 'Commission Rates',
        on: call('Revenue', money, payee, quarter),
        and: null,
      }),
    ),
  });
}

function milestone(): Clause {
  return clause({
    id: 'Milestone bonus',
    name: 'Milestone bonus',
    ...quarterly('Representative', (payee, quarter) =>
      when(atLeast(call('Revenue', money, payee, quarter), blank('Target', money)), blank('Bonus', money)),
    ),
  });
}

function override(): Clause {
  return clause({
    id: 'Team override',
    name: 'Team override',
    foreignReads: ['Deal', 'Manager of Representative'],
    ...quarterly('Manager', (payee, quarter) => {
      const item = bind('Won Deal', fact('Won Deal'));
      const manager = node(party('Manager'), {
        kind: 'attribute',
        of: field(use(item), 'Representative', party('Representative')),
        attribute: 'Manager',
        moment: { kind: 'counting', fact: item },
      } as const);
      const set: SetExpression = {
        kind: 'facts',
        factKind: 'Won Deal',
        item,
        where: [is(manager, payee)],
        window: { kind: 'period', period: quarter },
      };
      return node(money, {
        kind: 'arithmetic',
        operator: '*',
        left: blank('Override', percent),
        right: total(set),
      });
    }),
  });
}

function newCustomer(): Clause {
  const payee = bind('Representative', party('Representative'));
  const deal = bind('First Deal', fact('First Deal'));
  const item = bind('First Deal', fact('First Deal'));
  const quarter = bind('quarter', period);
  return clause({
    id: 'New customer bonus',
    name: 'New customer bonus',
    payee: {
      variable: payee,
      party: 'Representative',
      from: field(use(deal), 'Representative', party('Representative')),
    },
    occasion: {
      kind: 'fact',
      facts: { kind: 'facts', factKind: 'First Deal', item, where: [], window: { kind: 'all' } },
      fact: deal,
      unit: 'quarter',
      period: quarter,
      date: field(use(deal), 'Closed', { kind: 'date' }),
    },
    amount: blank('New Customer Bonus', money),
  });
}

/** The program; `baseRate` in percent stands in its first blank. */
export function sampleProgram(baseRate = 5): Program {
  const won = bind('Deal', fact('Deal'));
  const first = bind('Won Deal', fact('Won Deal'));
  const customer = field(use(first), 'Customer', party('Customer'));
  const bound = (name: string) => ({ value: blank(name, money), inclusive: true });
  const open = (name: string) => ({ value: blank(name, money), inclusive: false });
  const plain = { mayStayOpen: false, one: false };
  return {
    ...bareProgram,
    title: 'Sales Incentive Agreement',
    blanks: [
      blankOf('Base Rate', percent, rational(baseRate, 100), `${baseRate}%`),
      blankOf('First Step', money, rational(50_000), 'USD 50,000'),
      blankOf('Second Rate', percent, rational(8, 100), '8%'),
      blankOf('Target', money, rational(10_000), 'USD 10,000'),
      blankOf('Bonus', money, rational(1_000), 'USD 1,000'),
      blankOf('Override', percent, rational(15, 1000), '1.5%'),
      blankOf('New Customer Bonus', money, rational(150), 'USD 150'),
    ],
    parties: [
      {
        id: 'Company',
        at,
        role: 'the party',
        plural: 'Companies',
        fields: [],
        attributes: [],
        lasts: null,
        parent: null,
      },
      {
        id: 'Representative',
        at,
        role: 'parties',
        plural: 'Representatives',
        fields: [],
        attributes: [{ name: 'Manager', type: party('Manager'), mayStayOpen: false, one: true }],
        lasts: null,
        parent: null,
      },
      {
        id: 'Manager',
        at,
        role: 'parties',
        plural: 'Managers',
        fields: [],
        attributes: [],
        lasts: null,
        parent: null,
      },
      {
        id: 'Customer',
        at,
        role: 'things',
        plural: 'Customers',
        fields: [],
        attributes: [],
        lasts: null,
        parent: null,
      },
    ],
    factKinds: [
      {
        id: 'Deal',
        at,
        plural: 'Deals',
        fields: [
          { name: 'Representative', type: party('Representative'), ...plain },
          { name: 'Customer', type: party('Customer'), ...plain },
          { name: 'Stage', type: text, ...plain },
          { name: 'Amount', type: money, ...plain },
          { name: 'Closed', type: { kind: 'date' }, ...plain },
        ],
        countsOn: ['Closed'],
        order: [],
        lasts: null,
        lowers: null,
      },
    ],
    derivedKinds: [
      {
        id: 'Won Deal',
        at,
        plural: 'Won Deals',
        base: 'Deal',
        item: won,
        rule: {
          kind: 'whose',
          condition: is(
            field(use(won), 'Stage', text),
            node(text, { kind: 'literal', value: { kind: 'text', value: 'Won' } }),
          ),
        },
      },
      {
        id: 'First Deal',
        at,
        plural: 'First Deals',
        base: 'Won Deal',
        item: first,
        rule: { kind: 'first', each: customer, unit: null },
      },
    ],
    values: [revenue()],
    tables: [
      {
        kind: 'bands',
        id: 'Commission Rates',
        at,
        mode: 'slice',
        input: money,
        result: money,
        bands: [
          { from: null, to: bound('First Step'), result: blank('Base Rate', percent), slope: null, at },
          { from: open('First Step'), to: null, result: blank('Second Rate', percent), slope: null, at },
        ],
      },
    ],
    clauses: [commission(), milestone(), newCustomer(), override()],
  };
}

export function theDay(iso: string): number {
  const day = parseIsoDay(iso);
  if (day === null) throw new Error(`${iso} is no date.`);
  return day;
}

/** A won deal with Acme. */
export function deal(id: string, owner: string, dollars: number | Rational, closed: string): Fact {
  return {
    kind: 'Deal',
    id,
    revision: 1,
    fields: {
      Representative: { kind: 'party', value: owner },
      Customer: { kind: 'party', value: 'Acme' },
      Stage: { kind: 'text', value: 'Won' },
      Amount: { kind: 'quantity', value: typeof dollars === 'number' ? rational(dollars) : dollars },
      Closed: { kind: 'date', value: theDay(closed) },
    },
  };
}

export function manages(manager: string, of: string, from: string): AttributeFact {
  return {
    party: 'Representative',
    of,
    attribute: 'Manager',
    value: { kind: 'party', value: manager },
    from: theDay(from),
    through: null,
  };
}
