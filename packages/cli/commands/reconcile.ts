// SPDX-License-Identifier: Apache-2.0
// `rapport reconcile`: the parallel run. What the agreement gives, beside what another tool paid, and the fact behind
// each difference.
import { type PaidProblem, paidRows } from '@rapport/core/explain/paid-rows.ts';
import { reconcile } from '@rapport/core/explain/reconcile.ts';
import { reconciliationText } from '@rapport/core/explain/reconcile-text.ts';
import { readText } from '../agreement-file.ts';
import { type Command, exitFindings, exitOk, exitUsage, hasOption, textOption } from '../command.ts';
import { jsonText } from '../json-text.ts';
import { asOfText, caseHelp, caseOptions, complainOfRows, knownOf, loadCase } from '../loaded-case.ts';
import { tableOfText } from '../table-of-text.ts';

export const command: Command = {
  usage: 'reconcile FOLDER --data DIR --against PAID.csv [--json]',
  help: `
Runs the agreement beside another tool: matches what it gives with what the other tool paid, by payee,
component and period, and names the deals behind each difference.

  --against FILE           a CSV file with the columns payee, component, period and amount. Other usual headers
                           (name, plan component, quarter, paid …), currencies and "Q1 2026" are understood.
${caseHelp}
  --json                   the four lists as data; amounts are texts in smallest units

Exit code 1 says that there are differences.

example: rapport reconcile examples/hardware-sales --data DIR --against paid.csv
`,
  options: { ...caseOptions, against: { type: 'string' }, json: { type: 'boolean' } },
  positionals: [1, 1],
  async run(given, terminal) {
    const path = textOption(given, 'against');
    if (path === null) {
      terminal.complain('rapport reconcile: name the file of what the other tool paid: --against paid.csv.');
      return exitUsage;
    }
    const text = readText(path, terminal);
    if (text === null) return exitUsage;
    const table = tableOfText(text);
    const { rows, problems } = paidRows(table.rows);
    for (const line of table.broken) terminal.complain(`${path}:${line}: this line is not CSV.`);
    for (const problem of problems) terminal.complain(`${path}:${problem.line}: ${problemSentence(problem)}`);
    if (problems.some(({ code }) => code === 'column_missing')) return exitUsage;
    const found = await loadCase(given, terminal);
    if ('exitCode' in found) return found.exitCode;
    complainOfRows(found.loaded, terminal);
    const result = reconcile(found.program, found.evaluation, rows);
    const facts = new Map(
      knownOf(found.loaded.store, found.asOf).facts.map((fact) => [`${fact.kind}\u0000${fact.id}`, fact]),
    );
    if (hasOption(given, 'json')) terminal.write(jsonText(result));
    else {
      const factOf = (kind: string, id: string) => facts.get(`${kind}\u0000${id}`) ?? null;
      terminal.write(`${asOfText(found.asOf)}\n\n${reconciliationText(found.program, result, factOf)}`);
    }
    const isClean = result.differing.length + result.missing.length + result.extra.length === 0;
    return isClean && problems.length === 0 && table.broken.length === 0 ? exitOk : exitFindings;
  },
};

function problemSentence({ code, value }: PaidProblem): string {
  return code === 'column_missing'
    ? `there is no column for the ${value}. Name one of the columns "${value}".`
    : `"${value}" is no amount; the row is left out.`;
}
