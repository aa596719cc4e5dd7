// SPDX-License-Identifier: Apache-2.0
// Values that stand in a bundle for what others' facts give: totals, means, counts, places, whether a fact is the first of
// its kind. None of them names anybody but the payee and the group: an id, a text or a fact of others is never one.

import { everyFact, type Given } from '../engine/reference/given.ts';
import { type Answer, none, waiting } from '../engine/reference/result.ts';
import { type SeamKey, seamText } from '../engine/reference/seam-key.ts';
import type { Day } from '../values/date.ts';
import { durationText, parseDuration } from '../values/duration.ts';
import { rationalText, toFraction } from '../values/rational.ts';

export interface AttestedValue extends SeamKey {
  /** As the log stood after this entry. */
  readonly through: number;
  readonly value: AttestedAnswer;
}

/** Exact numbers as fractions, "1250" or "1/3". */
export type AttestedAnswer =
  | { readonly kind: 'quantity' | 'duration'; readonly value: string }
  | { readonly kind: 'date'; readonly value: Day }
  | { readonly kind: 'yesNo'; readonly value: boolean }
  | { readonly kind: 'level'; readonly status: string; readonly rank: number }
  /** An end that has not come; nothing to take a mean or a least of; not known yet. */
  | { readonly kind: 'open' | 'none' | 'waiting' };

/** An answer as a bundle holds it; null for what would name somebody. */
export function attestedAnswer(answer: Answer): AttestedAnswer | null {
  switch (answer.kind) {
    case 'quantity':
      return { kind: 'quantity', value: rationalText(answer.value) };
    case 'duration':
      return { kind: 'duration', value: durationText(answer.value) };
    case 'date':
    case 'yesNo':
    case 'level':
      return answer;
    case 'open':
    case 'none':
    case 'waiting':
      return { kind: answer.kind };
    case 'text':
    case 'party':
    case 'fact':
    case 'period':
      return null;
  }
}

/** The answer again; what no `attestedAnswer` gave is thrown about. */
export function answerOf(attested: AttestedAnswer): Answer {
  switch (attested.kind) {
    case 'quantity': {
      const value = toFraction(attested.value);
      if (value === null) throw new RangeError(`${attested.value} is no exact number in an attested value.`);
      return { kind: 'quantity', value };
    }
    case 'duration': {
      const value = parseDuration(attested.value);
      if (value === null)
        throw new RangeError(`${attested.value} is no length of time in an attested value.`);
      return { kind: 'duration', value };
    }
    case 'date':
    case 'yesNo':
    case 'level':
      return attested;
    case 'open':
      return { kind: 'open' };
    case 'none':
      return none;
    case 'waiting':
      return waiting();
  }
}

/** The key of a first day. */
export function firstDayKey(kind: string | typeof everyFact, payee: string): SeamKey {
  const own = { from: null, seen: '' };
  return kind === everyFact
    ? { seam: 'every fact', at: [], ...own }
    : { seam: `party ${kind}`, at: [{ name: kind, kind: 'party', value: payee }], ...own };
}

/** A first day as a bundle holds it: none where only values without a day name the party, open where there is no saying. */
export function firstDayAnswer(first: Day | null): AttestedAnswer {
  if (first === null) return { kind: 'open' };
  return Number.isFinite(first) ? { kind: 'date', value: first } : { kind: 'none' };
}

/** The attested values as of a place in the log, in the place of what they stand for; `used` hears of each that was asked for. */
export function givenFrom(
  values: readonly AttestedValue[],
  {
    payee,
    through,
    used = () => {},
  }: {
    readonly payee: string;
    readonly through: number;
    readonly used?: (value: AttestedValue) => void;
  },
): Given {
  const known = new Map(
    values.filter((value) => value.through === through).map((value) => [seamText(value), value] as const),
  );
  return {
    payee,
    at: ({ key }) => {
      const found = known.get(seamText(key));
      if (found === undefined) return null;
      used(found);
      return answerOf(found.value);
    },
    firstDay: (kind, own) => {
      const found = known.get(seamText(firstDayKey(kind, payee)));
      if (found === undefined) return own;
      used(found);
      const { value } = found;
      return value.kind === 'date' ? value.value : value.kind === 'none' ? Infinity : null;
    },
  };
}
