// SPDX-License-Identifier: Apache-2.0
// How far an evaluation holds: every time it asks whether a day has come, the earliest day that has not is kept. The same
// facts seen on any day before `next` give the same; whoever keeps an evaluation need not ask again until then.

import type { Day } from '../../values/date.ts';

export interface Horizon {
  /** The earliest day on which the same facts may give something else. */
  next: Day;
  /** Whether the first day of all facts was asked for: an earlier one changes more than the payees that it names. */
  readsStart: boolean;
}

export function newHorizon(): Horizon {
  return { next: Infinity, readsStart: false };
}

/** Keeps a day on which the answer may be another one, unless it has come already. */
export function noteDay(world: { readonly asOf: Day; readonly horizon: Horizon }, day: Day): void {
  if (day > world.asOf && day < world.horizon.next) world.horizon.next = day;
}

/** Whether a day has come by the day of evaluation. */
export function hasCome(world: { readonly asOf: Day; readonly horizon: Horizon }, day: Day): boolean {
  if (day <= world.asOf) return true;
  noteDay(world, day);
  return false;
}

/** The day of evaluation, where it goes into an amount itself: tomorrow's is another. */
export function today(world: { readonly asOf: Day; readonly horizon: Horizon }): Day {
  noteDay(world, world.asOf + 1);
  return world.asOf;
}
