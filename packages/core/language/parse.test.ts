// SPDX-License-Identifier: Apache-2.0
// The two agreements of the introduction parse without a diagnostic, with all their parts.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderDiagnostic } from './messages.ts';
import { parseDocument } from './parse.ts';

function example(name: string): string {
  return readFileSync(new URL(`../../../examples/${name}/agreement.md`, import.meta.url), 'utf8');
}

test.each(['hardware-sales', 'record-club'])('%s parses without a diagnostic', (name) => {
  const text = example(name);
  const { tree, diagnostics } = parseDocument(text, 'agreement.md');
  expect(diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, text))).toEqual([]);
  expect(tree.statements.map(({ statement }) => statement.kind)).toMatchSnapshot();
  expect(tree.blanks.map(({ name, value }) => [name.text, value?.kind])).toMatchSnapshot();
});
