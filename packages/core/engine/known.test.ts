// SPDX-License-Identifier: Apache-2.0
// What is known of a log: the latest revision of each fact, whatever the order of arrival; voided facts are gone.
import { describe, expect, test } from 'vitest';
import type { Entry, Fact } from '../program/log.ts';
import { knownAt } from './known.ts';

function entry(fact: Partial<Fact>): Entry {
  return {
    kind: 'fact',
    recordedOn: null,
    fact: { kind: 'Deal', id: 'D-1', revision: 1, fields: {}, ...fact },
  };
}

describe('what is known', () => {
  test('is the latest revision, in whatever order revisions arrive', () => {
    const revisions = [entry({ revision: 2 }), entry({ revision: 1 }), entry({ id: 'D-2' })];
    for (const entries of [revisions, revisions.toReversed()]) {
      const { facts } = knownAt(entries, 0);
      expect(new Map(facts.map(({ id, revision }) => [id, revision]))).toEqual(
        new Map([
          ['D-1', 2],
          ['D-2', 1],
        ]),
      );
    }
  });

  test('does not hold a fact that is void, until a later revision brings it back', () => {
    const entries = [entry({}), entry({ revision: 2, isVoid: true })];
    expect(knownAt(entries, 0).facts).toEqual([]);
    expect(knownAt([...entries, entry({ revision: 3 })], 0).facts).toHaveLength(1);
  });
});
