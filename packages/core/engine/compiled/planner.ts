// SPDX-License-Identifier: Apache-2.0
// From a program to plans: each clause either gets a stage, formulas and a line plan, or the reason why the reference
// evaluator keeps it. Planning twice gives the same plan; it depends on the store only through scales and codes.

import type { Clause, Row } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';
import { currency } from '../../values/asset.ts';
import type { PeriodUnit } from '../../values/calendar.ts';
import { isZero, multiply, rational } from '../../values/rational.ts';
import { clausesTogether } from './clauses-together.ts';
import { constantNumber } from './constants.ts';
import { rowSet } from './fact-set.ts';
import {
  atScale,
  boundFormula,
  casesFormula,
  compareFormula,
  type NumberFormula,
  runningSum,
  type TruthFormula,
} from './formula.ts';
import { borne, gateMeasure, inputFormula, keyNumber, keyTruth, placeless } from './key-formula.ts';
import { type Bound, type KeyScope, type Planning, stageOf } from './key-scope.ts';
import type { ClausePlace, ClausePlan, Frame, LinePlan, Stage } from './plan.ts';
import { reachOfClauses } from './reach.ts';
import type { Relation } from './relation.ts';
import { numberOfRow, withItem } from './row-formula.ts';
import { termsOf } from './terms.ts';
import { Unsupported, unsupported } from './unsupported.ts';

export interface Plans {
  readonly stages: readonly Stage[];
  readonly clauses: readonly ClausePlan[];
  readonly places: readonly ClausePlace[];
  /** Relations that formulas follow: a kind of party and its attribute. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** Whether a formula reads the day of evaluation itself. */
  readonly readsToday: boolean;
  /** Whether a relation is followed from what another one leads to. */
  readonly followsChain: boolean;
}

/** The plans of all clauses of a program. `isAlone`: it is the only version, in force for ever. */
export function planOf(planning: Planning, isAlone: boolean): Plans {
  const clauses: ClausePlan[] = [];
  const places = planning.program.clauses.map((clause, index): ClausePlace => {
    try {
      if (!isAlone) unsupported('more than one version');
      const plan = clausePlan(clause, index, planning);
      clauses.push(plan);
      return { clause: clause.id, runs: 'compiled', stage: plan.stage.name, reason: '' };
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      const runs = isNear(clause, planning.program) ? 'by payee' : 'whole';
      return { clause: clause.id, runs, stage: null, reason: error.message };
    }
  });
  return {
    stages: [...planning.stages.values()],
    clauses,
    places,
    relations: planning.relations,
    readsToday: planning.today.isRead,
    followsChain: planning.chain.isFollowed,
  };
}

/** Whether some of the facts are enough for each payee: else all of them are passed over for everybody. */
function isNear({ id }: Clause, program: Program): boolean {
  const versions = [{ program, from: null, to: null }];
  return reachOfClauses(versions, clausesTogether(versions, new Set([id]))) !== null;
}

function clausePlan(clause: Clause, index: number, planning: Planning): ClausePlan {
  const { program } = planning;
  if (clause.action !== 'pays' || program.assets.some(({ id }) => id === clause.asset)) {
    unsupported(`an amount of ${clause.asset}`);
  }
  if (program.policies.attribution === 'freeze') unsupported('frozen lines');
  if (clause.late.kind !== 'restate') unsupported(`late facts: ${clause.late.kind}`);
  if (clause.posts.kind === 'on') unsupported('a date of posting');
  const decimals = currency(clause.asset)?.decimals ?? unsupported('an unknown asset');
  const scope: KeyScope = { ...planning, bound: new Map(), inputs: [], stage: { of: null } };
  const parts = clause.occasion.kind === 'fact' ? factParts(clause, scope) : periodParts(clause, scope);
  const stage = scope.stage.of ?? unsupported('no facts behind it');
  const isNarrow = stage.sets.length <= 31 && stage.measures.length <= 31;
  if (!isNarrow) unsupported('more than 31 sets of facts under one key');
  return {
    index,
    clause,
    stage,
    ...parts,
    inputs: scope.inputs,
    decimals,
    step: stepOf(clause, decimals),
    isSeparable: scope.inputs.every(
      (input) => input.kind !== 'measure' || stage.sets[stage.measures[input.measure]!.set]!.choice === null,
    ),
  };
}

type Parts = Pick<ClausePlan, 'unit' | 'total' | 'active' | 'lines'>;

function stepOf(clause: Clause, decimals: number): number {
  const { step } = clause.rounding;
  if (step === null) return 1;
  const minor = multiply(step, rational(10n ** BigInt(decimals)));
  return minor.d === 1n && minor.n > 0n && minor.n < 1_000_000_000n
    ? Number(minor.n)
    : unsupported('a rounding below the smallest unit');
}

function calendarUnit(unit: string): PeriodUnit {
  if (unit.startsWith('contract')) unsupported('periods of a contract');
  return unit as PeriodUnit;
}

/** Rows that do not change amounts here. */
function isNeutral(row: Row): boolean {
  switch (row.kind) {
    case 'as it grows':
    case 'when the period ends':
    case 'rounded':
    case 'late facts':
    case 'on a return':
      return true;
    default:
      return false;
  }
}

/** A clause for each fact of a set: its total is a sum over the set, each line one fact's own amount. */
function factParts(clause: Clause, scope: KeyScope): Parts {
  const { occasion, payee } = clause;
  if (occasion.kind !== 'fact') unsupported('no facts');
  const { facts, fact, date, unit } = occasion;
  if (payee.from === null || facts.window.kind !== 'all') unsupported('facts in a window');
  if (!clause.rows.every(isNeutral)) unsupported('rows by fact');
  const stage = stageOf(scope, facts.factKind, fact, payee.from);
  const [field, ...rest] = stage.scope.table.kind.countsOn;
  const isCountingDay =
    date.kind === 'field' && date.of.kind === 'variable' && date.field === field && rest.length === 0;
  if (!isCountingDay) unsupported('another date than the counting date');
  const rows = withItem(withItem(stage.scope, facts.item), fact);
  const own = rowSet(facts.factKind, facts.where, rows);
  let set = stage.sets.findIndex(({ name }) => name === own.name);
  if (set === -1) set = stage.sets.push(own) - 1;
  const each = numberOfRow(clause.amount, rows);
  const column = placeless(clause.amount, fact);
  const name = `sum ${set} ${column}`;
  let measure = stage.measures.findIndex((other) => other.name === name);
  if (measure === -1)
    measure =
      stage.measures.push({
        set,
        each,
        name,
        column,
        scale: each.scale,
        terms: termsOf(clause.amount, scope.program),
      }) - 1;
  const { scale } = each;
  return {
    unit: unit === null ? null : calendarUnit(unit),
    total: inputFormula({ kind: 'measure', measure, shift: 0 }, scope),
    active: null,
    lines: {
      kind: 'running',
      measure,
      shift: 0,
      cumulative: runningSum(scale),
      uncapped: null,
    },
  };
}

/** A clause for each payee and period. */
function periodParts(clause: Clause, scope: KeyScope): Parts {
  const { occasion, payee } = clause;
  if (occasion.kind !== 'period') unsupported(`an occasion ${occasion.kind}`);
  const party = scope.program.parties.find(({ id }) => id === payee.party);
  if (party?.role !== 'parties' || party.lasts !== null) unsupported('payees who take part for a time');
  const bound = new Map<number, Bound>([
    [payee.variable.id, { kind: 'payee' }],
    [occasion.period.id, { kind: 'period', shift: 0 }],
  ]);
  const inner: KeyScope = { ...scope, bound };
  const amount = keyNumber(clause.amount, inner);
  const { active, lines } = attribution(clause.amount, inner);
  const capped = clause.rows
    .filter((row) => !isNeutral(row))
    .reduce((parts, row) => withRow(parts, row, inner), { total: amount, lines });
  isZeroWithoutFacts(amount);
  return { unit: calendarUnit(occasion.unit), active, ...capped };
}

/** A clause that pays without any fact exists for every payee and period: the reference knows which. */
function isZeroWithoutFacts(total: NumberFormula<Frame>): void {
  const nothing: Frame = { values: new Float64Array(32), prefix: 0 };
  if (total.at(nothing) !== 0) unsupported('an amount without facts');
}

function attribution(
  amount: Expression,
  scope: KeyScope,
): { readonly active: TruthFormula<Frame> | null; readonly lines: LinePlan } {
  if (amount.kind !== 'cases') {
    const own = borne(amount, scope);
    if (own === null) return { active: null, lines: { kind: 'unattributed' } };
    return { active: null, lines: running(own) };
  }
  const [first, ...more] = amount.cases;
  if (first === undefined || more.length > 0 || !isNothing(amount.otherwise, scope)) {
    unsupported('lines of several cases');
  }
  const active = keyTruth(first.when, scope);
  const own = borne(first.then, scope);
  if (own !== null) return { active, lines: running(own) };
  const measure = gateMeasure(first.when, scope);
  if (measure === null) return { active, lines: { kind: 'unattributed' } };
  return { active, lines: { kind: 'shared', measure: measure.measure, shift: measure.shift } };
}

function running(own: NonNullable<ReturnType<typeof borne>>): LinePlan {
  const { measure, shift } = own.input;
  return { kind: 'running', measure, shift, cumulative: own.cumulative, uncapped: null };
}

function isNothing(expression: Expression | null, scope: KeyScope): boolean {
  if (expression === null) return true;
  const number = constantNumber(expression, scope.program);
  return number !== null && isZero(number);
}

interface Capped {
  readonly total: NumberFormula<Frame>;
  readonly lines: LinePlan;
}

/** A cap: the total is at most the limit, and later facts bear less. */
function withRow({ total, lines }: Capped, row: Row, scope: KeyScope): Capped {
  if (row.kind !== 'at most' || row.when !== null) unsupported(`a row ${row.kind}`);
  if (lines.kind !== 'running' || lines.uncapped !== null) unsupported('a cap on what is shared');
  const limit = keyNumber(row.limit, scope);
  const { cumulative } = lines;
  const least = boundFormula(cumulative, limit, 'lesser');
  const isOver = compareFormula('more than', total, limit);
  return {
    total: boundFormula(total, limit, 'lesser'),
    lines: {
      ...lines,
      cumulative: casesFormula([{ when: isOver, then: least }], cumulative),
      uncapped: { kind: 'number', scale: least.scale, constant: null, ...atScale(cumulative, least.scale) },
    },
  };
}
