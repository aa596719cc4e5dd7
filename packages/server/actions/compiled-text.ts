// SPDX-License-Identifier: Apache-2.0
// The text of an agreement, compiled and proved by its own worked examples: what is wrong with it, what to look at, and
// its hash. Whoever stores or activates a text goes through here.
import { runExample } from '@rapport/core/engine/examples.ts';
import { compile } from '@rapport/core/language/compile.ts';
import { messageOf } from '@rapport/core/language/messages.ts';
import type { DocumentTree } from '@rapport/core/language/tree.ts';
import type { Diagnostic } from '@rapport/core/program/diagnostic.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { agreementHash } from '@rapport/core/proof/document.ts';
import { formatDecimal } from '@rapport/core/values/rational.ts';
import type { Finding } from '../wire/problem.ts';

/** The version of the semantics by which new texts compute. */
export const currentSemantics = 1;

export interface CompiledText {
  readonly hash: string;
  readonly program: Program | null;
  readonly tree: DocumentTree;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly examples: readonly { readonly name: string; readonly holds: boolean; readonly detail: string }[];
  readonly openBlanks: readonly string[];
}

/** The most findings of either kind that an answer lists. */
const findingsMax = 200;

export function compileText(text: string): CompiledText {
  const { program, tree, diagnostics } = compile(text, '');
  const of = (severity: Diagnostic['severity']) =>
    diagnostics
      .filter((diagnostic) => diagnostic.severity === severity)
      .slice(0, findingsMax)
      .map(findingOf);
  const openBlanks = (program?.blanks ?? []).filter(({ value }) => value === null).map(({ id }) => id);
  return {
    hash: agreementHash({ text, semantics: program?.semantics ?? currentSemantics }),
    program,
    tree,
    errors: of('error'),
    warnings: of('warning'),
    examples: program === null ? [] : program.examples.map((example) => exampleOf(program, example)),
    openBlanks,
  };
}

function findingOf(diagnostic: Diagnostic): Finding {
  const { sentence, remedy } = messageOf(diagnostic);
  const { line, column } = diagnostic.at.start;
  return { code: diagnostic.code, place: `${line}:${column}`, detail: sentence, remedy };
}

function exampleOf(program: Program, example: Program['examples'][number]) {
  const { isPassed, mismatches } = runExample(program, example);
  const [first] = mismatches;
  const detail =
    first === undefined
      ? 'Computes as it says.'
      : `${first.component} of ${first.payee} for ${first.period}: says ${first.expected === null ? 'nothing' : formatDecimal(first.expected, 2)}, computes ${formatDecimal(first.got, 2)}.`;
  return { name: example.name, holds: isPassed, detail };
}

/** What an answer says of a compiled text. */
export function compiledAnswer({ hash, warnings, examples, openBlanks }: CompiledText) {
  return { hash, warnings, examples, openBlanks };
}
