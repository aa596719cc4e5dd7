// SPDX-License-Identifier: Apache-2.0
// `rapport compare`: two versions of an agreement as a difference of meaning, and what it is worth on given facts.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { evaluate } from '@rapport/core/engine/reference/evaluate.ts';
import { compareVersions } from '@rapport/core/explain/compare.ts';
import { type PayChange, payDifference } from '@rapport/core/explain/compare-pay.ts';
import { changesText, payChangeText } from '@rapport/core/explain/compare-text.ts';
import { compareWords } from '@rapport/core/explain/compare-words.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { type Day, parseIsoDay } from '@rapport/core/values/date.ts';
import { isFolder, readProgram } from '../agreement-file.ts';
import { type Command, exitFindings, exitOk, exitUsage, hasOption, textOption } from '../command.ts';
import { loadFacts } from '../feed-files.ts';
import { jsonText } from '../json-text.ts';
import { knownOf } from '../loaded-case.ts';
import type { Terminal } from '../terminal.ts';

export const command: Command = {
  usage: 'compare OLD NEW [--data DIR] [--as-of DATE] [--json]',
  help: `
Compares two agreements (files, or folders with agreement.md) by what they mean: blanks, clauses, tables,
rules. What differs in words alone is listed apart.

  --data DIR     also what the change is worth on these facts: in all, by component, who gains, who loses.
                 The facts are read by the feed.yaml beside each agreement, or by that of OLD.
  --as-of DATE   evaluate at the close of this day (default: the latest counting date in the data)
  --json         the differences as data; amounts are texts in smallest units

Exit code 1 says that the two differ.

example: rapport compare agreement-2026.md agreement-2027.md --data DIR
`,
  options: { data: { type: 'string' }, 'as-of': { type: 'string' }, json: { type: 'boolean' } },
  positionals: [2, 2],
  async run(given, terminal) {
    const [oldPath = '', newPath = ''] = given.positionals;
    const before = readProgram(oldPath, terminal);
    const after = readProgram(newPath, terminal);
    if ('exitCode' in before) return before.exitCode;
    if ('exitCode' in after) return after.exitCode;
    const asOfText = textOption(given, 'as-of');
    const asOf = asOfText === null ? null : parseIsoDay(asOfText);
    if (asOfText !== null && asOf === null) {
      terminal.complain(`rapport compare: --as-of "${asOfText}" is no date such as 2017-12-31.`);
      return exitUsage;
    }
    const meant = compareVersions(before.program, after.program);
    const changes = [...meant, ...compareWords(before.text, after.text, meant)];
    const data = textOption(given, 'data');
    const pay =
      data === null
        ? null
        : await payOf(
            { program: before.program, path: oldPath },
            { program: after.program, path: newPath },
            data,
            asOf,
            terminal,
          );
    if (pay !== null && 'exitCode' in pay) return pay.exitCode;
    if (hasOption(given, 'json')) terminal.write(jsonText({ changes, pay }));
    else
      terminal.write(
        `${changesText(changes)}${pay === null ? '' : `\n${payChangeText(after.program, pay)}`}`,
      );
    return changes.length > 0 || (pay !== null && pay.cells.length > 0) ? exitFindings : exitOk;
  },
};

interface Side {
  readonly program: Program;
  readonly path: string;
}

/** Both versions over the same data; the day is the latest in the data of the old one unless it is given. */
async function payOf(
  before: Side,
  after: Side,
  data: string,
  asOf: Day | null,
  terminal: Terminal,
): Promise<PayChange | { readonly exitCode: number }> {
  const old = await loadFacts(feedFolder(before.path, before.path), data, before.program, terminal);
  if ('exitCode' in old) return old;
  const now = await loadFacts(feedFolder(after.path, before.path), data, after.program, terminal);
  if ('exitCode' in now) return now;
  const day = asOf ?? old.report.latest;
  if (day === null) {
    terminal.complain('rapport compare: no fact could be loaded, so there is nothing to compare.');
    return { exitCode: exitFindings };
  }
  const side = (program: Program, store: Parameters<typeof knownOf>[0]) => ({
    program,
    evaluation: evaluate([{ program, from: null, to: null }], knownOf(store, day)),
  });
  return payDifference(side(before.program, old.store), side(after.program, now.store));
}

/** The folder whose feed.yaml reads the data for an agreement. */
function feedFolder(path: string, fallback: string): string {
  const folder = isFolder(path) ? path : dirname(path);
  if (existsSync(join(folder, 'feed.yaml'))) return folder;
  return isFolder(fallback) ? fallback : dirname(fallback);
}
