// SPDX-License-Identifier: Apache-2.0
// Remembers for a few seconds what was looked up, so that a caller with a thousand requests a second is looked up once.
// What changes in this process is forgotten at once; what another process changes is noticed within the lifetime.

export interface ShortMemory<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  forgetAll(): void;
}

/** @param now milliseconds, never going back. */
export function shortMemory<T>(lifetime: number, sizeMax: number, now: () => number): ShortMemory<T> {
  const kept = new Map<string, { readonly value: T; readonly until: number }>();
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      if (found.until > now()) return found.value;
      kept.delete(key);
      return undefined;
    },
    set(key, value) {
      const [oldest] = kept.keys();
      if (kept.size >= sizeMax && oldest !== undefined) kept.delete(oldest);
      kept.set(key, { value, until: now() + lifetime });
    },
    forgetAll: () => kept.clear(),
  };
}
