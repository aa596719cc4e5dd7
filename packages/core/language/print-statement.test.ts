// SPDX-License-Identifier: Apache-2.0
// Every statement of every agreement at hand, printed from its tree, parses to the same tree.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocument } from './parse.ts';
import { printStatement } from './print-statement.ts';
import type { Statement } from './tree.ts';

const root = new URL('../../../', import.meta.url);
const files = ['examples/', 'test/conformance/'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.endsWith('README.md') && !name.includes('mistakes'))
    .map((name) => `${folder}${name}`),
);

function withoutPlaces(statement: Statement | undefined): unknown {
  const drop = (key: string, value: unknown): unknown =>
    key === 'at' || key === 'sentenceAt' ? undefined : value;
  return JSON.parse(JSON.stringify(statement ?? null, drop));
}

test.each(files)('%s', (file) => {
  for (const { statement } of parseDocument(readFileSync(new URL(file, root), 'utf8'), '').tree.statements) {
    const printed = printStatement(statement);
    const text = statement.kind === 'matrix' ? printed : `\`\`\`rapport\n${printed}\n\`\`\`\n`;
    const again = parseDocument(text, '');
    expect(again.diagnostics, printed).toEqual([]);
    expect(withoutPlaces(again.tree.statements[0]?.statement), printed).toEqual(withoutPlaces(statement));
  }
});
