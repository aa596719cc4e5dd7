// SPDX-License-Identifier: Apache-2.0
// `rapport demo`: the hardware sales agreement over a made-up export: one statement, one amount explained, every row
// accounted for, and what to try next.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { alignedLines } from '@rapport/core/explain/columns.ts';
import { explain } from '@rapport/core/explain/why.ts';
import { explanationText } from '@rapport/core/explain/why-text.ts';
import { renderFeedDiagnostic } from '@rapport/core/feeds/messages.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import { type Command, exitOk } from '../command.ts';
import { demoFiles } from '../demo-data.ts';
import { examplesFolder } from '../examples-folder.ts';
import { knownOf, type LoadedCase, loadCase } from '../loaded-case.ts';
import { rowAccountLines } from '../run-summary.ts';
import { statementText } from '../statement-text.ts';

const period = '2026-Q2';
const explained = 'Commission';

export const command: Command = {
  usage: 'demo',
  help: `
Writes a made-up CRM export into .rapport/demo, runs the hardware sales agreement over it, and shows what came out.
`,
  options: {},
  positionals: [0, 0],
  async run(_given, terminal) {
    const data = join('.rapport', 'demo');
    mkdirSync(data, { recursive: true });
    for (const [name, text] of Object.entries(demoFiles())) writeFileSync(join(data, name), text);
    const folder = relative('.', join(examplesFolder(), 'hardware-sales')) || '.';
    const found = await loadCase({ positionals: [folder], values: { data } }, terminal);
    if ('exitCode' in found) return found.exitCode;
    const { style } = terminal;
    const { entitlements } = found.evaluation;
    const party = bestPaid(entitlements, found);
    const own = entitlements.filter((each) => each.payee === party && each.period === period);
    const known = knownOf(found.loaded.store, found.asOf);
    const commission = own.find(({ component }) => component === explained);
    const explanation =
      commission === undefined ? null : explain(found.versions, known, commission, found.evaluation);
    const rejected = found.loaded.report.diagnostics;
    const lines = [
      style.bold('Rapport: incentive agreements as executable documents'),
      `The signed text ${join(folder, 'agreement.md')} ran over a made-up CRM export, ${data}.`,
      '',
      ...statementText(found, party, own, { detail: false, all: false, style }),
      '',
      style.bold(`Why this ${explained}?`),
      ...(explanation === null ? [] : reasonLines(explanationText(found.program, explanation))),
      '',
      style.bold('Every row of the data is accounted for'),
      ...rowAccountLines(found.loaded.report),
      ...rejected.slice(0, 4).map((diagnostic) => style.dim(renderFeedDiagnostic(diagnostic))),
      '',
      style.bold('Try next'),
      ...alignedLines(
        [
          [`  npx rapport run ${folder} --data ${data}`, 'everybody, in all'],
          [
            `  npx rapport run ${folder} --data ${data} --set "Base Rate=6%"`,
            'what if the rate were another?',
          ],
          [`  npx rapport run ${folder} --data ${data} --party "${party}"`, 'every period of one person'],
          [`  npx rapport test ${folder}`, 'the worked examples of the agreement'],
          ['  npx rapport --help', 'all commands'],
        ],
        ['left', 'left'],
      ),
    ];
    terminal.write(`${lines.join('\n')}\n`);
    return exitOk;
  },
};

/** Who is due most in the period, among those with a commission in it. */
function bestPaid(entitlements: readonly Entitlement[], { program }: LoadedCase): string {
  const clause = program.clauses.find(({ name }) => name === explained);
  const best = entitlements
    .filter((each) => each.period === period && each.clause === clause?.id)
    .reduce<Entitlement | null>(
      (most, each) => (most === null || each.amount > most.amount ? each : most),
      null,
    );
  return best?.payee ?? '';
}

/** The explanation down to the figures; the list of every fact behind it is left to `rapport explain`. */
function reasonLines(text: string): string[] {
  const [reason = ''] = text.split('\nBorne by');
  return reason.trimEnd().split('\n');
}
