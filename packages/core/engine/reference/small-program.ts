// SPDX-License-Identifier: Apache-2.0
// Programs built by hand, for tests of the evaluator that must not depend on the language: short names for the nodes
// of an expression and a program with nothing in it.
import { bareProgram } from '../../program/bare-program.ts';
import type { Clause, Row } from '../../program/clause.ts';
import type { FactKind } from '../../program/declaration.ts';
import type { Span } from '../../program/diagnostic.ts';
import type { Expression, Variable } from '../../program/expression.ts';
import type { Fact } from '../../program/log.ts';
import type { Program } from '../../program/program.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Type } from '../../program/type.ts';
import type { Scalar } from '../../program/value.ts';
import { parseIsoDay } from '../../values/date.ts';
import { type Rational, rational } from '../../values/rational.ts';

const start = { offset: 0, line: 1, column: 1 };
export const at: Span = { source: '', start, end: start };
export const usd: Type = { kind: 'quantity', unit: [{ base: 'USD', exponent: 1 }], flavour: 'amount' };
export const number: Type = { kind: 'quantity', unit: [], flavour: 'number' };
export const member: Type = { kind: 'party', of: 'Member' };
export const sale: Type = { kind: 'fact', of: 'Sale' };
export const date: Type = { kind: 'date' };
export const periodType: Type = { kind: 'period' };

export function variable(id: number, name: string, type: Type): Variable {
  return { id, name, type };
}

/** A number of whole units, or of hundredths. */
export function amount(value: number | Rational, type: Type = usd): Expression {
  const exact = typeof value === 'number' ? rational(value) : value;
  return { kind: 'literal', value: { kind: 'quantity', value: exact }, type, at };
}

export function ref(of: Variable): Expression {
  return { kind: 'variable', variable: of, type: of.type, at };
}

export function field(of: Variable, name: string, type: Type): Expression {
  return { kind: 'field', of: ref(of), field: name, type, at };
}

export function times(left: Expression, right: Expression): Expression {
  return { kind: 'arithmetic', operator: '*', left, right, type: right.type, at };
}

export const theMember = variable(1, 'Member', member);
export const thePeriod = variable(2, 'month', periodType);
export const theSale = variable(3, 'Sale', sale);

/** The sales of the member at hand in the month at hand. */
export const salesInMonth: SetExpression = {
  kind: 'facts',
  factKind: 'Sale',
  item: theSale,
  where: [
    {
      kind: 'compare',
      comparison: 'is',
      left: field(theSale, 'Member', member),
      right: ref(theMember),
      type: { kind: 'yesNo' },
      at,
    },
  ],
  window: { kind: 'period', period: ref(thePeriod) },
};

export const revenue: Expression = {
  kind: 'fold',
  fold: 'sum',
  set: salesInMonth,
  item: theSale,
  each: field(theSale, 'Amount', usd),
  leastCount: null,
  type: usd,
  at,
};

/** A clause that pays each member each month. */
export function monthly(name: string, paid: Expression, rows: readonly Row[] = []): Clause {
  return {
    id: name,
    name,
    at,
    section: '',
    action: 'pays',
    payer: 'Company',
    payee: { variable: theMember, party: 'Member', from: null },
    accounts: null,
    occasion: { kind: 'period', unit: 'month', period: thePeriod },
    asset: 'USD',
    amount: paid,
    rows,
    rounding: { step: null, mode: 'half away from zero' },
    returns: 'none',
    late: { kind: 'restate' },
    posts: { kind: 'grows' },
    foreignReads: [],
  };
}

function plainField(name: string, type: Type): FactKind['fields'][number] {
  return { name, type, mayStayOpen: false, one: false };
}

export const saleKind: FactKind = {
  id: 'Sale',
  plural: 'Sales',
  at,
  fields: [plainField('Member', member), plainField('Amount', usd), plainField('Sold', date)],
  countsOn: ['Sold'],
  order: [],
  lasts: null,
  lowers: null,
};

export const returnKind: FactKind = {
  ...saleKind,
  id: 'Return',
  plural: 'Returns',
  fields: [plainField('Sale', sale), plainField('Amount', usd), plainField('Returned', date)],
  countsOn: ['Returned'],
  lowers: { link: 'Sale', field: 'Amount', by: 'Amount' },
};

export function program(clauses: readonly Clause[], parts: Partial<Program> = {}): Program {
  const party = { fields: [], attributes: [], lasts: null, parent: null, at };
  return {
    ...bareProgram,
    title: 'A small agreement',
    assets: [{ id: 'Points', decimals: 0, at }],
    parties: [
      { ...party, id: 'Company', role: 'the party', plural: 'Companies' },
      { ...party, id: 'Member', role: 'parties', plural: 'Members' },
    ],
    factKinds: [saleKind, returnKind],
    clauses,
    ...parts,
  };
}

export function day(text: string): number {
  const parsed = parseIsoDay(text);
  if (parsed === null) throw new Error(`${text} is no date.`);
  return parsed;
}

export function sold(id: string, memberId: string, cents: number, on: number): Fact {
  const fields: Record<string, Scalar> = {
    Member: { kind: 'party', value: memberId },
    Amount: { kind: 'quantity', value: rational(cents, 100) },
    Sold: { kind: 'date', value: on },
  };
  return { kind: 'Sale', id, revision: 1, fields };
}

export function returned(id: string, saleId: string, cents: number, on: number): Fact {
  const fields: Record<string, Scalar> = {
    Sale: { kind: 'fact', value: saleId },
    Amount: { kind: 'quantity', value: rational(cents, 100) },
    Returned: { kind: 'date', value: on },
  };
  return { kind: 'Return', id, revision: 1, fields };
}

/** A clause that issues a point for each whole dollar of each sale. */
export function issuing(usableThrough: Row | null = null, perDollar = 1): Clause {
  return {
    ...monthly('Points issued', {
      kind: 'per',
      rate: amount(perDollar, number),
      step: amount(1),
      of: field(theSale, 'Amount', usd),
      whole: true,
      type: number,
      at,
    }),
    action: 'issues',
    asset: 'Points',
    payee: { variable: theMember, party: 'Member', from: field(theSale, 'Member', member) },
    occasion: {
      kind: 'fact',
      facts: { kind: 'facts', factKind: 'Sale', item: theSale, where: [], window: { kind: 'all' } },
      fact: theSale,
      unit: null,
      period: null,
      date: field(theSale, 'Sold', date),
    },
    rows: usableThrough === null ? [] : [usableThrough],
  };
}
