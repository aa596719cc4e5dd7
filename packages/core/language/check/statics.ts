// SPDX-License-Identifier: Apache-2.0
// Questions asked of the whole program once its statements are checked: policies that are needed and missing, blanks
// that no formula uses, numbers outside blanks, rows that can never apply, cliffs, results that may be none.
import type { Program } from '../../program/program.ts';
import type { DocumentTree } from '../tree.ts';
import { circularClauses } from './circles.ts';
import { type Context, findKind } from './context.ts';
import { looseNumbers } from './loose-numbers.ts';
import { unhandledNone } from './none.ts';
import type { Stated } from './policies.ts';
import { indexOf } from './program-index.ts';
import { note, type Report, warn } from './report.ts';
import { cliffs, tableProblems } from './table-checks.ts';
import { unreachableRows } from './unreachable.ts';

/** Notes what is missing or doubtful in the document as a whole. */
export function programWarnings(
  context: Context,
  tree: DocumentTree,
  program: Program,
  stated: Stated,
): void {
  const { report } = context;
  missingPolicies(context, program, stated);
  unusedBlanks(context, tree);
  const index = indexOf(program);
  for (const table of program.tables) {
    tableProblems(report, table, index.blanks);
    cliffs(report, table, index.blanks);
  }
  unreachableRows(report, program, index.blanks);
  unhandledNone(report, program, index);
  circularClauses(report, program, index);
  looseNumbers(report, tree);
}

function missingPolicies({ report, usedPeriods }: Context, program: Program, { keys }: Stated): void {
  const [period] = usedPeriods;
  if (period !== undefined && !keys.has('calendar')) note(report, 'calendar_missing', period);
  const unrounded = program.clauses.find((clause) => clause.rows.every((row) => row.kind !== 'rounded'));
  if (unrounded !== undefined && !keys.has('rounding')) {
    note(report, 'rounding_missing', unrounded.at, { clause: unrounded.name });
  }
  const lowering = program.factKinds.find((kind) => kind.lowers !== null);
  const isStated = keys.has('returns') || hasReturnRows(program);
  if (lowering?.lowers != null && !isStated) {
    const { field, link } = lowering.lowers;
    note(report, 'returns_not_stated', lowering.at, { kind: lowering.id, field, link });
  }
}

function hasReturnRows({ clauses }: Program): boolean {
  return (
    clauses.length > 0 && clauses.every((clause) => clause.rows.some((row) => row.kind === 'on a return'))
  );
}

/** A blank must be used by the formulas of the section whose prose it stands in. */
function unusedBlanks(context: Context, tree: DocumentTree): void {
  for (const blank of tree.blanks) {
    if (findKind(context, blank.name, 'blank') === null) continue;
    const uses = context.usedBlanks.get(blank.name.text);
    const facts = { name: blank.name.text, section: tree.sections[blank.section]?.heading ?? '' };
    if (uses === undefined) {
      warnBlank(context.report, 'blank_unused', blank.at, facts);
      continue;
    }
    const chapter = chapterOf(tree, blank.section);
    const isHere = [...uses].some((section) => chapterOf(tree, section) === chapter);
    if (isHere || (tree.sections[chapter]?.depth ?? 1) < 2) continue;
    const [first] = uses;
    const used = tree.sections[first ?? 0]?.heading ?? '';
    warnBlank(context.report, 'blank_not_in_section', blank.at, { ...facts, used });
  }
}

function warnBlank(
  report: Report,
  code: string,
  at: DocumentTree['at'],
  facts: Record<string, string>,
): void {
  warn(report, code, at, facts);
}

/** The chapter (a heading of the first two depths) that a section belongs to. */
function chapterOf(tree: DocumentTree, section: number): number {
  let index = section;
  while (index > 0 && (tree.sections[index]?.depth ?? 1) > 2) index -= 1;
  return index;
}
