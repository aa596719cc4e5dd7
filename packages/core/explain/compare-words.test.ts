// SPDX-License-Identifier: Apache-2.0
// Words that changed where no meaning did.
import { expect, test } from 'vitest';
import { compareWords } from './compare-words.ts';

const before = '## 1. Pay\n\nIt pays [5% : Rate].\n\n```rapport\na\n```\n\n## 2. Law\n\nSwiss law.\n';
const after = '## 1. Pay\n\nIt pays [6% : Rate].\n\n```rapport\nb\n```\n\n## 2. Law\n\nFrench law.\n';

test('a section whose prose differs is wording only; values of blanks and formulas are not prose', () => {
  expect(compareWords(before, after, []).map(({ name, what }) => [name, what])).toEqual([
    ['2. Law', 'changed'],
  ]);
});

test('a section in which something means something else is not listed again', () => {
  const meant = {
    area: 'blank',
    what: 'changed',
    name: 'Court',
    section: '2. Law',
    before: [],
    after: [],
  } as const;
  expect(compareWords(before, after, [meant])).toEqual([]);
});
