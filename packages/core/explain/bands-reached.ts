// SPDX-License-Identifier: Apache-2.0
// How far up the slices of a table people come: for every payee and period of a clause that pays by a sliced table, the
// highest band that the measure reaches. It says whether thresholds stand where people are.
import { scopeInPeriod } from '../engine/reference/amendment.ts';
import { clauseScope, occasionScope } from '../engine/reference/clause.ts';
import { scopesOf } from '../engine/reference/evaluate.ts';
import { answer } from '../engine/reference/expression.ts';
import { isValue, numberOf } from '../engine/reference/result.ts';
import type { Scope } from '../engine/reference/scope.ts';
import { bandsOf, bandTable, isBandList } from '../engine/reference/table-reading.ts';
import type { Clause } from '../program/clause.ts';
import type { Evaluation } from '../program/entitlement.ts';
import type { Expression } from '../program/expression.ts';
import type { Known } from '../program/log.ts';
import type { Program } from '../program/program.ts';
import { parsePeriod } from '../values/period.ts';
import { type Rational, sign } from '../values/rational.ts';
import { meaningsBehind } from './meanings.ts';
import { rangeWords } from './reading-table.ts';
import { amountInSlice } from './reason-table.ts';
import { voiceOf } from './voice.ts';

/** One band of one sliced table under one clause. */
export interface BandCount {
  readonly component: string;
  readonly table: string;
  /** "up to and including USD 50,000 (First Step)". */
  readonly band: string;
  /** Payees × periods whose measure ends in the band. */
  readonly reached: number;
  /** Payees × periods of the clause in all. */
  readonly of: number;
}

/** How far people come under the terms of a program that differs from the measured one in the named blanks. */
export type BandReader = (program: Program, variedBlanks: readonly string[]) => readonly BandCount[];

/** Measures once, for all variants whose blanks the measures do not read; the others are measured again. */
export function bandReader(program: Program, known: Known, evaluation: Evaluation): BandReader {
  const measured = measurementsOf(program, known, evaluation);
  return (variant, variedBlanks) => {
    const isRead = measured.some(({ blanks }) => blanks.some((name) => variedBlanks.includes(name)));
    const measurements = isRead ? measurementsOf(variant, known, evaluation) : measured;
    return measurements.flatMap((one) => countsOf(variant, one, known.asOf));
  };
}

/** The measures of one sliced table under one clause, over payees and periods. */
interface Measurement {
  readonly clause: Clause;
  readonly table: string;
  readonly blanks: readonly string[];
  readonly measures: readonly Rational[];
}

function measurementsOf(program: Program, known: Known, evaluation: Evaluation): readonly Measurement[] {
  const clauses = program.clauses.filter(({ occasion }) => occasion.kind === 'period');
  const nodes = clauses.flatMap((clause) =>
    slicedTables(program, clause.amount).map((node) => ({ clause, node })),
  );
  const [top] = nodes.length === 0 ? [] : scopesOf([{ program, from: null, to: null }], known);
  if (top === undefined) return [];
  return nodes.map(({ clause, node }) => ({
    clause,
    table: node.table,
    blanks: meaningsBehind(program, node.on).blanks,
    measures: measuresOf(top, clause, node, evaluation),
  }));
}

type TableNode = Expression & { kind: 'table' };

/** The sliced tables that stand in the amount itself. */
function slicedTables(program: Program, amount: unknown): readonly TableNode[] {
  if (Array.isArray(amount)) return amount.flatMap((part) => slicedTables(program, part));
  if (typeof amount !== 'object' || amount === null) return [];
  const node = amount as Partial<TableNode>;
  const isSliced = (id: unknown) =>
    program.tables.some((table) => table.id === id && table.kind === 'bands' && table.mode === 'slice');
  const own = node.kind === 'table' && isSliced(node.table) ? [amount as TableNode] : [];
  return [...own, ...Object.values(amount).flatMap((part) => slicedTables(program, part))];
}

function measuresOf(
  top: Scope,
  clause: Clause,
  node: TableNode,
  evaluation: Evaluation,
): readonly Rational[] {
  const { calendar } = top.world.program.policies;
  const own = evaluation.entitlements.filter((one) => one.clause === clause.id);
  return own.flatMap(({ payee, period: label }) => {
    const period = parsePeriod(calendar, label);
    const inPeriod = period === null ? null : scopeInPeriod(clauseScope(clause, top), period);
    if (inPeriod === null) return [];
    const on = answer(node.on, occasionScope(clause, payee, period, inPeriod));
    return isValue(on) && on.kind === 'quantity' ? [numberOf(on)] : [];
  });
}

/** Bounds are terms: they are read without any fact. */
function countsOf(program: Program, measurement: Measurement, asOf: number): readonly BandCount[] {
  const nothing: Known = { facts: [], attributes: [], decisions: [], openings: [], asOf };
  const [top] = scopesOf([{ program, from: null, to: null }], nothing);
  const table = top === undefined ? null : bandTable(measurement.table, top);
  const bands = table === null || top === undefined ? [] : bandsOf(table, top);
  if (table === null || !isBandList(bands)) return [];
  const counts = bands.map(() => 0);
  for (const measure of measurement.measures) {
    const highest = bands.findLastIndex(
      (band, index) => sign(amountInSlice(band, measure, index === 0)) !== 0,
    );
    const reached = Math.max(0, highest);
    counts[reached] = (counts[reached] ?? 0) + 1;
  }
  const voice = voiceOf(program);
  return table.bands.map((band, index) => ({
    component: measurement.clause.name,
    table: table.id,
    band: rangeWords(voice, band),
    reached: counts[index] ?? 0,
    of: measurement.measures.length,
  }));
}
