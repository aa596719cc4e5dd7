// SPDX-License-Identifier: Apache-2.0
// The reference of the command line names exactly the commands that there are.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandTable } from '../../packages/cli/command-table.ts';

test('the reference of the command line has a row for every command and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/reference/cli.md'), 'utf8');
  const named = [...page.matchAll(/^\| `([a-z]+)` +\|/gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(commandTable));
});
