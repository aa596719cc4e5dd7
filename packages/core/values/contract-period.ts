// SPDX-License-Identifier: Apache-2.0
// Periods counted from a contract's own start rather than from the calendar: its second year, its fifth month.
// Period n runs from the anchor plus n − 1 units to the day before the anchor plus n units; months are clamped, and
// always counted from the anchor, so a contract of 31 January comes back to the 31st in March.
import type { Period } from './calendar.ts';
import { addMonths, civil, type Day, isoDay, parseIsoDay } from './date.ts';

export type ContractUnit = 'month' | 'quarter' | 'year';

const monthsIn = { month: 1, quarter: 3, year: 12 } as const;
const letters = { month: 'M', quarter: 'Q', year: 'Y' } as const;

/** Period number n of a contract, the first being 1. Labels are such as `Y2 from 2017-03-15`. */
export function contractPeriodAt(anchor: Day, unit: ContractUnit, number: number): Period {
  const months = monthsIn[unit];
  return {
    unit,
    start: addMonths(anchor, (number - 1) * months),
    end: addMonths(anchor, number * months) - 1,
    label: `${letters[unit]}${number} from ${isoDay(anchor)}`,
  };
}

/** The period, counted from the anchor, that a day lies in. Days before the anchor have numbers from 0 downward. */
export function contractPeriod(anchor: Day, unit: ContractUnit, day: Day): Period {
  const from = civil(anchor);
  const to = civil(day);
  const monthsPassed = (to.year - from.year) * 12 + to.month - from.month;
  const number = Math.floor(monthsPassed / monthsIn[unit]) + 1;
  const period = contractPeriodAt(anchor, unit, number);
  return period.start <= day ? period : contractPeriodAt(anchor, unit, number - 1);
}

/** What a label of contractPeriodAt says; null when it is not one. */
export function parseContractLabel(
  label: string,
): { readonly anchor: Day; readonly unit: ContractUnit; readonly number: number } | null {
  const match = /^([MQY])(0|-?[1-9]\d{0,4}) from (\S+)$/.exec(label);
  const anchor = parseIsoDay(match?.[3] ?? '');
  if (match === null || anchor === null) return null;
  const unit = match[1] === 'M' ? 'month' : match[1] === 'Q' ? 'quarter' : 'year';
  return { anchor, unit, number: Number(match[2]) };
}
