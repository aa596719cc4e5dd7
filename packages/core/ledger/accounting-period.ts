// SPDX-License-Identifier: Apache-2.0
// Which period a difference is accounted in: the period in which it was earned, or the earliest one after it that
// recorded close facts have left open. Closing a quarter closes its months and days with it.

import type { Calendar, Period } from '../values/calendar.ts';
import type { Day } from '../values/date.ts';
import { nextPeriod, parsePeriod, periodContaining } from '../values/period.ts';

/** The stretches of days that are closed, apart from each other and sorted. `through` is inclusive. */
export type Closed = readonly { readonly from: Day; readonly through: Day }[];

/** The closed days after one more period is closed; unchanged when they are closed already. */
export function closePeriod(closed: Closed, period: Period): Closed {
  const through = period.end;
  if (closed.some((stretch) => stretch.from <= period.start && through <= stretch.through)) return closed;
  const apart = closed.filter(({ from, through: last }) => last < period.start - 1 || from > through + 1);
  const joined = closed.filter((stretch) => !apart.includes(stretch));
  const whole = {
    from: Math.min(period.start, ...joined.map(({ from }) => from)),
    through: Math.max(through, ...joined.map(({ through: last }) => last)),
  };
  return [...apart, whole].sort((a, b) => a.from - b.from);
}

/**
 * Label of the accounting period for something earned in the period `earned`. What has no period is accounted on
 * the day that has begun last; "" when there is no such day either, or when the calendar does not know the label.
 */
export function accountingPeriod(
  {
    calendar,
    closed,
    today,
  }: { readonly calendar: Calendar; readonly closed: Closed; readonly today: Day | null },
  earned: string,
): string {
  if (earned === '' && today === null) return '';
  let period = earned === '' ? periodContaining(calendar, 'day', today!) : parsePeriod(calendar, earned);
  if (period === null) return earned;
  while (closed.some(({ from, through }) => from <= period!.end && period!.end <= through))
    period = nextPeriod(calendar, period);
  return period.label;
}
