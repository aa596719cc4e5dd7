// SPDX-License-Identifier: Apache-2.0
// `rapport explain`: why an amount is what it is, down to the facts.
import { explain } from '@rapport/core/explain/why.ts';
import { explanationText } from '@rapport/core/explain/why-text.ts';
import { closestName } from '@rapport/core/feeds/closest-name.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import { type Command, exitOk, exitUsage, hasOption } from '../command.ts';
import { jsonText } from '../json-text.ts';
import { caseHelp, caseOptions, knownOf, loadCase } from '../loaded-case.ts';
import type { Terminal } from '../terminal.ts';

export const command: Command = {
  usage: 'explain FOLDER --data DIR PAYEE COMPONENT [PERIOD] [--json]',
  help: `
Shows the tree behind an amount: the clause and what it says, every measure, condition and slice with
its figures, the facts and what each of them bears, and what others have to attest.

${caseHelp}
  --json   the same as data

Without PERIOD every period is explained in which the payee has something.

example: rapport explain examples/hardware-sales --data DIR "Darcel Schlecht" Commission 2017-Q1
`,
  options: { ...caseOptions, json: { type: 'boolean' } },
  positionals: [3, 4],
  async run(given, terminal) {
    const found = await loadCase(given, terminal);
    if ('exitCode' in found) return found.exitCode;
    const [, payee = '', component = '', period = null] = given.positionals;
    const wanted = wantedOf(found.evaluation.entitlements, { payee, component, period }, terminal);
    if (wanted.length === 0) return exitUsage;
    const known = knownOf(found.loaded.store, found.asOf);
    const explanations = wanted.flatMap((key) => explain(found.versions, known, key, found.evaluation) ?? []);
    if (hasOption(given, 'json')) terminal.write(jsonText(explanations));
    else terminal.write(explanations.map((one) => explanationText(found.program, one)).join('\n'));
    return exitOk;
  },
};

interface Wanted {
  readonly payee: string;
  readonly component: string;
  readonly period: string | null;
}

/** The entitlements that are asked for; none, with a complaint that names the closest, when there is no such. */
function wantedOf(all: readonly Entitlement[], wanted: Wanted, terminal: Terminal): readonly Entitlement[] {
  let rest = all;
  for (const part of ['payee', 'component', 'period'] as const) {
    const name = wanted[part];
    if (name === null) continue;
    const names = [...new Set(rest.map((one) => one[part]))];
    const plain = (text: string) => text.toLowerCase().trim();
    const fitting = rest.filter((one) => plain(one[part]) === plain(name));
    if (fitting.length === 0) {
      const closest = closestName(name, names);
      terminal.complain(`rapport explain: there is nothing for the ${part} "${name}".`);
      terminal.complain(
        closest === null
          ? `There are, for instance: ${names.slice(0, 5).join(', ')}.`
          : `Did you mean "${closest}"?`,
      );
      return [];
    }
    rest = fitting;
  }
  return rest;
}
