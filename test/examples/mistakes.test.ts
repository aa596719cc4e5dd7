// SPDX-License-Identifier: Apache-2.0
// One page per mistake: an agreement that has it, and what is said about it, word for word. `vitest -u` writes what is
// said anew; a person reads the difference.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../packages/core/language/compile.ts';
import { diagnosticCodes, renderDiagnostic } from '../../packages/core/language/messages.ts';
import { samplesOf } from '../agreement-samples.ts';

const folder = join(import.meta.dirname, '..', '..', 'examples', 'mistakes');
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));

/** The page up to and with the agreement; what follows is what is said. */
function upToAgreement(page: string): string {
  const end = page.lastIndexOf('\n````\n');
  return page.slice(0, end + '\n````\n'.length);
}

for (const name of pages) {
  const code = name.slice(0, -'.md'.length);
  test(`${code} says what its page says`, async () => {
    const path = join(folder, name);
    const page = readFileSync(path, 'utf8');
    const [sample] = samplesOf(page, 'agreement.md');
    const text = sample?.text ?? '';
    const said = compile(text, 'agreement.md')
      .diagnostics.filter((diagnostic) => diagnostic.code === code)
      .map((diagnostic) => renderDiagnostic(diagnostic, text));
    expect(said, 'the agreement has the mistake').not.toEqual([]);
    const expected = `${upToAgreement(page)}\n\`\`\`text\n${said.join('\n\n')}\n\`\`\`\n`;
    await expect(expected).toMatchFileSnapshot(path);
  });
}

test('every page is about a code that there is', () => {
  const codes = new Set(diagnosticCodes);
  expect(pages.filter((name) => !codes.has(name.slice(0, -'.md'.length)))).toEqual([]);
});
