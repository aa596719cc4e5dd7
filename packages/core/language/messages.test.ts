// SPDX-License-Identifier: Apache-2.0
// A rendered diagnostic has the place, the excerpt with carets, the sentence, the remedy and the related places.
import { expect, test } from 'vitest';
import type { Span } from '../program/diagnostic.ts';
import { diagnosticCodes, messageOf, renderDiagnostic } from './messages.ts';

function span(line: number, column: number, length: number): Span {
  return {
    source: 'plan.md',
    start: { offset: 0, line, column },
    end: { offset: length, line, column: column + length },
  };
}

test('renders place, excerpt, sentence, remedy and related places', () => {
  const text = 'a Deal is a Sale whose\n\tA is 1 and B is 2 or C is 3\n';
  const diagnostic = {
    code: 'and_or_mixed',
    severity: 'error',
    at: span(2, 20, 2),
    facts: {},
    related: [{ at: span(2, 9, 3), note: 'first_connective' }],
  } as const;
  expect(renderDiagnostic(diagnostic, text)).toMatchInlineSnapshot(`
    "plan.md:2:20: error and_or_mixed
    2 |  A is 1 and B is 2 or C is 3
      |                    ^^
    This condition mixes "and" with "or", and people read such a mixture in two ways.
    Give one part a name of its own (a kind or a value) and use that name here.
    plan.md:2:9: the first connecting word is here
    2 |  A is 1 and B is 2 or C is 3
      |         ^^^"
  `);
});

test('a place outside the text renders without failing', () => {
  const diagnostic = {
    code: 'and_or_mixed',
    severity: 'error',
    at: span(9, 5, 2),
    facts: {},
    related: [],
  } as const;
  expect(renderDiagnostic(diagnostic, '')).toContain('plan.md:9:5');
});

test('a code without a message is a mistake of ours', () => {
  const diagnostic = {
    code: 'no_such_code',
    severity: 'error',
    at: span(1, 1, 1),
    facts: {},
    related: [],
  } as const;
  expect(() => messageOf(diagnostic)).toThrow('no_such_code');
  expect(diagnosticCodes).toContain('statement_not_understood');
});
