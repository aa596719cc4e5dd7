// SPDX-License-Identifier: Apache-2.0
// The reference lists every diagnostic with its sentence and remedy, generated from the messages; every mistake that the parser
// finds has a page. RAPPORT_UPDATE=1 rewrites the reference; a person reads the difference.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { diagnosticCodes, messageOf } from '../../packages/core/language/messages.ts';
import { syntaxMessages } from '../../packages/core/language/messages-syntax.ts';

const folder = new URL('../../examples/mistakes/', import.meta.url);
const reference = new URL('../../docs/reference/diagnostics.md', import.meta.url);
const isUpdate = process.env['RAPPORT_UPDATE'] === '1';
/** Mistakes of a whole file, which no page of text can show. */
const ofFiles = ['not_utf8', 'document_too_large'];

test('every mistake that the parser finds in a text has a page', () => {
  const missing = Object.keys(syntaxMessages).filter(
    (code) => !ofFiles.includes(code) && !existsSync(new URL(`${code}.md`, folder)),
  );
  expect(missing).toEqual([]);
});

test('the reference of diagnostics lists every code with its sentence and remedy', () => {
  const facts = new Proxy<Record<string, string>>({}, { get: (_, fact) => `‹${String(fact)}›` });
  const at = { source: '', start: { offset: 0, line: 1, column: 1 }, end: { offset: 0, line: 1, column: 1 } };
  const sections = diagnosticCodes.map((code) => {
    const { sentence, remedy } = messageOf({ code, severity: 'error', at, facts, related: [] });
    return `## \`${code}\`\n\n${sentence}\n\n${remedy}\n`;
  });
  const page = [
    '# Diagnostics\n',
    'Generated from the messages by `RAPPORT_UPDATE=1 npx vitest run test/examples/diagnostics.test.ts`.',
    'Words in ‹› stand for the real values. [Pages with an example each](../../examples/mistakes) show them in full.\n',
    ...sections,
  ].join('\n');
  if (isUpdate) writeFileSync(reference, page);
  else
    expect(readFileSync(reference, 'utf8'), 'a message changed: RAPPORT_UPDATE=1 rewrites the page').toBe(
      page,
    );
});
