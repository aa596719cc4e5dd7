// SPDX-License-Identifier: Apache-2.0
// What a load would change in pay, by payee and asset: the same engine over what is known and over what would be.
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import type { Entry } from '@rapport/core/program/log.ts';
import type { BooksView } from '../../writer/writing.ts';
import type { LoadChanges } from './load-changes.ts';

export interface PayChange {
  readonly agreement: string;
  readonly payee: string;
  readonly asset: string;
  readonly before: bigint;
  readonly after: bigint;
}

/** Those that change, the largest changes first. */
export function effectOf(
  view: BooksView,
  { facts, attributes }: Pick<LoadChanges, 'facts' | 'attributes'>,
): readonly PayChange[] {
  const entries: readonly Entry[] = [
    ...facts.map((fact): Entry => ({ kind: 'fact', fact, recordedOn: null })),
    ...attributes.map((fact): Entry => ({ kind: 'attribute', fact, recordedOn: null })),
  ];
  if (entries.length === 0) return [];
  const changes = view.agreements().flatMap((agreement) => {
    const before = totals(view.entitlementsOf(agreement, null));
    const after = totals(view.overlaid(agreement, entries));
    return [...new Set([...before.keys(), ...after.keys()])].map((key): PayChange => {
      const [payee = '', asset = ''] = JSON.parse(key) as readonly string[];
      return { agreement, payee, asset, before: before.get(key) ?? 0n, after: after.get(key) ?? 0n };
    });
  });
  return changes
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Number(size(b) - size(a)) || (a.payee < b.payee ? -1 : 1));
}

/** The larger share of what was paid that changes, over agreements and assets. */
export function shareOfPay(view: BooksView, changes: readonly PayChange[]): number {
  const shares = view.agreements().flatMap((agreement) => {
    const all = new Map<string, bigint>();
    for (const { asset, amount } of view.entitlementsOf(agreement, null))
      all.set(asset, (all.get(asset) ?? 0n) + absolute(amount));
    return [...all].map(([asset, whole]) => {
      const moved = changes
        .filter((change) => change.agreement === agreement && change.asset === asset)
        .reduce((sum, change) => sum + size(change), 0n);
      return whole === 0n ? 0 : Number((moved * 1_000_000n) / whole) / 1_000_000;
    });
  });
  return Math.max(0, ...shares);
}

function totals(entitlements: readonly Entitlement[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { payee, asset, amount } of entitlements) {
    const key = JSON.stringify([payee, asset]);
    sums.set(key, (sums.get(key) ?? 0n) + amount);
  }
  return sums;
}

function size({ before, after }: PayChange): bigint {
  return absolute(after - before);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
