// SPDX-License-Identifier: Apache-2.0
// `rapport check`: everything that is wrong with agreements, each finding with place, excerpt and remedy.
import { renderDiagnostic } from '@rapport/core/language/messages.ts';
import { counted, diagnosticJson, readAgreement } from '../agreement-file.ts';
import { agreementsIn } from '../agreements-in.ts';
import { type Command, exitFindings, exitOk, exitUsage, hasOption } from '../command.ts';

export const command: Command = {
  usage: 'check FILE|FOLDER… [--json]',
  help: `
Checks agreements: a file, a folder with agreement.md, or a folder with such folders or Markdown files in it.

  --json   one JSON object per finding

example: rapport check examples
`,
  options: { json: { type: 'boolean' } },
  positionals: [1, 1000],
  run(given, terminal) {
    let errors = 0;
    let warnings = 0;
    const paths = given.positionals.flatMap(agreementsIn);
    for (const path of paths) {
      const agreement = readAgreement(path, terminal);
      if (agreement === null) return exitUsage;
      for (const diagnostic of agreement.compiled.diagnostics) {
        if (diagnostic.severity === 'error') errors += 1;
        else warnings += 1;
        if (hasOption(given, 'json')) terminal.write(`${diagnosticJson(diagnostic)}\n`);
        else terminal.write(`${renderDiagnostic(diagnostic, agreement.text)}\n\n`);
      }
    }
    if (!hasOption(given, 'json')) {
      const { style } = terminal;
      const verdict = errors === 0 ? style.good('in order') : style.bad(counted(errors, 'error'));
      terminal.write(
        `${counted(paths.length, 'agreement')}: ${verdict}${warnings === 0 ? '' : `, ${style.warn(counted(warnings, 'warning'))}`}.\n`,
      );
    }
    return errors === 0 ? exitOk : exitFindings;
  },
};
