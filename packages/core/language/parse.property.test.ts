// SPDX-License-Identifier: Apache-2.0
// Whatever is typed: parsing and formatting end, soon, without an exception; formatting twice is formatting once; and what is
// formatted means the same.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDocument } from './format.ts';
import { renderDiagnostic } from './messages.ts';
import { parseDocument } from './parse.ts';

const agreements = ['hardware-sales', 'record-club'].map((name) =>
  readFileSync(new URL(`../../../examples/${name}/agreement.md`, import.meta.url), 'utf8'),
);
/** Milliseconds: what has not ended by then does not end; a parse takes some hundredth of it. */
const hangs = 120_000;

/** The tree without places, as text. */
function withoutPlaces(text: string): string {
  const { title, sections, blanks, statements } = parseDocument(text, '').tree;
  const drop = (key: string, value: unknown): unknown =>
    key === 'at' || key === 'sentenceAt' ? undefined : value;
  return JSON.stringify({ title, sections, blanks, statements }, drop);
}

function holds(text: string): void {
  const { diagnostics } = parseDocument(text, 'x.md');
  for (const diagnostic of diagnostics.slice(0, 5)) {
    expect(renderDiagnostic(diagnostic, text)).not.toContain('undefined');
    expect(diagnostic.at.end.offset).toBeGreaterThanOrEqual(diagnostic.at.start.offset);
    expect(diagnostic.at.end.offset).toBeLessThanOrEqual(text.length);
  }
  const formatted = formatDocument(text, 'x.md');
  expect(formatDocument(formatted, 'x.md')).toBe(formatted);
  expect(withoutPlaces(formatted)).toBe(withoutPlaces(text));
}

test('random text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), holds), { numRuns: 200 });
});

test('random signs and words in a block', () => {
  const words =
    'Deal of the sum when is and or , : ; ( ) "x" 5% USD 3 − per on in quarter from through after [ ] | é'.split(
      ' ',
    );
  const line = fc.array(fc.constantFrom(...words, '\n', '\n    ', '\t', '\r\n'), { maxLength: 60 });
  fc.assert(
    fc.property(line, (parts) => holds(`\`\`\`rapport\n${parts.join(' ')}\n\`\`\`\n`)),
    { numRuns: 300 },
  );
});

test(
  'slips in the agreements: characters, words and lines left out, doubled and swapped',
  () => {
    const slip = fc.record({
      agreement: fc.constantFrom(...agreements),
      unit: fc.constantFrom('', ' ', '\n'),
      place: fc.nat(),
      other: fc.nat(),
      change: fc.constantFrom('delete', 'double', 'swap', 'insert'),
      inserted: fc.constantFrom('"', '(', '```', ':', 'the', ' 5 ', '[', '|', '\n', '\u0000', '“'),
    });
    fc.assert(
      fc.property(slip, ({ agreement, unit, place, other, change, inserted }) => {
        const parts: string[] = agreement.split(unit);
        const at = place % parts.length;
        const to = other % parts.length;
        if (change === 'delete') parts.splice(at, 1);
        else if (change === 'double') parts.splice(at, 0, parts[at] ?? '');
        else if (change === 'insert') parts.splice(at, 0, inserted);
        else [parts[at], parts[to]] = [parts[to] ?? '', parts[at] ?? ''];
        holds(parts.join(unit));
      }),
      { numRuns: 300 },
    );
  },
  hangs,
);

test.each([
  ['brackets', `\`\`\`rapport\nMeasure is ${'('.repeat(500_000)}\n\`\`\``],
  ['signs', `\`\`\`rapport\nMeasure is ${'− '.repeat(250_000)}5\n\`\`\``],
  ['a long sum', `\`\`\`rapport\nMeasure is 1${' + 1'.repeat(250_000)}\n\`\`\``],
  ['a long chain', `\`\`\`rapport\nMeasure is Amount${' of Deals'.repeat(100_000)}\n\`\`\``],
  ['dates after dates', `\`\`\`rapport\nMeasure is ${'Grace after '.repeat(250_000)}Closed\n\`\`\``],
  ['open brackets of blanks', '[5% : '.repeat(100_000)],
])(
  '%s without end',
  (_, text) => {
    const { diagnostics } = parseDocument(text, 'x.md');
    expect(diagnostics.length).toBeLessThan(1_000);
  },
  hangs,
);
