// SPDX-License-Identifier: Apache-2.0
// From the tree as written to the checked program. A first run finds which units the bare numbers in blanks must
// have; only when there are such does a second one check with them. Errors never stop the other statements.
import type { Diagnostic } from '../program/diagnostic.ts';
import type { Program } from '../program/program.ts';
import { assembled } from './check/assemble.ts';
import { clauseNames } from './check/clause-names.ts';
import { withoutConsequences } from './check/consequences.ts';
import type { Context } from './check/context.ts';
import { declareNames } from './check/declare.ts';
import { declareFields } from './check/fields.ts';
import { statedPolicies } from './check/policies.ts';
import { newReport } from './check/report.ts';
import { programWarnings } from './check/statics.ts';
import type { DocumentTree } from './tree.ts';

export interface Checked {
  /** Null only after an error. */
  readonly program: Program | null;
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks a document. It never throws. */
export function checkDocument(tree: DocumentTree): Checked {
  const demands: Context['demands'] = new Map();
  const first = runOnce(tree, demands);
  return demands.size > 0 ? runOnce(tree, demands) : first;
}

function runOnce(tree: DocumentTree, demands: Context['demands']): Checked {
  const report = newReport();
  const stated = statedPolicies(report, tree);
  const context: Context = {
    report,
    names: new Map(),
    demands,
    clauseNames: clauseNames(report, tree),
    usedBlanks: new Map(),
    derivedKinds: new Map(),
    statuses: new Map(),
    policies: stated.policies,
    section: 0,
    nextVariable: 0,
    usedPeriods: [],
    sections: new Map(tree.statements.map(({ statement, section }) => [statement, section])),
  };
  declareNames(context, tree);
  declareFields(context, tree);
  const program = assembled(context, tree, stated);
  programWarnings(context, tree, program, stated);
  const diagnostics = [...report.diagnostics].sort(
    (a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset,
  );
  const isSound = diagnostics.every((diagnostic) => diagnostic.severity !== 'error');
  return { program: isSound ? program : null, diagnostics: withoutConsequences(diagnostics, tree) };
}
