// SPDX-License-Identifier: Apache-2.0
// The page about amendments: two versions of its text share a quarter, and each policy gives the figure of its table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knownAt } from '../../packages/core/engine/known.ts';
import { evaluate } from '../../packages/core/engine/reference/evaluate.ts';
import { compile } from '../../packages/core/language/compile.ts';
import type { Entry } from '../../packages/core/program/log.ts';
import type { Program } from '../../packages/core/program/program.ts';
import { parseIsoDay } from '../../packages/core/values/date.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'amendment.md'), 'utf8');

function programOf(text: string): Program {
  const { program, diagnostics } = compile(text, 'amendment.md');
  if (program === null)
    throw new Error(`does not compile: ${diagnostics.map(({ code }) => code).join(', ')}`);
  return program;
}

function day(iso: string): number {
  const parsed = parseIsoDay(iso);
  if (parsed === null) throw new Error(`no date: ${iso}`);
  return parsed;
}

test.each([
  ['each part of a period on its own', 45000n],
  ['each part of a period on its own\nproration: by whole months', 46667n],
  ['the position carries over', 50000n],
  ['change the whole period', 60000n],
])('a quarter that two versions share, when %s', (policy, cents) => {
  for (const sentence of policy.split('\n')) expect(page).toContain(`\`${sentence}\``);
  const before = programOf(page);
  const after = programOf(
    page
      .replace('[10% : Base Rate]', '[20% : Base Rate]')
      .replace('[20% : Top Rate]', '[40% : Top Rate]')
      .replace(/^amendments: .*$/m, `amendments: ${policy}`),
  );
  const facts = (before.examples[0]?.steps ?? []).flatMap((step): readonly Entry[] =>
    step.kind === 'fact' ? [{ kind: 'fact', fact: step.fact, recordedOn: null }] : [],
  );
  const from = day('2026-02-15');
  const { entitlements } = evaluate(
    [
      { program: before, from: null, to: from },
      { program: after, from, to: null },
    ],
    knownAt(facts, day('2026-03-31')),
  );
  expect(entitlements.map(({ payee, period, amount }) => [payee, period, amount])).toEqual([
    ['Ann', '2026-Q1', cents],
  ]);
});
