// SPDX-License-Identifier: Apache-2.0
// `rapport simulate`: what other values in blanks would cost on the same facts, and how pay would be spread.
import { compileEngine } from '@rapport/core/engine/compiled/compile.ts';
import { bandReader } from '@rapport/core/explain/bands-reached.ts';
import { simulationCsv, simulationText, variantResult } from '@rapport/core/explain/simulation.ts';
import {
  gridOf,
  parseVariation,
  type Variant,
  type Variation,
  type VariationProblem,
  variantsMax,
} from '@rapport/core/explain/variation.ts';
import { withBlanks } from '@rapport/core/language/blanks.ts';
import { messageOf } from '@rapport/core/language/messages.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { type Command, exitOk, exitUsage, hasOption, textsOption } from '../command.ts';
import { jsonText } from '../json-text.ts';
import { asOfText, caseHelp, caseOptions, knownOf, loadCase } from '../loaded-case.ts';
import type { Terminal } from '../terminal.ts';

export const command: Command = {
  usage: 'simulate FOLDER --data DIR --vary "Base Rate=4%..8% step 1%" [--vary …]… [--csv | --json]',
  help: `
Evaluates the agreement with every combination of other values in its blanks, over the same facts: what it
would cost, how pay would be spread over payees, and how many of them come up to which band of a table.

  --vary "NAME=FROM..TO step STEP"   or "NAME=VALUE, VALUE"; may stand several times (at most ${variantsMax} variants in all)
${caseHelp}
  --csv                    one line for each variant, with deciles and the cost of each component
  --json                   the same as data; amounts are texts in smallest units

example: rapport simulate examples/hardware-sales --data DIR --vary "Base Rate=4%..6% step 1%"
`,
  options: {
    ...caseOptions,
    vary: { type: 'string', multiple: true },
    csv: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionals: [1, 1],
  async run(given, terminal) {
    const grid = gridFrom(textsOption(given, 'vary'), terminal);
    if (grid === null) return exitUsage;
    const found = await loadCase(given, terminal);
    if ('exitCode' in found) return found.exitCode;
    const programs = programsOf(found.program, grid, terminal);
    if (programs === null) return exitUsage;
    const known = knownOf(found.loaded.store, found.asOf);
    const now = new Map([...(grid[0]?.keys() ?? [])].map((name) => [name, blankText(found.program, name)]));
    const bandsUnder = bandReader(found.program, known, found.evaluation);
    const base = variantResult(now, found.program, found.evaluation, bandsUnder(found.program, []));
    const prepared = compileEngine(found.versions).prepare(found.loaded.store, found.asOf);
    const results = programs.map(({ terms, program }, index) => {
      terminal.progress('simulating', index / programs.length);
      const evaluation = prepared.withTerms([{ program, from: null, to: null }]).evaluation();
      return variantResult(terms, program, evaluation, bandsUnder(program, [...terms.keys()]));
    });
    terminal.endProgress();
    if (hasOption(given, 'json')) terminal.write(jsonText({ now: base, variants: results }));
    else if (hasOption(given, 'csv')) terminal.write(simulationCsv(found.program, results));
    else terminal.write(`${asOfText(found.asOf)}\n\n${simulationText(found.program, base, results)}`);
    return exitOk;
  },
};

function blankText(program: Program, name: string): string {
  return program.blanks.find(({ id }) => id === name)?.text ?? '';
}

const problemSentences: Readonly<Record<VariationProblem, string>> = {
  variation_without_equals: 'is not of the form "Name=4%..8% step 1%" or "Name=4%, 5%".',
  range_without_step: 'is a range without a step. Add one, such as "step 1%".',
  range_of_different_units: 'is a range whose ends and step are not of one unit.',
  step_not_positive: 'has a step that is not above zero.',
  too_many_values: 'has more values than one simulation may hold. Take a larger step.',
};

/** Every combination; null, with a complaint, when a variation makes no sense. */
function gridFrom(texts: readonly string[], terminal: Terminal): readonly Variant[] | null {
  if (texts.length === 0) {
    terminal.complain('rapport simulate: say what to vary, for instance --vary "Base Rate=4%..8% step 1%".');
    return null;
  }
  const variations: Variation[] = [];
  for (const text of texts) {
    const variation = parseVariation(text);
    if (typeof variation === 'string') {
      terminal.complain(`rapport simulate: --vary "${text}" ${problemSentences[variation]}`);
      return null;
    }
    variations.push(variation);
  }
  const grid = gridOf(variations);
  if (grid === null)
    terminal.complain(`rapport simulate: these are more than ${variantsMax} variants. Take larger steps.`);
  return grid;
}

/** The program of each variant; null, with complaints, when a blank does not take a value. */
function programsOf(
  program: Program,
  grid: readonly Variant[],
  terminal: Terminal,
): readonly { readonly terms: Variant; readonly program: Program }[] | null {
  const programs: { terms: Variant; program: Program }[] = [];
  for (const terms of grid) {
    const changed = withBlanks(program, Object.fromEntries(terms));
    if ('diagnostics' in changed) {
      const values = [...terms].map(([name, value]) => `${name}=${value}`).join(', ');
      for (const diagnostic of changed.diagnostics) {
        const { sentence, remedy } = messageOf(diagnostic);
        terminal.complain(`rapport simulate: with ${values}: ${sentence} ${remedy}`);
      }
      return null;
    }
    programs.push({ terms, program: changed.program });
  }
  return programs;
}
