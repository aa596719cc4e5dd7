// SPDX-License-Identifier: Apache-2.0
// Where the clauses of the two example agreements run: all of the sales plan in bulk, the record club member by member.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../../language/compile.ts';
import { compileEngine } from './compile.ts';

function planOf(example: string) {
  const path = new URL(`../../../../examples/${example}/agreement.md`, import.meta.url);
  const { program } = compile(readFileSync(path, 'utf8'), 'agreement.md');
  return compileEngine([{ program: program!, from: null, to: null }]).plan;
}

test('every clause of the sales agreement is folded in bulk', () => {
  expect(planOf('hardware-sales').filter(({ runs }) => runs !== 'compiled')).toEqual([]);
});

test('the record club is computed member by member', () => {
  expect(new Set(planOf('record-club').map(({ runs }) => runs))).toEqual(new Set(['by payee']));
});
