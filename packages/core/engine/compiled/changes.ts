// SPDX-License-Identifier: Apache-2.0
// What an entry has changed: totals as they were and as they are. A total that is nothing any more is a change too.

import type { Entitlement, Key } from '../../program/entitlement.ts';
import { equals, zero } from '../../values/rational.ts';

/** What a key is entitled to, without the lines behind it. */
export type Total = Omit<Entitlement, 'lines'>;

/** A total that an entry has changed, as it is now; `before` is its amount until then, in smallest units. */
export interface Change extends Total {
  readonly before: bigint;
}

/** The same for totals of the same clause, payee and period. */
export function totalText({ clause, payee, period }: Key): string {
  return `${clause}\u0000${payee}\u0000${period}`;
}

/** Totals that differ between two moments. */
export function changesBetween(
  before: ReadonlyMap<string, Total>,
  after: ReadonlyMap<string, Total>,
): Change[] {
  const changes: Change[] = [];
  for (const [text, total] of after) {
    const was = before.get(text);
    if (was === undefined ? !isNothing(total) : !isSame(was, total))
      changes.push({ ...bareTotal(total), before: was?.amount ?? 0n });
  }
  for (const [text, total] of before) {
    if (after.has(text) || isNothing(total)) continue;
    const { amount } = total;
    changes.push({ ...bareTotal(total), before: amount, ...nothing });
  }
  return changes;
}

const nothing = { amount: 0n, held: 0n, exact: zero, waiting: [], state: 'final' } as const;

/** Nothing to pay, held or waited for. */
export function isNothing({ amount, held, waiting }: Total): boolean {
  return amount === 0n && held === 0n && waiting.length === 0;
}

function isSame(a: Total, b: Total): boolean {
  return (
    a.amount === b.amount &&
    a.held === b.held &&
    a.state === b.state &&
    equals(a.exact, b.exact) &&
    a.waiting.length === b.waiting.length &&
    a.waiting.every((one, index) => {
      const other = b.waiting[index]!;
      return one.what === other.what && one.name === other.name && one.of === other.of;
    })
  );
}

/** Without the lines, which not every total has. */
export function bareTotal(total: Total): Total {
  const { clause, component, payee, period, asset, amount, exact, held, state, waiting } = total;
  return { clause, component, payee, period, asset, amount, exact, held, state, waiting };
}
