// SPDX-License-Identifier: Apache-2.0
// `rapport read`: the agreement with a plain-English reading under every formula.
import { readRules, readStatements } from '@rapport/core/explain/reading.ts';
import { readDocument } from '@rapport/core/explain/reading-document.ts';
import { readProgram } from '../agreement-file.ts';
import { type Command, exitOk, hasOption } from '../command.ts';
import { jsonText } from '../json-text.ts';

export const command: Command = {
  usage: 'read FILE|FOLDER [--json]',
  help: `
Prints the agreement as Markdown. Under every formula stands what it says, in sentences that are made
from the same tree that is evaluated: who is paid what, for what, as of when, rounded how.

  --json   the readings alone: one entry for each statement, and the rules that hold for all

example: rapport read examples/hardware-sales
`,
  options: { json: { type: 'boolean' } },
  positionals: [1, 1],
  run(given, terminal) {
    const agreement = readProgram(given.positionals[0] ?? '.', terminal);
    if ('exitCode' in agreement) return agreement.exitCode;
    const { program, compiled } = agreement;
    if (hasOption(given, 'json')) {
      const statements = readStatements(program).map(({ at, kind, name, sentences }) => ({
        line: at.start.line,
        kind,
        name,
        sentences,
      }));
      terminal.write(jsonText({ title: program.title, statements, rules: readRules(program) }));
    } else terminal.write(readDocument(compiled.tree, program));
    return exitOk;
  },
};
