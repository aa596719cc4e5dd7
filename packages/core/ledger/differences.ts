// SPDX-License-Identifier: Apache-2.0
// The one mechanism of the books: what is entitled now, less what has been posted. A full outer join, so that what
// was posted and is no longer entitled is reversed. At most one difference per key; the order is that of the keys
// alone, never that of the arguments. Forecasts are not posted.

import type { Entitlement, Key } from '../program/entitlement.ts';

/** What has been posted for one key, in smallest units. */
export interface PostedTotal extends Key {
  readonly due: bigint;
  readonly held: bigint;
}

/** What an evaluation says about one key; an `Entitlement` is one. */
export type Entitled = Key & Pick<Entitlement, 'amount' | 'held' | 'state'>;

/** What is to be posted for one key: at least one of the two is not zero. */
export interface Difference extends Key {
  readonly due: bigint;
  readonly held: bigint;
}

/** One text per key of the books. The component's printed name is no part of it: a clause may be renamed. */
export function keyText({ clause, payee, period, asset }: Omit<Key, 'component'>): string {
  return JSON.stringify([clause, payee, period, asset]);
}

/** Below, at or above zero: by clause, payee, period, asset, each by code units. */
export function compareKeys(a: Omit<Key, 'component'>, b: Omit<Key, 'component'>): number {
  return (
    compareText(a.clause, b.clause) ||
    compareText(a.payee, b.payee) ||
    compareText(a.period, b.period) ||
    compareText(a.asset, b.asset)
  );
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Entitled less posted, for every key of either. Two entitlements of one key are an assertion. */
export function differences(
  posted: Iterable<PostedTotal>,
  entitled: Iterable<Entitled>,
): readonly Difference[] {
  const found = new Map<string, Difference>();
  for (const { clause, component, payee, period, asset, amount, held, state } of entitled) {
    const key = keyText({ clause, payee, period, asset });
    if (found.has(key)) throw new RangeError(`Two entitlements have the key ${key}.`);
    const isPosted = state !== 'forecast';
    found.set(key, {
      clause,
      component,
      payee,
      period,
      asset,
      due: isPosted ? amount : 0n,
      held: isPosted ? held : 0n,
    });
  }
  const seen = new Set<string>();
  for (const { due, held, ...total } of posted) {
    const key = keyText(total);
    if (seen.has(key)) throw new RangeError(`Two posted totals have the key ${key}.`);
    seen.add(key);
    const now = found.get(key) ?? { ...total, due: 0n, held: 0n };
    found.set(key, { ...now, due: now.due - due, held: now.held - held });
  }
  return [...found.values()].filter(({ due, held }) => due !== 0n || held !== 0n).sort(compareKeys);
}
