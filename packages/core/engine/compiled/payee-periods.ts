// SPDX-License-Identifier: Apache-2.0
// The payees and periods in which a clause has a say: those that have a window, and for a clause that looks back those
// after it. Each knows the window of its own period and of the periods before.

import type { Windows } from './windows.ts';

export interface PayeePeriods {
  readonly count: number;
  readonly keys: Int32Array;
  readonly ordinals: Int32Array;
  /** By how many periods back: the window there, or −1. */
  readonly windows: readonly Int32Array[];
}

/** The periods through `last`, for clauses that look back so far. */
export function payeePeriods(windows: Windows, reach: number, last: number): PayeePeriods {
  const { count, keys, ordinals } = windows;
  if (reach === 0) {
    const own = new Int32Array(count);
    for (let window = 0; window < count; window += 1) own[window] = window;
    return { count, keys, ordinals, windows: [own] };
  }
  const size = count * (reach + 1);
  const given = {
    keys: new Int32Array(size),
    ordinals: new Int32Array(size),
    windows: Array.from({ length: reach + 1 }, () => new Int32Array(size)),
  };
  let at = 0;
  for (let window = 0; window < count; window += 1) {
    const key = keys[window]!;
    const hasNext = window + 1 < count && keys[window + 1] === key;
    const next = hasNext ? ordinals[window + 1]! : Number.POSITIVE_INFINITY;
    const end = Math.min(ordinals[window]! + reach + 1, next, last + 1);
    for (let ordinal = ordinals[window]!; ordinal < end; ordinal += 1) {
      given.keys[at] = key;
      given.ordinals[at] = ordinal;
      for (let back = 0; back <= reach; back += 1) {
        let found = window;
        while (found >= 0 && keys[found] === key && ordinals[found]! > ordinal - back) found -= 1;
        const isThere = found >= 0 && keys[found] === key && ordinals[found] === ordinal - back;
        given.windows[back]![at] = isThere ? found : -1;
      }
      at += 1;
    }
  }
  return { count: at, ...given };
}
