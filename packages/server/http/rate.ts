// SPDX-License-Identifier: Apache-2.0
// Counts events by name in windows of a minute; a bounded number of names, the oldest forgotten first.

export interface RateCount {
  /** Counts one and gives null, or the seconds to wait where there were too many. */
  take(name: string): number | null;
  /** Whether there were too many, without counting. */
  isOver(name: string): boolean;
}

const windowMs = 60_000;
/** So that a flood of addresses cannot fill the memory. */
const namesMax = 50_000;

/** @param now milliseconds, never going back. */
export function rateCount(limit: number, now: () => number): RateCount {
  const windows = new Map<string, { readonly ends: number; count: number }>();
  const current = (name: string) => {
    const found = windows.get(name);
    return found !== undefined && found.ends > now() ? found : null;
  };
  return {
    take(name) {
      let window = current(name);
      if (window === null) {
        windows.delete(name);
        const oldest = windows.size >= namesMax ? windows.keys().next().value : undefined;
        if (oldest !== undefined) windows.delete(oldest);
        window = { ends: now() + windowMs, count: 0 };
        windows.set(name, window);
      }
      window.count += 1;
      return window.count > limit ? Math.max(1, Math.ceil((window.ends - now()) / 1000)) : null;
    },
    isOver(name) {
      return (current(name)?.count ?? 0) > limit;
    },
  };
}
