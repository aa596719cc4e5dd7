// SPDX-License-Identifier: Apache-2.0
// Warnings that may only follow from an error: a blank seems unused because the statement that uses it does not compile.
// They are left out while their section has an error, so that one slip gives one message; they come back with its repair.
import type { Diagnostic } from '../../program/diagnostic.ts';
import type { DocumentTree } from '../tree.ts';

const following: readonly string[] = ['blank_unused', 'blank_not_in_section', 'number_outside_blank'];

/** The diagnostics without warnings that an error in the same section may be the cause of. */
export function withoutConsequences(
  diagnostics: readonly Diagnostic[],
  tree: DocumentTree,
): readonly Diagnostic[] {
  const broken = new Set(
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ at }) => chapterAt(tree, at.start.offset)),
  );
  if (broken.size === 0) return diagnostics;
  return diagnostics.filter(
    ({ code, at }) => !following.includes(code) || !broken.has(chapterAt(tree, at.start.offset)),
  );
}

/** The last heading of the first two depths before a place. */
function chapterAt(tree: DocumentTree, offset: number): number {
  return tree.sections.findLastIndex(
    ({ depth, at }, index) => (depth <= 2 || index === 0) && at.start.offset <= offset,
  );
}
