// SPDX-License-Identifier: Apache-2.0
// Calendar months that lie wholly within a stretch of days, and how many of them begin in a part of it: so that parts
// that follow each other share all of them out, a month that is split being that of the part in which it begins.
import { addMonths, civil, type Day, endOfMonth, startOfMonth } from './date.ts';

interface Stretch {
  readonly from: Day;
  readonly through: Day;
}

/** The months wholly within a stretch of days. */
export function wholeMonths({ from, through }: Stretch): number {
  if (through < from) return 0;
  const first = startOfMonth(from) === from ? from : addMonths(startOfMonth(from), 1);
  const last = endOfMonth(through) === through ? through : startOfMonth(through) - 1;
  if (last < first) return 0;
  const a = civil(first);
  const b = civil(last);
  return (b.year - a.year) * 12 + b.month - a.month + 1;
}

/** The months wholly within a stretch that begin on a day of a part. */
export function wholeMonthsFrom(within: Stretch, part: Stretch): number {
  const through = Math.max(part.from - 1, Math.min(part.through, within.through));
  const from = Math.max(part.from, within.from);
  return (
    wholeMonths({ from, through: within.through }) -
    wholeMonths({ from: through + 1, through: within.through })
  );
}
