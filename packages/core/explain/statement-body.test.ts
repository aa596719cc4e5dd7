// SPDX-License-Identifier: Apache-2.0
// The statements of the moment that must work: a quarter is closed, its statement issued and paid; months later a credit
// note for one of its deals arrives. The old statement stays; the open quarter has one line with the exact difference.
// The bodies stand beside this test as JSON, so that a person can read them.

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canonicalText } from '../proof/canonical.ts';
import { namer, withNames } from './named.ts';
import { lateCreditNote, sampleNames } from './statement-sample.ts';

const sample = lateCreditNote();
const golden = (name: string) => new URL(`./statement-golden/${name}.json`, import.meta.url);

describe('a statement', () => {
  test.each([
    ['first', sample.first],
    ['after-credit-note', sample.afterCreditNote],
    ['of-nothing', sample.ofNothing],
  ])('%s reads as its golden file says', (name, body) => {
    if (process.env['UPDATE_GOLDEN'] === '1')
      writeFileSync(golden(name), `${JSON.stringify(body, null, 2)}\n`);
    expect(body).toEqual(JSON.parse(readFileSync(golden(name), 'utf8')));
  });

  test('has a canonical text that reads back as the same body', () => {
    for (const body of [sample.first, sample.afterCreditNote])
      expect(canonicalText(JSON.parse(canonicalText(body)))).toBe(canonicalText(body));
  });

  test('shows a late fact in a closed period as one item with its net effect, and folds what moved beneath it', () => {
    const [commission] = sample.afterCreditNote.items;
    expect(commission).toMatchObject({ component: 'Commission', earned: '2026-Q1', due: '-640.00' });
    expect(commission?.restates).toMatchObject({
      before: '3532.00',
      after: '2892.00',
      causes: [{ kind: 'Credit Note', id: 'CN-7', revision: 1 }],
      moved: [
        { fact: { id: 'D-1001' }, before: '1620.00', after: '1220.00', change: '-400.00' },
        { fact: { id: 'D-1003' }, before: '1312.00', after: '1072.00', change: '-240.00' },
      ],
    });
  });

  test('of nothing says for each clause why', () => {
    const { items, totals, nothing } = sample.ofNothing;
    expect(items).toEqual([]);
    expect(totals).toMatchObject([{ carried: '645.00', arising: '0.00', payable: '645.00' }]);
    expect(nothing.map(({ component, earned }) => [component, earned])).toEqual([
      ['Commission', '2026-Q2'],
      ['Milestone bonus', '2026-Q2'],
    ]);
  });

  test('is shown with names in place of ids, wherever they stand by themselves', () => {
    const shown = withNames(sample.first, sampleNames);
    expect(shown.payee).toBe('Ann Example');
    expect(shown.items[0]?.lines[0]?.fields[1]).toEqual({ name: 'Customer', figure: 'Acme GmbH' });
    expect(namer({ 'C-2': 'Acme', C: 'no' })('C-2, C-20 and XC-2, C')).toBe('Acme, C-20 and XC-2, no');
  });
});
