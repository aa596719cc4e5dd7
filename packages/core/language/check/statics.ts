// SPDX-License-Identifier: Apache-2.0
// Questions asked of the whole program once it is checked.
import type { Program } from '../../program/program.ts';
import type { DocumentTree } from '../tree.ts';
import type { Context } from './context.ts';
import type { Stated } from './policies.ts';
import { note } from './report.ts';

/** Notes what is missing or doubtful in the document as a whole. */
export function programWarnings(
  context: Context,
  _tree: DocumentTree,
  _program: Program,
  stated: Stated,
): void {
  const [period] = context.usedPeriods;
  if (period !== undefined && !stated.keys.has('calendar')) note(context.report, 'calendar_missing', period);
}
