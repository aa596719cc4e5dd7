// SPDX-License-Identifier: Apache-2.0
// Exit codes and remedies of the commands that read, explain, compare, simulate and reconcile.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dispatch } from './dispatch.ts';
import { recordingTerminal } from './terminal.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const hardware = join(root, 'examples', 'hardware-sales');
const data = join(root, 'docs', 'guides', 'data');

async function run(...words: string[]) {
  const terminal = recordingTerminal();
  const code = await dispatch(words, terminal);
  return { code, output: terminal.output.join(''), complaints: terminal.complaints.join('\n') };
}

test('compare ends with 0 where two versions mean the same, with 1 where they differ', async () => {
  expect((await run('compare', hardware, hardware)).code).toBe(0);
  expect((await run('compare', hardware, join(data, 'agreement-next-year.md'))).code).toBe(1);
});

test('reconcile ends with 1 where the two tools differ, and says what is missing on the command line', async () => {
  expect((await run('reconcile', hardware, '--data', data, '--against', join(data, 'paid.csv'))).code).toBe(
    1,
  );
  const without = await run('reconcile', hardware, '--data', data);
  expect([without.code, without.complaints]).toEqual([2, expect.stringContaining('--against paid.csv')]);
});

test('explain shows the tree down to the facts, and knows a name that was mistyped', async () => {
  const told = await run('explain', hardware, '--data', data, 'Ann', 'commission', '2026-Q1');
  expect([told.code, told.output]).toEqual([0, expect.stringContaining('Second Rate (8%) of USD 8,900')]);
  const mistyped = await run('explain', hardware, '--data', data, 'Ann', 'Comission');
  expect([mistyped.code, mistyped.complaints]).toEqual([
    2,
    expect.stringContaining('Did you mean "Commission"?'),
  ]);
});

test('simulate refuses a value that a blank cannot have', async () => {
  const refused = await run('simulate', hardware, '--data', data, '--vary', 'Base Rate=USD 5, USD 6');
  expect([refused.code, refused.complaints]).toEqual([2, expect.stringContaining('Base Rate')]);
});

test('read gives the readings as data', async () => {
  const { code, output } = await run('read', hardware, '--json');
  const parsed: { readonly statements: readonly { readonly name: string }[] } = JSON.parse(output);
  expect([code, parsed.statements.map(({ name }) => name)]).toEqual([
    0,
    expect.arrayContaining(['Team override']),
  ]);
});
