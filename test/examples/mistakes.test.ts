// SPDX-License-Identifier: Apache-2.0
// One page per mistake: an agreement that has it, and what is said about it, word for word; and the reference, which lists
// every diagnostic with its sentence and remedy. RAPPORT_UPDATE=1 rewrites both; a person reads the difference.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compile } from '../../packages/core/language/compile.ts';
import { decodeText } from '../../packages/core/language/decode.ts';
import { documentLengthMax } from '../../packages/core/language/limits.ts';
import { diagnosticCodes, messageOf, renderDiagnostic } from '../../packages/core/language/messages.ts';
import { parseDocument } from '../../packages/core/language/parse.ts';
import type { Diagnostic } from '../../packages/core/program/diagnostic.ts';
import { samplesOf } from '../agreement-samples.ts';

const folder = new URL('../../examples/mistakes/', import.meta.url);
const reference = new URL('../../docs/reference/diagnostics.md', import.meta.url);
const isUpdate = process.env['RAPPORT_UPDATE'] === '1';
/** Mistakes of a whole file, which no agreement in a page can show. */
const ofFiles: Readonly<Record<string, () => { readonly diagnostics: readonly Diagnostic[] }>> = {
  not_utf8: () => decodeText(Uint8Array.from([0x43, 0x61, 0x66, 0xe9]), 'agreement.md'),
  document_too_large: () => parseDocument('x'.repeat(documentLengthMax + 1), 'agreement.md'),
};

const codes = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.slice(0, -'.md'.length));

test.each(codes)('the page of %s says what is said about its mistake', (code) => {
  const path = new URL(`${code}.md`, folder);
  const page = readFileSync(path, 'utf8');
  const text = samplesOf(page, 'agreement.md')[0]?.text ?? '';
  const { diagnostics } = ofFiles[code]?.() ?? compile(text, 'agreement.md');
  const said = diagnostics
    .filter((diagnostic) => diagnostic.code === code)
    .map((diagnostic) => renderDiagnostic(diagnostic, text));
  expect(said, 'the agreement has the mistake').not.toEqual([]);
  const place = page.lastIndexOf('```text\n');
  const updated = `${page.slice(0, place)}\`\`\`text\n${said.join('\n\n')}\n\`\`\`\n`;
  if (isUpdate) writeFileSync(path, updated);
  else expect(page).toBe(updated);
});

test('every page is about a code that there is', () => {
  expect(codes.filter((code) => !diagnosticCodes.includes(code))).toEqual([]);
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
    'Generated from the messages by `RAPPORT_UPDATE=1 npx vitest run test/examples/mistakes.test.ts`.',
    'Words in ‹› stand for the real values. [Pages with an example each](../../examples/mistakes) show them in full.\n',
    ...sections,
  ].join('\n');
  if (isUpdate) writeFileSync(reference, page);
  else
    expect(readFileSync(reference, 'utf8'), 'a message changed: RAPPORT_UPDATE=1 rewrites the page').toBe(
      page,
    );
});
