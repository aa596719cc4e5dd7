// SPDX-License-Identifier: Apache-2.0
// Clauses: who pays what to whom, for what occasion. The payee and the period are bound once; bare measures in the
// amount and the rows then mean those of that payee in that period.
import type { Clause, Occasion } from '../../program/clause.ts';
import type { Expression, PeriodUnitName, Variable } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import type { DueTree, Name } from '../tree.ts';
import { linksTo, memberNamed, onlyLink, readMember } from './access.ts';
import { slug } from './clause-names.ts';
import {
  baseKind,
  type ClauseTree,
  type Context,
  type Env,
  emptyEnv,
  find,
  findKind,
  type Of,
  reference,
  variable,
} from './context.ts';
import { checkExpression } from './expressions.ts';
import { mustFit } from './fit.ts';
import { unknownName } from './lookup.ts';
import type { Place } from './place.ts';
import { fail } from './report.ts';
import { rowsOf } from './rows.ts';
import { countingDate } from './scopes.ts';
import { amountType, assetOf, periodType, typeText } from './types.ts';

/** A clause before posting moments and foreign reads are known. */
export type ClauseDraft = Omit<Clause, 'posts' | 'foreignReads'>;

interface Bound {
  readonly env: Env;
  readonly payee: Clause['payee'];
  readonly occasion: Occasion;
}

/** Checks one clause. */
export function clauseOf(context: Context, statement: ClauseTree, section: string): ClauseDraft {
  const payer = statement.kind === 'pays' ? statement.payer : statement.party;
  partyNamed(context, payer);
  const bound = statement.kind === 'pays' ? bindPays(context, statement) : bindMoves(context, statement);
  const amount = checkExpression(context, bound.env, statement.amount);
  const asset = assetFor(context, statement, amount);
  const fitted = mustFit(context, amount, amountType(asset));
  const { rows, rules } = rowsOf(context, bound.env, statement.rows, asset, bound.occasion);
  return {
    id: slug(statement),
    name: statement.component.text,
    at: statement.at,
    section,
    action: statement.kind === 'moves' ? 'moves' : statement.asset === null ? 'pays' : 'issues',
    payer: statement.kind === 'moves' ? null : payer.text,
    payee: bound.payee,
    accounts: statement.kind === 'moves' ? { from: statement.from.text, to: statement.to.text } : null,
    occasion: bound.occasion,
    asset,
    amount: fitted,
    rows,
    ...rules,
  };
}

function partyNamed(context: Context, name: Name): string {
  const found = find(context, name.text);
  if (found === null) unknownName(context, name, 'party');
  if (found.declaration.kind !== 'party') {
    fail(context.report, 'type_mismatch', name.at, { found: found.declaration.id, expected: 'a party' });
  }
  return found.declaration.id;
}

function assetFor(context: Context, statement: ClauseTree, amount: Expression): string {
  if (statement.kind === 'pays' && statement.asset !== null) {
    const asset = findKind(context, statement.asset, 'asset');
    if (asset === null) unknownName(context, statement.asset, 'asset');
    return asset.id;
  }
  const asset = assetOf(amount.type);
  if (asset !== null) return asset;
  if (amount.type.kind === 'quantity' && amount.type.unit.length === 0) {
    fail(context.report, 'currency_missing', amount.at, {
      found: typeText(amount.type),
      expected: 'an amount of money',
    });
  }
  fail(context.report, 'type_mismatch', amount.at, { found: typeText(amount.type), expected: 'an amount' });
}

function bindMoves(context: Context, statement: Of<'moves'>): Bound {
  const { party, unit } = statement;
  const payee = variable(context, party.text, { kind: 'party', of: partyNamed(context, party) });
  const period = periodVariable(context, unit, statement);
  return {
    env: envOf({ payee, period, unit, at: party.at }),
    payee: { variable: payee, party: party.text, from: null },
    occasion: { kind: 'period', unit, period },
  };
}

function periodVariable(
  context: Context,
  unit: PeriodUnitName,
  statement: { readonly at: Expression['at'] },
): Variable {
  context.usedPeriods.push(statement.at);
  return variable(context, unit, periodType);
}

function envOf(bound: {
  readonly payee: Variable;
  readonly fact?: Variable;
  readonly period: Variable | null;
  readonly unit: PeriodUnitName | null;
  readonly at: Expression['at'];
}): Env {
  const { payee, period, unit, at } = bound;
  const fact = bound.fact ?? null;
  return {
    ...emptyEnv,
    bound: fact === null ? [payee] : [payee, fact],
    it: fact ?? payee,
    payee,
    fact,
    period: period === null ? null : { expression: reference(period, at), unit },
  };
}

function bindPays(context: Context, statement: Of<'pays'>): Bound {
  const { payee: tree, due } = statement;
  if (tree.kind === 'each') {
    const party = partyNamed(context, tree.party);
    const payee = variable(context, party, { kind: 'party', of: party });
    if (due?.kind === 'in its') fail(context.report, 'fact_missing', due.at);
    const unit = due?.unit ?? null;
    const period = unit === null ? null : periodVariable(context, unit, due ?? tree);
    return {
      env: envOf({ payee, period, unit, at: tree.at }),
      payee: { variable: payee, party, from: null },
      occasion: unit === null || period === null ? { kind: 'ever' } : { kind: 'period', unit, period },
    };
  }
  return bindFact(context, statement, tree, due);
}

function bindFact(
  context: Context,
  statement: Of<'pays'>,
  tree: Exclude<Of<'pays'>['payee'], { kind: 'each' }>,
  due: DueTree | null,
): Bound {
  const found = find(context, tree.fact.text);
  if (found === null) unknownName(context, tree.fact, 'kind of fact');
  const kind = found.declaration;
  if (kind.kind !== 'fact' && kind.kind !== 'derived') {
    fail(context.report, 'type_mismatch', tree.fact.at, { found: kind.id, expected: 'a kind of fact' });
  }
  const fact = variable(context, kind.id, { kind: 'fact', of: kind.id });
  const from =
    tree.kind === 'of each' ? payeePath(context, fact, tree.path) : payeeFor(context, fact, tree.party);
  if (from.type.kind !== 'party') {
    fail(context.report, 'payee_not_linked', tree.at, { payee: typeText(from.type), fact: kind.id });
  }
  const party = from.type.of;
  const payee = variable(context, party, from.type);
  const unit = due?.unit ?? null;
  const period = unit === null || due === null ? null : periodVariable(context, unit, due);
  const env = envOf({ payee, fact, period, unit, at: tree.at });
  return {
    env,
    payee: { variable: payee, party, from },
    occasion: factOccasion(context, statement, { fact, env, period, due, kind: kind.id }),
  };
}

function factOccasion(
  context: Context,
  statement: Of<'pays'>,
  {
    fact,
    env,
    period,
    due,
    kind,
  }: {
    readonly fact: Variable;
    readonly env: Env;
    readonly period: Variable | null;
    readonly due: DueTree | null;
    readonly kind: string;
  },
): Occasion {
  const facts = { kind: 'facts', factKind: kind, item: fact, where: [], window: { kind: 'all' } } as const;
  if (due?.kind === 'each' && period !== null) {
    if ((baseKind(context, kind)?.lasts ?? null) === null) {
      fail(context.report, 'fact_does_not_last', due.at, { fact: kind });
    }
    return { kind: 'lasting', facts, fact, unit: due.unit, period };
  }
  const lasting = statement.rows.find((row) => row.kind === 'while it lasts');
  if (lasting !== undefined) fail(context.report, 'period_missing', lasting.at, { unit: 'month', has: '' });
  const dated = due?.kind === 'in its' ? due.date : null;
  const date =
    dated === null ? countingDate(context, fact, statement.payee.at) : dateField(context, env, fact, dated);
  return { kind: 'fact', facts, fact, unit: due?.unit ?? null, period, date };
}

function dateField(context: Context, env: Env, fact: Variable, name: Name): Expression {
  const member = memberNamed(context, fact.type, name);
  if (member === null) unknownName(context, name, fact.name);
  const place: Place = { env, scope: null, frame: null, moment: null };
  const date = readMember(context, place, reference(fact, name.at), member, name.at);
  if (date.type.kind !== 'date') {
    fail(context.report, 'type_mismatch', name.at, { found: typeText(date.type), expected: 'a date' });
  }
  return date;
}

/** `the Manager of its Representative of each Deal`: read from the fact outward. */
function payeePath(context: Context, fact: Variable, path: readonly Name[]): Expression {
  const env: Env = { ...emptyEnv, bound: [fact], it: fact, fact };
  const place: Place = { env, scope: null, frame: null, moment: null };
  return [...path].reverse().reduce<Expression>(
    (of, name) => {
      const member = memberNamed(context, of.type, name);
      if (member === null) {
        if (find(context, name.text) === null) unknownName(context, name, 'party');
        fail(context.report, 'payee_not_linked', name.at, { payee: name.text, fact: typeText(of.type) });
      }
      return readMember(context, place, of, member, name.at);
    },
    reference(fact, fact.type.kind === 'fact' ? (path[0]?.at ?? nowhere) : nowhere),
  );
}

const start = { offset: 0, line: 1, column: 1 };
const nowhere = { source: '', start, end: start };

/** `pays Company for each Invoice`: the one party of that name, or the one link to that kind. */
function payeeFor(context: Context, fact: Variable, name: Name): Expression {
  const party = partyNamed(context, name);
  const type: Type = { kind: 'party', of: party };
  const declaration = findKind(context, party, 'party');
  if (declaration?.role === 'the party') {
    return { kind: 'literal', value: { kind: 'party', value: party }, type, at: name.at };
  }
  const links = linksTo(context, fact.type, type);
  if (links.length === 0) {
    fail(context.report, 'payee_not_linked', name.at, { payee: party, fact: fact.name });
  }
  const link = onlyLink(context, links, { from: fact.name, to: party, at: name.at });
  const env: Env = { ...emptyEnv, bound: [fact], it: fact, fact };
  return readMember(
    context,
    { env, scope: null, frame: null, moment: null },
    reference(fact, name.at),
    link,
    name.at,
  );
}
