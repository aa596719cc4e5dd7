// SPDX-License-Identifier: Apache-2.0
// Whatever is wrong with a text, the checker answers with diagnostics: it never throws, a program comes only without
// errors, and every code has its sentence.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { messageOf } from './messages.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'examples');
const texts = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
  if (entry.isFile() && entry.name.endsWith('.md')) return [readFileSync(join(folder, entry.name), 'utf8')];
  return entry.isDirectory() && entry.name !== 'mistakes'
    ? readdirSync(join(folder, entry.name))
        .filter((name) => name === 'agreement.md')
        .map((name) => readFileSync(join(folder, entry.name, name), 'utf8'))
    : [];
});

/** An agreement with one word taken out, doubled, or replaced by another of the same agreement. */
const slips = fc.record({
  text: fc.constantFrom(...texts),
  at: fc.nat(),
  by: fc.nat(),
  kind: fc.constantFrom('gone', 'doubled', 'replaced', 'line gone'),
});

function slipped({ text, at, by, kind }: { text: string; at: number; by: number; kind: string }): string {
  if (kind === 'line gone') {
    const lines = text.split('\n');
    lines.splice(at % lines.length, 1);
    return lines.join('\n');
  }
  const words = text.split(/(\s+)/);
  const index = (at % Math.ceil(words.length / 2)) * 2;
  const other = words[(by % Math.ceil(words.length / 2)) * 2] ?? '';
  const word = words[index] ?? '';
  words[index] = kind === 'gone' ? '' : kind === 'doubled' ? `${word} ${word}` : other;
  return words.join('');
}

test('a slip gives diagnostics with sentences, never a failure', () => {
  fc.assert(
    fc.property(slips, (slip) => {
      const { program, diagnostics } = compile(slipped(slip), 'plan.md');
      for (const diagnostic of diagnostics) expect(messageOf(diagnostic).sentence).not.toContain('undefined');
      const hasError = diagnostics.some((diagnostic) => diagnostic.severity === 'error');
      expect(program === null).toBe(hasError);
    }),
    { numRuns: 300 },
  );
});
