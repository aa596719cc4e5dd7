// SPDX-License-Identifier: Apache-2.0
// `rapport test`: the worked examples of agreements, each computed and compared with what it says.
import { type Mismatch, runExample } from '@rapport/core/engine/examples.ts';
import { assetOf } from '@rapport/core/explain/figures.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { currency, groupThousands } from '@rapport/core/values/asset.ts';
import { formatDecimal, isTerminating, type Rational, rationalText } from '@rapport/core/values/rational.ts';
import { counted, readProgram } from '../agreement-file.ts';
import { agreementsIn } from '../agreements-in.ts';
import { type Command, exitFindings, exitOk, hasOption } from '../command.ts';

export const command: Command = {
  usage: 'test FILE|FOLDER… [--json]',
  help: `
Computes the worked examples of agreements and compares every amount with what they say.

  --json   one JSON object per example

example: rapport test examples/hardware-sales
`,
  options: { json: { type: 'boolean' } },
  positionals: [1, 1000],
  run(given, terminal) {
    const { style } = terminal;
    let passed = 0;
    let failed = 0;
    let exitCode = exitOk;
    for (const path of given.positionals.flatMap(agreementsIn)) {
      const agreement = readProgram(path, terminal);
      if ('exitCode' in agreement) {
        exitCode = Math.max(exitCode, agreement.exitCode);
        continue;
      }
      const { program } = agreement;
      if (program.examples.length === 0 && !hasOption(given, 'json')) {
        terminal.write(`${agreement.path}: no worked examples.\n`);
      }
      for (const example of program.examples) {
        const { isPassed, mismatches } = runExample(program, example);
        if (isPassed) passed += 1;
        else failed += 1;
        const lines = mismatches.map((mismatch) => mismatchText(program, mismatch));
        if (hasOption(given, 'json')) {
          terminal.write(
            `${JSON.stringify({ file: agreement.path, example: example.name, isPassed, mismatches: lines })}\n`,
          );
        } else {
          terminal.write(
            `${isPassed ? style.good('✓') : style.bad('✗')} ${agreement.path}: ${example.name}\n`,
          );
          for (const line of lines) terminal.write(`    ${line}\n`);
        }
      }
    }
    if (!hasOption(given, 'json'))
      terminal.write(`\n${counted(passed, 'example')} passed, ${failed} failed.\n`);
    return failed > 0 ? exitFindings : exitCode;
  },
};

function mismatchText(program: Program, mismatch: Mismatch): string {
  const { at, component, payee, period, asset, expected, got, isDifference, waiting } = mismatch;
  const what = `"${component}" of ${payee}${period === '' ? '' : ` for ${period}`}`;
  const place = `line ${at.start.line}: ${what}`;
  const named = `${isDifference ? 'a difference of ' : ''}${figure(program, got, asset)}`;
  const waits = waiting.map(({ name, of }) => `${name} of ${of}`).join(', ');
  const why = waits === '' ? '' : ` It waits for ${waits}: say it in the example.`;
  return expected === null
    ? `${place} gives ${named}; the example says that nothing else is given.${why}`
    : `${place} gives ${named}, not ${figure(program, expected, asset)}.${why}`;
}

function figure(program: Program, value: Rational, asset: string): string {
  const { decimals } = assetOf(program, asset);
  const text = isTerminating(value) ? formatDecimal(value, decimals) : rationalText(value);
  return currency(asset) === null
    ? `${groupThousands(text)} ${asset}`.trim()
    : `${asset} ${groupThousands(text)}`;
}
