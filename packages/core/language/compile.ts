// SPDX-License-Identifier: Apache-2.0
// Text to program in one call: parse, then check. Diagnostics of both come sorted by place.
import type { Diagnostic } from '../program/diagnostic.ts';
import type { Program } from '../program/program.ts';
import { withoutConsequences } from './check/consequences.ts';
import { checkDocument } from './check.ts';
import { parseDocument } from './parse.ts';
import type { DocumentTree } from './tree.ts';

export interface Compiled {
  /** Null after any error. */
  readonly program: Program | null;
  readonly tree: DocumentTree;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles one document; `source` is its file name, or "". */
export function compile(text: string, source: string): Compiled {
  const parsed = parseDocument(text, source);
  const checked = checkDocument(parsed.tree);
  const hasSyntaxError = parsed.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  const found = [...parsed.diagnostics, ...checked.diagnostics].sort(
    (a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset,
  );
  const diagnostics = withoutConsequences(found, parsed.tree);
  return { program: hasSyntaxError ? null : checked.program, tree: parsed.tree, diagnostics };
}
