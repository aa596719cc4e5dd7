// SPDX-License-Identifier: Apache-2.0
// `rapport format`: an agreement in its one canonical layout. What it means never changes.
import { renameSync, writeFileSync } from 'node:fs';
import { formatDocument } from '@rapport/core/language/format.ts';
import { readAgreement } from '../agreement-file.ts';
import { type Command, exitFindings, exitOk, exitUsage, hasOption } from '../command.ts';

export const command: Command = {
  usage: 'format FILE [--write | --check]',
  help: `
Prints the agreement with its formulas in the canonical layout.

  --write   change the file instead
  --check   only say whether the file is in that layout (exit code 1 when not)

example: rapport format --write agreement.md
`,
  options: { write: { type: 'boolean' }, check: { type: 'boolean' } },
  positionals: [1, 1],
  run(given, terminal) {
    const agreement = readAgreement(given.positionals[0]!, terminal);
    if (agreement === null) return exitUsage;
    const { path, text } = agreement;
    const formatted = formatDocument(text, path);
    if (hasOption(given, 'check')) {
      terminal.write(
        `${path}: ${formatted === text ? 'formatted' : 'not formatted; `rapport format --write` does it'}.\n`,
      );
      return formatted === text ? exitOk : exitFindings;
    }
    if (!hasOption(given, 'write')) {
      terminal.write(formatted);
      return exitOk;
    }
    if (formatted !== text) {
      // Written beside and renamed, so that the agreement is never half there.
      const unfinished = `${path}.${process.pid}`;
      writeFileSync(unfinished, formatted);
      renameSync(unfinished, path);
    }
    terminal.write(`${path}: ${formatted === text ? 'unchanged' : 'formatted'}.\n`);
    return exitOk;
  },
};
