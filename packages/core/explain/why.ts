// SPDX-License-Identifier: Apache-2.0
// Why an amount is what it is: the clause and its reading, the tree of figures behind it, the rows that changed it, the
// facts with their lines, the blanks, and what was attested. The tree is evaluated anew from the program and the facts;
// its end is the same number as the entitlement (invariant 14).
import { scopeInPeriod } from '../engine/reference/amendment.ts';
import { clauseScope, occasionScope } from '../engine/reference/clause.ts';
import { evaluate, scopesOf } from '../engine/reference/evaluate.ts';
import { answer } from '../engine/reference/expression.ts';
import type { FactRecord } from '../engine/reference/order.ts';
import { isValue, numberOf } from '../engine/reference/result.ts';
import { bindRecord, type Scope } from '../engine/reference/scope.ts';
import type { Clause, Row, Settlement } from '../program/clause.ts';
import type { Entitlement, Evaluation, Key, LineNote } from '../program/entitlement.ts';
import type { Expression } from '../program/expression.ts';
import type { Fact, Known } from '../program/log.ts';
import type { Program, Version } from '../program/program.ts';
import { type Period, parsePeriod } from '../values/period.ts';
import { maximum, minimum, multiply, type Rational } from '../values/rational.ts';
import { amountFigure, figureOf } from './figures.ts';
import { meaningsBehind } from './meanings.ts';
import { clauseVoice, readClause } from './reading-clause.ts';

import { readSettlement } from './reading-settlement.ts';
import { figureFor, type Place, type Reason, reasonOf } from './reason.ts';
import { referenceOf, voiceOf } from './voice.ts';
import { type Journal, walletPart } from './why-wallet.ts';

/** The part of an amount that one occasion gives: the whole period, or one fact. */
export interface Part {
  readonly fact: { readonly kind: string; readonly id: string } | null;
  /** The formula before the rows. */
  readonly reason: Reason;
  /** Rows that bound or multiply, top to bottom; `exact` is the amount behind the row. */
  readonly rows: readonly Reason[];
  /** The amount after the rows, before rounding; null while it waits. */
  readonly exact: Rational | null;
}
export interface FactLine {
  readonly fact: { readonly kind: string; readonly id: string } | null;
  readonly fields: readonly { readonly name: string; readonly figure: string }[];
  /** Smallest units; the lines add up to the amount. */
  readonly amount: bigint;
  readonly note: LineNote;
}
export interface Explanation extends Key {
  readonly section: string;
  readonly agreement: string;
  readonly version: { readonly from: number | null; readonly to: number | null };
  /** The reading of the clause. */
  readonly sentences: readonly string[];
  readonly parts: readonly Part[];
  /** How many occasions there are beyond the parts that are shown. */
  readonly partsMore: number;
  /** What happened to the wallet behind it; null where no wallet is. */
  readonly journal: Journal | null;
  readonly lines: readonly FactLine[];
  readonly blanks: readonly { readonly name: string; readonly figure: string }[];
  /** Kinds of facts and attributes of others that the amount rests on. */
  readonly attested: readonly string[];
  readonly exact: Rational;
  readonly amount: bigint;
  readonly held: bigint;
  readonly state: Entitlement['state'];
  readonly waiting: Entitlement['waiting'];
}

/** At most so many occasions are taken apart in one explanation. */
export const partsMax = 12;

/**
 * Why the amount of a key is what it is; null where the agreement gives nothing for it. An evaluation of the same
 * versions and facts saves doing it again.
 */
export function explain(
  versions: readonly Version[],
  known: Known,
  key: Pick<Key, 'clause' | 'payee' | 'period'>,
  evaluation: Evaluation = evaluate(versions, known),
): Explanation | null {
  const isWanted = (one: Entitlement) =>
    one.clause === key.clause && one.payee === key.payee && one.period === key.period;
  const entitlement = evaluation.entitlements.find(isWanted);
  const scopes = scopesOf(versions, known);
  const program = scopes.at(-1)?.world.program;
  if (entitlement === undefined || program === undefined) return null;
  const clause = program.clauses.find(({ id }) => id === key.clause);
  const settlement = program.settlements.find(({ id }) => id === key.clause);
  const node = clause ?? settlement;
  const version = versions.find((one) => one.program === program);
  const records = new Map(known.facts.map((fact) => [factKey(fact), fact]));
  const occasions = clause === undefined ? [] : occasionsOf(clause, entitlement);
  const inWallet = walletPart(scopes, entitlement);
  const { component, asset, exact, amount, held, state, waiting } = entitlement;
  return {
    clause: key.clause,
    payee: key.payee,
    period: key.period,
    ...{ component, asset, exact, amount, held, state, waiting },
    section: node?.section ?? '',
    agreement: program.title,
    version: { from: version?.from ?? null, to: version?.to ?? null },
    sentences:
      clause !== undefined
        ? readClause(program, clause)
        : settlement === undefined
          ? []
          : readSettlement(voiceOf(program), settlement),
    parts:
      inWallet !== null
        ? inWallet.parts
        : settlement === undefined
          ? scopes.flatMap((scope) => partsUnder(scope, key, occasions.slice(0, partsMax)))
          : [settledPart(program, settlement, entitlement, evaluation)],
    partsMore: inWallet !== null ? 0 : Math.max(0, occasions.length - partsMax),
    journal: inWallet?.journal ?? null,
    lines: entitlement.lines.map((line) => ({
      fact: line.fact,
      fields: line.fact === null ? [] : fieldsOf(program, records.get(factKey(line.fact))),
      amount: line.amount,
      note: line.note,
    })),
    blanks: node === undefined ? [] : blanksOf(program, node),
    attested: clause?.foreignReads ?? [],
  };
}

/** What flows into a settlement: the amounts of its clauses whose periods end in its own. */
function settledPart(
  program: Program,
  settlement: Settlement,
  entitlement: Entitlement,
  evaluation: Evaluation,
): Part {
  const { calendar } = program.policies;
  const own = parsePeriod(calendar, entitlement.period);
  const flowsIn = (one: Entitlement) => {
    const end = parsePeriod(calendar, one.period)?.end;
    const isOurs = settlement.from.includes(one.clause) && one.payee === entitlement.payee;
    return isOurs && end !== undefined && own !== null && end >= own.start && end <= own.end;
  };
  const parts = evaluation.entitlements.filter(flowsIn).map(
    (one): Reason => ({
      label: `${one.component} for ${one.period}`,
      figure: amountFigure(program, one.amount, one.asset),
      exact: null,
      fact: null,
      parts: [],
    }),
  );
  const { amount, asset, exact, component } = entitlement;
  const reason = { label: component, figure: amountFigure(program, amount, asset), exact, fact: null, parts };
  return { fact: null, reason, rows: [], exact };
}

function factKey({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}\u0000${id}`;
}

/** The occasions under one version; none where the version was not in force in the period. */
function partsUnder(
  scope: Scope,
  key: Pick<Key, 'clause' | 'payee' | 'period'>,
  occasions: readonly Occasion[],
): readonly Part[] {
  const { program } = scope.world;
  const clause = program.clauses.find(({ id }) => id === key.clause);
  const period = key.period === '' ? null : parsePeriod(program.policies.calendar, key.period);
  if (clause === undefined) return [];
  const own = period === null ? scope : scopeInPeriod(scope, period);
  return own === null ? [] : occasions.flatMap((fact) => partOf(own, clause, key.payee, period, fact) ?? []);
}

type Occasion = { readonly kind: string; readonly id: string } | null;

/** One for a period; for a clause of facts each fact that has a line (it may have several: the share, the minimum). */
function occasionsOf(clause: Clause, entitlement: Entitlement): readonly Occasion[] {
  if (clause.occasion.kind === 'period' || clause.occasion.kind === 'ever') return [null];
  const facts = entitlement.lines.flatMap(({ fact, note }) =>
    fact === null || note === 'return' ? [] : [fact],
  );
  return [...new Map(facts.map((fact) => [factKey(fact), fact])).values()];
}

/** One occasion taken apart; null where its fact does not count. */
function partOf(
  top: Scope,
  clause: Clause,
  payee: string,
  period: Period | null,
  fact: Occasion,
): Part | null {
  const outer = occasionScope(clause, payee, period, clauseScope(clause, top));
  const scope = fact === null ? outer : scopeWithFact(clause, outer, fact);
  if (scope === null) return null;
  const voice = clauseVoice(top.world.program, clause);
  const { occasion } = clause;
  const silent =
    occasion.kind === 'period'
      ? ` of ${referenceOf(voice, clause.payee.variable).subject} in the ${occasion.unit}`
      : '';
  const place: Place = { voice, scope, depth: 0, silent };
  const reason = reasonOf(place, clause.amount);
  return { fact, reason, ...rowsOf(place, clause, reason.exact) };
}

function scopeWithFact(clause: Clause, scope: Scope, fact: NonNullable<Occasion>): Scope | null {
  if (!('fact' in clause.occasion)) return null;
  const record: FactRecord | undefined = scope.world.recordsById.get(fact.kind)?.get(fact.id);
  return record === undefined ? null : bindRecord(scope, clause.occasion.fact, record);
}

/** Bounds and multipliers, applied to the number again. */
function rowsOf(place: Place, clause: Clause, before: Rational | null): Pick<Part, 'rows' | 'exact'> {
  const rows: Reason[] = [];
  let exact = before;
  for (const row of clause.rows) {
    if ((row.kind !== 'at most' && row.kind !== 'at least' && row.kind !== 'times') || exact === null)
      continue;
    const parts = row.when === null ? [] : [reasonOf(place, row.when)];
    const isMet = row.when === null || isHeld(place.scope, row.when);
    const operand = row.kind === 'times' ? row.factor : row.limit;
    const found = answer(operand, place.scope);
    if (isMet && isValue(found)) exact = bounded(row.kind, exact, numberOf(found));
    const label = `${row.kind} ${reasonOf({ ...place, depth: 99 }, operand).label}${isMet ? '' : ' (does not apply)'}`;
    rows.push({
      label,
      figure: figureFor(operand.type, found, place.scope).figure,
      exact,
      fact: null,
      parts,
    });
  }
  return { rows, exact };
}

function isHeld(scope: Scope, condition: Expression): boolean {
  const found = answer(condition, scope);
  return found.kind === 'yesNo' && found.value;
}

function bounded(kind: Row['kind'], amount: Rational, operand: Rational): Rational {
  if (kind === 'at most') return minimum(amount, operand);
  return kind === 'at least' ? maximum(amount, operand) : multiply(amount, operand);
}

/** The fields that a person knows a fact by, in the declared order. */
function fieldsOf(program: Program, fact: Fact | undefined): FactLine['fields'] {
  const kind = program.factKinds.find(({ id }) => id === fact?.kind);
  return (kind?.fields ?? []).flatMap(({ name, type }) => {
    const value = fact?.fields[name];
    return value === undefined ? [] : [{ name, figure: figureOf(type, value) }];
  });
}

function blanksOf(program: Program, node: unknown): Explanation['blanks'] {
  return meaningsBehind(program, node).blanks.flatMap((name) => {
    const blank = program.blanks.find(({ id }) => id === name);
    return blank === undefined || blank.value === null
      ? []
      : [{ name, figure: figureOf(blank.type, blank.value) }];
  });
}
