// SPDX-License-Identifier: Apache-2.0
// However rows come and go, the kept counts of distinct parties are those of the rows that are there, counted anew.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LinkSums, type WindowLinks } from './link-sums.ts';
import type { ClausePlan, DistinctSet } from './plan.ts';

const links = (link: number, shift: number): DistinctSet => ({ kind: 'links', set: 0, link, shift });
const sets: readonly (readonly [string, DistinctSet])[] = [
  ['all of a period', links(0, 0)],
  ['those of the period before', links(0, -1)],
  ['who of the period before came again', { kind: 'both', left: links(0, -1), right: links(0, 0) }],
  ['who came again after two periods', { kind: 'both', left: links(0, 0), right: links(0, -2) }],
  ['who did not come again', { kind: 'without', left: links(0, -1), right: links(0, 0) }],
  ['who is behind both of two links', { kind: 'both', left: links(0, 0), right: links(1, 0) }],
  ['who is in the same set twice', { kind: 'both', left: links(0, 0), right: links(0, 0) }],
  ['who came in either of two periods', { kind: 'either', left: links(0, -1), right: links(1, 0) }],
  [
    'who came in either of two periods, but not before',
    {
      kind: 'without',
      left: { kind: 'either', left: links(0, -1), right: links(1, 0) },
      right: links(0, -2),
    },
  ],
];

interface Row {
  readonly ordinal: number;
  readonly codes: readonly [number, number];
}

const anyRow: fc.Arbitrary<Row> = fc.record({
  ordinal: fc.integer({ min: 0, max: 3 }),
  codes: fc.tuple(fc.nat(4), fc.nat(4)),
});

function members(set: DistinctSet, rows: readonly Row[], ordinal: number): Set<number> {
  if (set.kind === 'links') {
    const own = rows.filter((row) => row.ordinal === ordinal + set.shift);
    return new Set(own.map(({ codes }) => codes[set.link === 0 ? 0 : 1]));
  }
  const left = members(set.left, rows, ordinal);
  const right = members(set.right, rows, ordinal);
  if (set.kind === 'either') return new Set([...left, ...right]);
  return new Set([...left].filter((code) => right.has(code) === (set.kind === 'both')));
}

test.each(sets)('%s are counted as rows come and go', (_, set) => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 30 }), fc.array(fc.nat()), (rows, leaving) => {
      const sums = new LinkSums([{ inputs: [{ kind: 'distinct', set }] } as unknown as ClausePlan]);
      const windows = new Map<number, WindowLinks>();
      const windowAt = (ordinal: number): WindowLinks => {
        const window = windows.get(ordinal) ?? sums.none();
        windows.set(ordinal, window);
        return window;
      };
      const move = ({ ordinal, codes }: Row, sign: 1 | -1) => {
        sums.linked.forEach(({ link }, place) => {
          sums.move(place, codes[link === 0 ? 0 : 1], sign, windows, ordinal, windowAt);
        });
      };
      const there = [...rows];
      for (const row of rows) move(row, 1);
      for (const choice of leaving) {
        if (there.length === 0) break;
        for (const row of there.splice(choice % there.length, 1)) move(row, -1);
      }
      const count = sums.reader(set);
      for (let ordinal = 0; ordinal <= 6; ordinal += 1) {
        expect(count(windows, ordinal)).toBe(members(set, there, ordinal).size);
      }
    }),
  );
});
