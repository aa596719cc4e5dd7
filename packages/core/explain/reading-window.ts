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

/** "the quarter of the Closed date of the Deal", "the year of the quarter". */
export function periodOfWords(voice: Voice, node: Expression & { kind: 'periodOf' }): string {
  const { date } = node;
  const of = date.kind === 'periodEdge' ? readPeriod(voice, date.period) : readExpression(voice, date);
  return `the ${node.unit} of ${of}`;
}

/** A stretch of days in the words it was most likely written in. */
export function spanWords(voice: Voice, span: Expression & { kind: 'span' }): string {
  const { from, through } = span;
  if (through === null)
    return from === null ? 'all the time so far' : `the time from ${readExpression(voice, from)} on`;
  const before = periodAfter(through);
  const end =
    through.kind === 'periodEdge' && through.edge === 'end'
      ? `the end of ${readPeriod(voice, through.period)}`
      : readExpression(voice, through);
  if (from === null)
    return before === null
      ? `all the time up to ${end}`
      : `all the time before ${readPeriod(voice, before)} begins`;
  if (from.kind === 'edge' && from.edge === 'start') return `the ${from.unit} up to ${end}`;
  if (from.kind === 'shifted' && from.direction === -1 && from.date.kind === 'shifted') {
    const length = lengthWords(voice, from.by);
    return before === null
      ? `the ${length} up to ${end}`
      : `the ${length} before ${readPeriod(voice, before)} begins`;
  }
  return `the days from ${readExpression(voice, from)} through ${readExpression(voice, through)}`;
}

/** The period that begins the day after: the day is one day before its start. */
function periodAfter(day: Expression): Expression | null {
  if (day.kind !== 'shifted' || day.direction !== -1 || day.date.kind !== 'periodEdge') return null;
  return day.date.edge === 'start' ? day.date.period : null;
}
