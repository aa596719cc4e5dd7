// SPDX-License-Identifier: Apache-2.0
// Words that changed where no meaning did.
import { expect, test } from 'vitest';
import type { DocumentTree } from '../language/tree.ts';
import { compareWords } from './compare-words.ts';

function documentOf(text: string): DocumentTree {
  const place = (offset: number) => ({ offset, line: 1, column: 1 });
  const span = (start: number, end: number) => ({ source: '', start: place(start), end: place(end) });
  const headings = [...text.matchAll(/^## (.*)$/gm)];
  const sections = headings.map((match) => ({
    at: span(match.index, text.length),
    heading: match[1] ?? '',
    depth: 2,
  }));
  return {
    at: span(0, text.length),
    source: '',
    text,
    title: '',
    sections,
    blanks: [],
    statements: [],
    blocks: [],
  };
}

test('a section whose prose differs is wording only; values of blanks and formulas are not prose', () => {
  const before = documentOf('## 1. Pay\nIt pays [5% : Rate].\n```rapport\na\n```\n## 2. Law\nSwiss law.\n');
  const after = documentOf('## 1. Pay\nIt pays  [6% : Rate].\n```rapport\nb\n```\n## 2. Law\nFrench law.\n');
  expect(compareWords(before, after, []).map(({ name, what }) => [name, what])).toEqual([
    ['2. Law', 'changed'],
  ]);
});
