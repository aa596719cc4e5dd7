// SPDX-License-Identifier: Apache-2.0
// `rapport run`: an agreement over data gives what everybody is due, as a summary, as one statement, or as JSON.
import { closestName } from '@rapport/core/feeds/closest-name.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import { amountLines } from '../amount-lines.ts';
import { type Command, exitFindings, exitOk, exitUsage, hasOption, textOption } from '../command.ts';
import { asOfText, caseHelp, caseOptions, complainOfRows, loadCase } from '../loaded-case.ts';
import { componentTable, rowAccountLines, waitingLines } from '../run-summary.ts';
import { statementText } from '../statement-text.ts';
import type { Terminal } from '../terminal.ts';

export const command: Command = {
  usage:
    'run FOLDER --data DIR [--set "Name=value"]… [--as-of DATE] [--party NAME] [--period P] [--json] [--lines]',
  help: `
Evaluates FOLDER/agreement.md over the facts that FOLDER/feed.yaml makes of the data files.

${caseHelp}
  --party NAME             the statement of one payee
  --period P               one period only, such as 2017-Q1, 2017-03 or 2017
  --lines                  name every fact behind each amount
  --json                   one JSON object per amount and line; amounts are decimal texts

Exit code 1 says that rows were rejected; the rest is computed all the same.

example: rapport run examples/hardware-sales --data DIR --party "Darcel Schlecht" --period 2017-Q1
`,
  options: {
    ...caseOptions,
    party: { type: 'string' },
    period: { type: 'string' },
    lines: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionals: [1, 1],
  async run(given, terminal) {
    const needsLines = hasOption(given, 'lines') || textOption(given, 'party') !== null;
    const found = await loadCase(given, terminal, needsLines);
    if ('exitCode' in found) return found.exitCode;
    const party = textOption(given, 'party');
    const period = textOption(given, 'period');
    const all = found.evaluation.entitlements;
    const chosen = all.filter(
      (each) => (party === null || each.payee === party) && (period === null || each.period === period),
    );
    if (chosen.length === 0 && isUnknown(all, { party, period }, terminal)) return exitUsage;
    const isWrong = complainOfRows(found.loaded, terminal);
    if (hasOption(given, 'json')) {
      if (textOption(given, 'as-of') === null) {
        terminal.complain(`${asOfText(found.asOf)}, the latest counting date in the data`);
      }
      for (const block of blocks(amountLines(found.program, chosen, hasOption(given, 'lines'))))
        terminal.write(block);
    } else if (party !== null) {
      const detail = period !== null || hasOption(given, 'lines');
      const options = { detail, all: hasOption(given, 'lines'), style: terminal.style };
      terminal.write(`${statementText(found, party, chosen, options).join('\n')}\n`);
    } else {
      const { style } = terminal;
      const waiting = waitingLines(found.program, chosen);
      const lines = [
        style.bold(found.program.title),
        `${asOfText(found.asOf)}${period === null ? '' : `, ${period} only`}`,
        '',
        ...componentTable(found.program, chosen, style),
        ...(waiting.length === 0 ? [] : ['', style.bold('Not final'), ...waiting]),
        '',
        style.bold('Every row of the data'),
        ...rowAccountLines(found.loaded.report),
      ];
      terminal.write(`${lines.join('\n')}\n`);
    }
    return isWrong ? exitFindings : exitOk;
  },
};

/** Says when a payee or a period does not occur at all, and which one was probably meant. */
function isUnknown(
  all: readonly Entitlement[],
  { party, period }: { readonly party: string | null; readonly period: string | null },
  terminal: Terminal,
): boolean {
  const check = (name: string, wanted: string | null, known: readonly string[]) => {
    if (wanted === null || known.includes(wanted)) return false;
    const closest = closestName(wanted, known);
    terminal.complain(`rapport run: nothing is computed for ${name} "${wanted}".`);
    terminal.complain(
      closest === null
        ? `There are, for instance: ${known.slice(0, 5).join(', ')}.`
        : `Did you mean "${closest}"?`,
    );
    return true;
  };
  const isPartyUnknown = check('--party', party, [...new Set(all.map((each) => each.payee))]);
  const isPeriodUnknown = check('--period', period, [...new Set(all.map((each) => each.period))]);
  return isPartyUnknown || isPeriodUnknown;
}

/** Joins small texts into large ones, since a write for each line is slow. */
function* blocks(texts: Iterable<string>): Iterable<string> {
  let block = '';
  for (const text of texts) {
    block += text;
    if (block.length < 65_536) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
