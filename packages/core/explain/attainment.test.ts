// SPDX-License-Identifier: Apache-2.0
// How far Ann is in her quarter, by the measures that her clauses look at.
import { expect, test } from 'vitest';
import { knownAt } from '../engine/known.ts';
import { parseIsoDay } from '../values/date.ts';
import { rationalText } from '../values/rational.ts';
import { attainmentOf } from './attainment.ts';
import { ann, sampleLog, sampleProgram } from './statement-sample.ts';

const versions = [{ program: sampleProgram(), from: null, to: null }];
const entries = sampleLog[0].flatMap((entry) => (entry.kind === 'fact' ? [entry] : []));

test('attainment tells the band, the target, and what is missing to either', () => {
  const known = knownAt(entries.slice(0, 2), parseIsoDay('2026-03-15')!);
  const found = attainmentOf(versions, known, { payee: ann, period: null });
  expect(
    found.map(({ name, components, figure, target, attained, band, toNext }) => ({
      ...{ name, components, figure, target, band, toNext },
      attained: attained === null ? null : rationalText(attained),
    })),
  ).toEqual([
    {
      name: 'Revenue',
      components: ['Commission'],
      figure: 'USD 44,400',
      target: null,
      attained: null,
      band: 'below USD 50,000 (First Step)',
      toNext: 'USD 5,600',
    },
    {
      name: 'Revenue',
      components: ['Milestone bonus'],
      figure: 'USD 44,400',
      target: 'USD 60,000',
      attained: '37/50',
      band: null,
      toNext: 'USD 15,600',
    },
  ]);
});
