// SPDX-License-Identifier: Apache-2.0
// How far somebody is: each measure that a clause compares with a target, divides by one, or looks up in a table of bands,
// with the figure by now, the target, and how much is missing to the next band. The measures are asked for by the same
// engine, in the same place as the clause asks.

import { scopeInPeriod } from '../engine/reference/amendment.ts';
import { clauseScope, duringOf, occasionScope } from '../engine/reference/clause.ts';
import { scopesOf } from '../engine/reference/evaluate.ts';
import { answer } from '../engine/reference/expression.ts';
import { isValue, numberOf } from '../engine/reference/result.ts';
import type { Scope } from '../engine/reference/scope.ts';
import { bandsOf, bandTable, isBandList } from '../engine/reference/table-reading.ts';
import { isWithinBounds } from '../engine/reference/tables.ts';
import type { Clause } from '../program/clause.ts';
import type { Expression } from '../program/expression.ts';
import type { Known } from '../program/log.ts';
import type { Version } from '../program/program.ts';
import { type Period, type PeriodUnit, periodUnits } from '../values/calendar.ts';
import { parsePeriod, periodContaining } from '../values/period.ts';
import { divide, type Rational, sign, subtract } from '../values/rational.ts';
import { quantityFigure } from './figures.ts';
import { clauseVoice } from './reading-clause.ts';
import { rangeWords } from './reading-table.ts';
import { reasonOf } from './reason.ts';
import { referenceOf, type Voice } from './voice.ts';

export interface Measured {
  /** "Revenue". */
  readonly name: string;
  readonly period: string;
  /** Components whose amount it moves. */
  readonly components: readonly string[];
  readonly figure: string;
  readonly exact: Rational | null;
  /** "USD 60,000"; null where the measure has no target. */
  readonly target: string | null;
  /** Measure over target. */
  readonly attained: Rational | null;
  /** The band that it stands in: "up to USD 50,000 (First Step)". */
  readonly band: string | null;
  /** What is missing to the next band, or to the target. */
  readonly toNext: string | null;
}

/** Deeper than any clause that a person would write. */
const depthMax = 40;

/**
 * Of a payee, in the period of that label, or in the periods that hold the day of evaluation. Clauses of other units of
 * time than the label's are left out.
 */
export function attainmentOf(
  versions: readonly Version[],
  known: Known,
  { payee, period }: { readonly payee: string; readonly period: string | null },
): readonly Measured[] {
  const top = scopesOf(versions, known).at(-1);
  if (top === undefined) return [];
  const { program, parties } = top.world;
  const found = program.clauses
    .filter((clause) => (parties.get(clause.payee.party) ?? []).includes(payee))
    .flatMap((clause) => {
      const own = periodOf(clause, top, period);
      const scope = own === null ? null : scopeInPeriod(clauseScope(clause, top), own);
      if (own === null || scope === null) return [];
      const asked = {
        ...occasionScope(clause, payee, own, scope),
        during: duringOf(clause, scope),
        waits: [],
      };
      return measuresOf(clause, clause.amount, asked, own);
    });
  return together(found);
}

function periodOf({ occasion }: Clause, { world }: Scope, label: string | null): Period | null {
  if (occasion.kind !== 'period' || !isCalendarUnit(occasion.unit)) return null;
  const { calendar } = world.program.policies;
  if (label === null) return periodContaining(calendar, occasion.unit, world.asOf);
  const given = parsePeriod(calendar, label);
  return given !== null && given.unit === occasion.unit ? given : null;
}

function isCalendarUnit(unit: string): unit is PeriodUnit {
  return (periodUnits as readonly string[]).includes(unit);
}

function measuresOf(clause: Clause, amount: Expression, scope: Scope, period: Period): readonly Measured[] {
  const voice = clauseVoice(scope.world.program, clause);
  const unit = clause.occasion.kind === 'period' ? clause.occasion.unit : '';
  const silent = ` of ${referenceOf(voice, clause.payee.variable).subject} in the ${unit}`;
  const place: MeasurePlace = { voice, scope, silent, period: period.label, component: clause.name };
  return within(amount, depthMax).flatMap((node): readonly Measured[] => {
    if (node.kind === 'table') return byTable(place, node);
    if (node.kind === 'compare' && (node.comparison === 'at least' || node.comparison === 'more than'))
      return byTarget(place, node.left, node.right);
    if (node.kind === 'arithmetic' && node.operator === '/') return byTarget(place, node.left, node.right);
    return [];
  });
}

interface MeasurePlace {
  readonly voice: Voice;
  readonly scope: Scope;
  readonly silent: string;
  readonly period: string;
  readonly component: string;
}

/** A quantity by now against a term of the agreement or of the payee. */
function byTarget(place: MeasurePlace, measure: Expression, target: Expression): readonly Measured[] {
  if (measure.type.kind !== 'quantity' || !isMeasure(measure) || isMeasure(target)) return [];
  const by = answer(target, place.scope);
  if (!isValue(by) || by.kind !== 'quantity') return [];
  const wanted = numberOf(by);
  const own = measured(place, measure);
  const missing = own.exact === null ? null : subtract(wanted, own.exact);
  return [
    {
      ...own,
      target: quantityFigure(target.type, wanted),
      attained: own.exact === null ? null : divide(own.exact, wanted),
      toNext: missing === null || sign(missing) <= 0 ? null : quantityFigure(measure.type, missing),
    },
  ];
}

function byTable(place: MeasurePlace, node: Expression & { kind: 'table' }): readonly Measured[] {
  const { scope, voice } = place;
  const table = bandTable(node.table, scope);
  const bands = table === null ? [] : bandsOf(table, scope);
  const own = measured(place, node.on);
  if (table === null || !isBandList(bands) || own.exact === null) return [own];
  const x = own.exact;
  const index = bands.findIndex((band) => isWithinBounds(x, band.from, band.to));
  const words = table.bands[index];
  const end = bands[index]?.to ?? null;
  return [
    {
      ...own,
      band: words === undefined ? null : rangeWords(voice, words),
      toNext: end === null ? null : quantityFigure(table.input, subtract(end.value, x)),
    },
  ];
}

function measured({ voice, scope, silent, period, component }: MeasurePlace, node: Expression): Measured {
  const { label, figure, exact } = reasonOf({ voice, scope, silent, depth: Infinity }, node);
  const none = { target: null, attained: null, band: null, toNext: null };
  return { name: label, period, components: [component], figure, exact, ...none };
}

/** Whether facts stand behind it, and not terms alone. */
function isMeasure(node: Expression): boolean {
  return within(node, depthMax).some(
    ({ kind }) => kind === 'call' || kind === 'fold' || kind === 'entitlement',
  );
}

/** The expression and all that stand in it. */
function within(value: unknown, depth: number): readonly Expression[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((part) => within(part, depth - 1));
  const isNode = 'kind' in value && 'type' in value;
  const parts = Object.values(value).flatMap((part) => within(part, depth - 1));
  return isNode ? [value as Expression, ...parts] : parts;
}

/** One entry for each measure, period and target, with every component that it moves. */
function together(found: readonly Measured[]): readonly Measured[] {
  const byKey = new Map<string, Measured>();
  for (const one of found) {
    const key = JSON.stringify([one.name, one.period, one.target, one.band]);
    const before = byKey.get(key);
    const components = [...new Set([...(before?.components ?? []), ...one.components])];
    byKey.set(key, { ...one, components });
  }
  return [...byKey.values()];
}
