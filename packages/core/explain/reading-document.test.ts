// SPDX-License-Identifier: Apache-2.0
// Where readings stand in a document: below each fence, as a quotation; everything else stays byte for byte.
import { expect, test } from 'vitest';
import type { DocumentTree } from '../language/tree.ts';
import type { Span } from '../program/diagnostic.ts';
import { quotation, readDocument } from './reading-document.ts';
import { sampleProgram } from './sample-program.ts';

const text = '# Pay\n\nWords.\n\n```rapport\nthe clause\n```\n\nMore words.\n';

function spanOf(part: string): Span {
  const offset = text.indexOf(part);
  const position = (at: number) => ({ offset: at, line: 1, column: 1 });
  return { source: '', start: position(offset), end: position(offset + part.length) };
}

test('a reading follows the block that it reads, and removing the quotations gives the document back', () => {
  const sample = sampleProgram();
  const milestone = sample.clauses[1];
  if (milestone === undefined) throw new Error('The sample has a second clause.');
  const program = {
    ...sample,
    parties: [],
    factKinds: [],
    derivedKinds: [],
    values: [],
    tables: [],
    clauses: [{ ...milestone, at: spanOf('the clause') }],
  };
  const tree: DocumentTree = {
    at: spanOf(text),
    source: '',
    text,
    title: 'Pay',
    sections: [],
    blanks: [],
    statements: [],
    blocks: [spanOf('the clause\n')],
  };
  const read = readDocument(tree, program);
  expect(read).toContain(
    '```\n\n> **Milestone bonus.** For each quarter, the Company pays each Representative',
  );
  expect(read.replace(/\n> .*\n/g, '')).toBe(text);
});

test('sentences flow, items of a list stand on lines of their own', () => {
  expect(quotation([['One.', 'Two:', '- a', '- b', 'Three.'], ['Four.']])).toBe(
    '> One. Two:\n>\n> - a\n> - b\n>\n> Three.\n>\n> Four.\n',
  );
});
