// SPDX-License-Identifier: Apache-2.0
// The rules that hold for all clauses (calendar, rounding, late facts, returns, amendments, proration) and, in the
// same words, what holds for one clause.
import type { AmendmentMode, LateMode, ReturnMode } from '../program/clause.ts';
import type { Rounding } from '../program/declaration.ts';
import type { Policies } from '../program/program.ts';
import { currency } from '../values/asset.ts';
import type { Calendar } from '../values/calendar.ts';
import { monthNames, weekdayNames } from '../values/calendar-names.ts';
import { equals, one, rational } from '../values/rational.ts';
import { counted } from './english.ts';
import { numberFigure } from './figures.ts';

/** The sentences of the policies block. */
export function readPolicies(policies: Policies): readonly string[] {
  return [
    calendarSentence(policies.calendar, policies.zone),
    `Unless a clause says otherwise, each amount is ${roundingWords(policies.rounding, null)}, once for each clause, payee and period.`,
    lateSentence(policies.late),
    returnSentence(policies.returns),
    amendmentSentence(policies.amendments),
    `Where an amount is reduced for a part of a period, it is reduced in proportion to the ${policies.proration}.`,
    policies.attribution === 'freeze'
      ? 'The lines of an issued statement stay as they are: a later one shows them, what new facts bear, and what else has changed as one adjustment.'
      : 'An amount is shared out over the facts behind it in their declared order.',
  ];
}

export function calendarSentence(calendar: Calendar, zone: string): string {
  if (calendar.kind === 'retail') {
    const end =
      calendar.years.kind === 'listed'
        ? 'begin on the days that are listed'
        : `end on the ${calendar.years.kind === 'last weekday of month' ? 'last' : 'nearest'} ${weekdayNames[calendar.years.weekday - 1]} ${calendar.years.kind === 'last weekday of month' ? 'of' : 'to the end of'} ${monthNames[calendar.years.month - 1]}`;
    return `Years ${end}; the three months of a quarter have ${calendar.pattern} weeks. A day is a day in the time zone ${zone}.`;
  }
  const year =
    calendar.yearStartMonth === 1
      ? 'Periods are those of the calendar'
      : `Years begin on 1 ${monthNames[calendar.yearStartMonth - 1]}, and quarters and halves with them`;
  return `${year}. A day is a day in the time zone ${zone}.`;
}

/** "rounded to the cent, half away from zero"; `asset` is null where it may be any. */
export function roundingWords(rounding: Rounding, asset: string | null): string {
  return `rounded ${stepWords(rounding, asset)}, ${modeWords(rounding.mode)}`;
}

function stepWords(rounding: Rounding, asset: string | null): string {
  if (rounding.step === null) return smallestUnitWords(asset);
  if (equals(rounding.step, one)) return `to the whole ${asset ?? 'unit'}`;
  if (equals(rounding.step, rational(1, 100)) && (asset === null || currency(asset)?.decimals === 2))
    return 'to the cent';
  return `to the nearest ${numberFigure(rounding.step)}${asset === null ? '' : ` ${asset}`}`;
}

function smallestUnitWords(asset: string | null): string {
  if (asset === null) return 'to the smallest unit of its currency or asset (the cent, the whole point)';
  const decimals = currency(asset)?.decimals;
  if (decimals === 2) return 'to the cent';
  if (decimals === undefined) return `to whole ${asset}`;
  return decimals === 0 ? `to the whole ${asset}` : `to ${decimals} decimals`;
}

function modeWords(mode: Rounding['mode']): string {
  switch (mode) {
    case 'half away from zero':
      return 'a half away from zero';
    case 'half to even':
      return 'a half to the even neighbour';
    case 'half up':
      return 'a half upwards';
    case 'toward zero':
      return 'towards zero';
    case 'away from zero':
      return 'away from zero';
    case 'down':
      return 'always down';
    case 'up':
      return 'always up';
  }
}

/** What a late or corrected fact does. */
export function lateSentence(late: LateMode): string {
  switch (late.kind) {
    case 'restate':
      return 'A fact that comes late or is corrected changes the period it belongs to; the difference is booked in the period that is then open.';
    case 'count in the open period':
      return 'A fact that comes after its period was closed counts in the period that is then open.';
    case 'cut off':
      return `A fact that comes more than ${counted(late.afterDays, 'day')} late is ignored; one that comes earlier changes the period it belongs to.`;
    case 'ignore after lock':
      return 'A fact that comes after its period was closed is ignored.';
  }
}

/** What a return (or any fact that lowers another) does. */
export function returnSentence(returns: ReturnMode): string {
  switch (returns) {
    case 'none':
      return 'No returns are foreseen.';
    case 'as if smaller':
      return 'A return counts as if the sale had been smaller from the beginning: the period of the sale is worked out anew.';
    case 'negative today':
      return 'A return counts as a negative sale on the day of the return.';
    case 'what it earned':
      return 'A return takes back what the returned part of the sale earned.';
    case 'what was paid':
      return 'A return takes back what was paid for the returned part of the sale.';
  }
}

function amendmentSentence(mode: AmendmentMode): string {
  switch (mode) {
    case 'segment':
      return 'When the agreement is amended within a period, each part of the period is worked out on its own.';
    case 'splice':
      return 'When the agreement is amended within a period, the position reached carries over to the new terms.';
    case 'restate':
      return 'When the agreement is amended, the new terms hold for the whole period, if everybody concerned has agreed.';
  }
}
