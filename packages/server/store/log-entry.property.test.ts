// SPDX-License-Identifier: Apache-2.0
// The text of an entry is the entry: it reads back as the same, and what is equal has equal text.

import type { Scalar } from '@rapport/core/program/value.ts';
import { canonicalText } from '@rapport/core/proof/canonical.ts';
import { rational } from '@rapport/core/values/rational.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryOfText, entryText, identityOf, identityText, type LogEntry } from './log-entry.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 });
const day = fc.integer({ min: -100_000, max: 100_000 });
const dayOrNull = fc.option(day, { nil: null });
const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const fraction = fc.tuple(amount, fc.bigInt({ min: 1n, max: 1000n })).map(([n, d]) => rational(n, d));
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.record({ kind: fc.constant('quantity' as const), value: fraction }),
  fc.record({ kind: fc.constantFrom('text' as const, 'party' as const, 'fact' as const), value: text }),
  fc.record({ kind: fc.constant('yesNo' as const), value: fc.boolean() }),
  fc.record({ kind: fc.constant('date' as const), value: day }),
  fc.record({
    kind: fc.constant('duration' as const),
    value: fc.record({ months: fc.nat(99), days: fc.nat(99) }),
  }),
  fc.constant({ kind: 'open' as const }),
);
const fact = fc
  .record({
    kind: text,
    id: text,
    revision: fc.integer({ min: 1, max: 9 }),
    fields: fc.dictionary(fc.constantFrom('Amount', 'Closed', 'Stage', 'é', '"'), scalar, {
      noNullPrototype: true,
    }),
    isVoid: fc.boolean(),
  })
  .map(({ isVoid, ...rest }) => (isVoid ? { ...rest, isVoid } : rest));
const agreement = text;
const entry: fc.Arbitrary<LogEntry> = fc.oneof(
  { arbitrary: fact.map((given) => ({ kind: 'fact' as const, fact: given })), weight: 5 },
  fc.record({
    kind: fc.constant('attribute' as const),
    fact: fc.record({
      party: text,
      of: text,
      attribute: text,
      value: scalar,
      from: dayOrNull,
      through: dayOrNull,
    }),
  }),
  fc.record({
    kind: fc.constant('decision' as const),
    agreement,
    fact: fc.record({ decision: text, of: text, period: text, value: scalar, author: text, reason: text }),
  }),
  fc.record({
    kind: fc.constant('opening' as const),
    agreement,
    balance: fc.record({ component: text, of: text, amount: fraction, on: day, through: dayOrNull }),
  }),
  fc.record({ kind: fc.constant('day' as const), zone: text, day }),
  fc.record({ kind: fc.constant('close' as const), agreement, period: text }),
  fc.record({
    kind: fc.constant('commitment' as const),
    agreement,
    commitment: fc.record({
      id: text,
      what: fc.constant('payment' as const),
      party: text,
      asset: text,
      amount,
      lots: fc.array(fc.record({ lot: text, amount }), { maxLength: 2 }),
      reference: text,
      period: text,
      paidOn: day,
    }),
  }),
  fc.record({
    kind: fc.constant('hold placed' as const),
    agreement,
    hold: fc.record({ id: text, party: text, asset: text, amount, through: dayOrNull }),
  }),
  fc.record({ kind: fc.constant('statement issued' as const), agreement, payee: text, period: text }),
  fc.record({
    kind: fc.constant('statement approved' as const),
    agreement,
    ...{ payee: text, period: text, hash: text },
    version: fc.nat(),
    recorded: fc.nat(),
  }),
  fc.record({ kind: fc.constant('recomputed' as const), agreement, reason: text }),
  fc.record({
    kind: fc.constant('approval taken back' as const),
    agreement,
    ...{ payee: text, period: text, reason: text },
    version: fc.nat(),
  }),
);

test('an entry read back from its text is the same entry, with the same text and identity', () => {
  fc.assert(
    fc.property(entry, (given) => {
      const back = entryOfText(entryText(given));
      expect(back).toEqual(given);
      expect(entryText(back)).toBe(entryText(given));
      expect(identityText(identityOf(back))).toBe(identityText(identityOf(given)));
    }),
  );
});

test('the text of an entry is its canonical text', () => {
  fc.assert(
    fc.property(entry, (given) => {
      expect(entryText(given)).toBe(canonicalText(given));
    }),
  );
});

test('a fact that says it is not void is a fact that says nothing about it', () => {
  const plain = { kind: 'Deal', id: 'D-1', revision: 1, fields: {} };
  expect(entryText({ kind: 'fact', fact: { ...plain, isVoid: false } })).toBe(
    entryText({ kind: 'fact', fact: plain }),
  );
});
