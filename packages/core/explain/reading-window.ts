// SPDX-License-Identifier: Apache-2.0
// Periods and windows of time as phrases: which facts count. Each phrase follows the noun of a set; "" says that
// everything known counts.
import type { Expression } from '../program/expression.ts';
import type { Window } from '../program/set.ts';
import { numberWord } from './english.ts';
import { readExpression, readFigure, readMoment } from './reading-expression.ts';
import { referenceOf, type Voice } from './voice.ts';

/** A period at hand or near it: "the quarter", "the quarter before". */
export function readPeriod(voice: Voice, period: Expression): string {
  if (period.kind !== 'shiftedPeriod') return readExpression(voice, period);
  const base = readPeriod(voice, period.period);
  const unit = base.replace(/^the /, '');
  const yearBefore: Readonly<Record<string, number>> = { month: -12, quarter: -4, half: -2, year: -1 };
  if (period.by === -1) return `${base} before`;
  if (period.by === yearBefore[unit]) return `the same ${unit} of the year before`;
  const count = Math.abs(period.by);
  return `${base} that lies ${numberWord(count)} ${unit}${count === 1 ? '' : 's'} ${period.by < 0 ? 'earlier' : 'later'}`;
}

/** The window as a phrase behind a noun, with a leading space. */
export function readWindow(voice: Voice, window: Window): string {
  switch (window.kind) {
    case 'all':
      return '';
    case 'period':
      return ` in ${readPeriod(voice, window.period)}`;
    case 'toDate': {
      const end =
        'period' in window.end
          ? `through the end of ${readPeriod(voice, window.end.period)}`
          : `up to and including ${referenceOf(voice, window.end.fact).subject}`;
      return ` from the start of the ${window.unit} ${end}`;
    }
    case 'through':
      return ` up to the end of ${readPeriod(voice, window.period)}`;
    case 'beforePeriod':
      return ` before ${readPeriod(voice, window.period)} begins`;
    case 'soFar':
      return ` so far (up to and including ${referenceOf(voice, window.fact).subject})`;
    case 'beforeFact': {
      const { subject } = referenceOf(voice, window.fact);
      if (window.length === null) return ` before ${subject}`;
      return ` in the ${lengthWords(voice, window.length)} before ${subject}`;
    }
    case 'rolling': {
      const period = readPeriod(voice, window.period);
      const end = window.ends === 'to' ? `that end with ${period}` : `before ${period} begins`;
      return ` in the ${lengthWords(voice, window.length)} ${end}`;
    }
    case 'between':
      return readBetween(voice, window);
    case 'lasting':
      return ` that last${readMoment(voice, window.moment)}`;
  }
}

/** A length of time behind "in the": "90 days (Gold Window)". */
function lengthWords(voice: Voice, length: Expression): string {
  return readFigure(voice, length).replace(/^the /, '');
}

/** From the start through the end of one calendar period reads as that period. */
function readBetween(voice: Voice, window: Window & { kind: 'between' }): string {
  const { from, through } = window;
  if (from.kind === 'edge' && through.kind === 'edge' && from.unit === through.unit) {
    const start = readExpression(voice, from.date);
    if (start === readExpression(voice, through.date)) return ` in the ${from.unit} of ${start}`;
  }
  return ` from ${readFigure(voice, from)} through ${readFigure(voice, through)}`;
}
