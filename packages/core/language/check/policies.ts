// SPDX-License-Identifier: Apache-2.0
// Policies: one sentence of a closed set for each key. What is not said and not needed has a default; what is
// needed and not said is an error.

import type { AmendmentMode, LateMode, ReturnMode } from '../../program/clause.ts';
import type { Rounding } from '../../program/declaration.ts';
import type { Policies } from '../../program/program.ts';
import { type Calendar, calendarProblem, type WeekPattern } from '../../values/calendar.ts';
import { monthNames, weekdayNames } from '../../values/calendar-names.ts';
import { rational } from '../../values/rational.ts';
import type { RoundingMode } from '../../values/rounding.ts';
import { isKnownZone } from '../../values/zone.ts';
import type { DocumentTree } from '../tree.ts';
import type { Of } from './context.ts';
import { note, type Report } from './report.ts';

/** Which policies the text states, for checks of those it needs. */
export interface Stated {
  readonly policies: Policies;
  readonly semantics: number;
  readonly keys: ReadonlySet<string>;
}

/** The first year's calendar of a sentence, and its zone; null when the sentence is none of the known ones. */
export function calendarOf(sentence: string): Calendar | null {
  const zone = /, in (\S+)$/.exec(sentence)?.[1];
  if (zone === undefined) return null;
  const words = sentence.slice(0, sentence.lastIndexOf(', in '));
  if (/^calendar (days|weeks|months|quarters|halves|years|, | and |)+$/.test(words)) {
    return { kind: 'gregorian', zone, yearStartMonth: 1, weekStart: 1 };
  }
  const fiscal = /^fiscal (?:quarters and |halves and |months, quarters and )?years from (\w+)$/.exec(words);
  if (fiscal !== null) {
    return { kind: 'gregorian', zone, yearStartMonth: monthNames.indexOf(fiscal[1] ?? '') + 1, weekStart: 1 };
  }
  const retail =
    /^(4-4-5|4-5-4|5-4-4) weeks, years ending on the (last )?(\w+) (of|nearest the end of) (\w+)$/.exec(
      words,
    );
  if (retail === null) return null;
  return {
    kind: 'retail',
    zone,
    pattern: retail[1] as WeekPattern,
    years: {
      kind: retail[4] === 'of' ? 'last weekday of month' : 'weekday nearest month end',
      weekday: weekdayNames.indexOf(retail[3] ?? '') + 1,
      month: monthNames.indexOf(retail[5] ?? '') + 1,
    },
  };
}

const roundingWords: readonly (readonly [RegExp, RoundingMode])[] = [
  [/^half away from zero$/, 'half away from zero'],
  [/^half to even$/, 'half to even'],
  [/^half up$/, 'half up'],
  [/^down$/, 'down'],
  [/^up$/, 'up'],
  [/^toward zero$/, 'toward zero'],
  [/^away from zero$/, 'away from zero'],
];

/** "each amount to the cent, half away from zero". */
export function roundingOf(sentence: string): Rounding | null {
  const match = /^each [\w ]+? to (the cent|the whole \S+|(\d+) decimals?), (.+)$/.exec(sentence);
  const mode = roundingWords.find(([pattern]) => pattern.test(match?.[3] ?? ''))?.[1];
  if (match === null || mode === undefined) return null;
  if (match[1] === 'the cent') return { step: null, mode };
  const decimals = match[2];
  return { step: decimals === undefined ? rational(1n) : rational(1n, 10n ** BigInt(decimals)), mode };
}

/** What happens to facts that come late. */
export function lateModeOf(sentence: string): LateMode | null {
  if (
    /^change the \w+( \w+)? they belong to; the difference is (paid in the open \w+|booked today)$/.test(
      sentence,
    )
  ) {
    return { kind: 'restate' };
  }
  if (/^count in the open \w+$/.test(sentence)) return { kind: 'count in the open period' };
  const days = /^are ignored after (\d{1,5}) days?$/.exec(sentence);
  if (days !== null) return { kind: 'cut off', afterDays: Number(days[1]) };
  return /^are ignored once the \w+ is closed$/.test(sentence) ? { kind: 'ignore after lock' } : null;
}

const returns: Readonly<Record<string, ReturnMode>> = {
  none: 'none',
  'as if the sale had been smaller': 'as if smaller',
  'as a negative sale today': 'negative today',
  'taking back what it earned': 'what it earned',
  'taking back what was paid': 'what was paid',
};
const amendments: Readonly<Record<string, AmendmentMode>> = {
  'each part of a period on its own': 'segment',
  'the position carries over': 'splice',
  'change the whole period': 'restate',
};

export const policyKeys = [
  'calendar',
  'rounding',
  'late facts',
  'returns',
  'amendments',
  'proration',
  'attribution',
  'semantics',
];

/** All policies of the document over the defaults. */
export function statedPolicies(report: Report, tree: DocumentTree): Stated {
  let policies: Policies = {
    calendar: { kind: 'gregorian', zone: 'UTC', yearStartMonth: 1, weekStart: 1 },
    zone: 'UTC',
    rounding: { step: null, mode: 'half away from zero' },
    late: { kind: 'restate' },
    returns: 'none',
    amendments: 'segment',
    proration: 'days',
    attribution: 'cumulative',
  };
  let semantics = 1;
  const keys = new Map<string, Of<'policy'>>();
  for (const { statement } of tree.statements) {
    if (statement.kind !== 'policy') continue;
    const earlier = keys.get(statement.key);
    if (earlier !== undefined) {
      note(report, 'policy_twice', statement.at, { key: statement.key }, [
        { at: earlier.at, note: 'declared_first' },
      ]);
      continue;
    }
    keys.set(statement.key, statement);
    if (statement.key === 'semantics') {
      if (statement.sentence !== 'version 1') unknownSentence(report, statement);
      semantics = 1;
      continue;
    }
    const changed = withPolicy(report, policies, statement);
    if (changed === null) unknownSentence(report, statement);
    else policies = changed;
  }
  return { policies, semantics, keys: new Set(keys.keys()) };
}

function unknownSentence(report: Report, { key, sentence, sentenceAt }: Of<'policy'>): void {
  // Other keys the parser has refused.
  if (!policyKeys.includes(key)) return;
  note(report, 'policy_sentence_unknown', sentenceAt, { key, sentence });
}

/** The policies with one more sentence; null when it is not one that is known. */
function withPolicy(report: Report, policies: Policies, statement: Of<'policy'>): Policies | null {
  const { sentence, key } = statement;
  switch (key) {
    case 'calendar': {
      const calendar = calendarOf(sentence);
      if (calendar === null || calendarProblem(calendar) !== null) return null;
      if (!isKnownZone(calendar.zone)) {
        note(report, 'zone_unknown', statement.sentenceAt, { zone: calendar.zone });
        return policies;
      }
      return { ...policies, calendar, zone: calendar.zone };
    }
    case 'rounding': {
      const rounding = roundingOf(sentence);
      return rounding && { ...policies, rounding };
    }
    case 'late facts': {
      const late = lateModeOf(sentence);
      return late && { ...policies, late };
    }
    case 'returns': {
      const mode = returns[sentence];
      return mode === undefined ? null : { ...policies, returns: mode };
    }
    case 'amendments': {
      const mode = amendments[sentence];
      return mode === undefined ? null : { ...policies, amendments: mode };
    }
    case 'proration':
      if (sentence === 'by days') return { ...policies, proration: 'days' };
      if (sentence !== 'by whole months') return null;
      return { ...policies, proration: 'whole months' };
    case 'attribution':
      if (sentence === 'in order') return { ...policies, attribution: 'cumulative' };
      if (sentence !== 'frozen once posted') return null;
      return { ...policies, attribution: 'freeze' };
    default:
      return null;
  }
}
