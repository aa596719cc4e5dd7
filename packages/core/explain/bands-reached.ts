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
import { sign } from '../values/rational.ts';
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

/** The counts of every sliced table that a clause per period pays by. */
export function bandsReached(program: Program, known: Known, evaluation: Evaluation): readonly BandCount[] {
  const [top] = scopesOf([{ program, from: null, to: null }], known);
  if (top === undefined) return [];
  return program.clauses.flatMap((clause) =>
    clause.occasion.kind === 'period'
      ? slicedTables(program, clause.amount).flatMap((node) => countsOf(top, clause, node, evaluation))
      : [],
  );
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

function countsOf(top: Scope, clause: Clause, node: TableNode, evaluation: Evaluation): readonly BandCount[] {
  const { program } = top.world;
  const table = bandTable(node.table, top);
  const bands = table === null ? [] : bandsOf(table, top);
  if (table === null || !isBandList(bands)) return [];
  const counts = bands.map(() => 0);
  const own = evaluation.entitlements.filter((one) => one.clause === clause.id);
  for (const { payee, period: label } of own) {
    const period = parsePeriod(program.policies.calendar, label);
    const inPeriod = period === null ? null : scopeInPeriod(clauseScope(clause, top), period);
    if (inPeriod === null) continue;
    const on = answer(node.on, occasionScope(clause, payee, period, inPeriod));
    if (!isValue(on) || on.kind !== 'quantity') continue;
    const highest = bands.findLastIndex(
      (band, index) => sign(amountInSlice(band, numberOf(on), index === 0)) !== 0,
    );
    const reached = Math.max(0, highest);
    counts[reached] = (counts[reached] ?? 0) + 1;
  }
  const voice = voiceOf(program);
  return table.bands.map((band, index) => ({
    component: clause.name,
    table: table.id,
    band: rangeWords(voice, band),
    reached: counts[index] ?? 0,
    of: own.length,
  }));
}
