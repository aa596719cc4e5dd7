// SPDX-License-Identifier: Apache-2.0
// Names are declared once and only once, and a plural counts as a name.
import { expect, test } from 'vitest';
import { checkDocument } from '../check.ts';
import type { DocumentTree, Name, Statement } from '../tree.ts';

let offset = 0;
function at() {
  offset += 1;
  const start = { offset, line: 1, column: offset };
  return { source: 'plan.md', start, end: { ...start, offset: offset + 1 } };
}
function name(text: string): Name {
  return { text, at: at() };
}
function document(statements: readonly Statement[]): DocumentTree {
  return {
    source: 'plan.md',
    text: '',
    title: 'Plan',
    sections: [],
    blanks: [],
    statements: statements.map((statement) => ({ statement, section: 0 })),
    blocks: [],
    at: at(),
  };
}
function parties(plural: string, singular: string | null = null): Statement {
  const names = [{ plural: name(plural), singular: singular === null ? null : name(singular) }];
  return { kind: 'parties', role: 'parties', names, at: at() };
}

test.each([
  ['the same party twice', [parties('Members'), parties('Members')], 'name_declared_twice'],
  [
    'a name that is the plural of another',
    [parties('Members'), { kind: 'party', name: name('Members'), at: at() }],
    'name_equals_plural',
  ],
  ['a plural without a regular singular', [parties('Salespeople')], 'plural_unknown'],
] as const)('%s is refused', (_, statements, code) => {
  const { program, diagnostics } = checkDocument(document(statements));
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  expect(program).toBeNull();
});

test('an irregular plural is declared with its singular', () => {
  const { program } = checkDocument(document([parties('Salespeople', 'Salesperson')]));
  expect(program?.parties.map(({ id, plural }) => [id, plural])).toEqual([['Salesperson', 'Salespeople']]);
});
