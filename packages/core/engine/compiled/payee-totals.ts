// SPDX-License-Identifier: Apache-2.0
// Totals by payee, as they were asked for last: what is replaced for one payee gives what that changed.

import type { Entitlement } from '../../program/entitlement.ts';
import { bareTotal, type Change, changesBetween, isNothing, type Total, totalText } from './changes.ts';

export class PayeeTotals {
  private readonly byPayee = new Map<string, Map<string, Total>>();

  /** Puts what a payee is entitled to in the place of what was there: all of it, or what was there for some periods. */
  replace(
    payee: string,
    given: readonly Entitlement[],
    periods: ReadonlySet<string> | null = null,
  ): Change[] {
    const all = this.byPayee.get(payee) ?? new Map<string, Total>();
    const before = new Map<string, Total>();
    for (const [text, total] of all)
      if (periods === null || periods.has(total.period)) {
        before.set(text, total);
        all.delete(text);
      }
    const after = new Map<string, Total>();
    for (const one of given) if (!isNothing(one)) after.set(totalText(one), bareTotal(one));
    for (const [text, total] of after) all.set(text, total);
    if (all.size > 0) this.byPayee.set(payee, all);
    else this.byPayee.delete(payee);
    return changesBetween(before, after);
  }

  of(payee: string): Iterable<Total> {
    return (this.byPayee.get(payee) ?? none).values();
  }

  *all(): Generator<Total> {
    for (const totals of this.byPayee.values()) yield* totals.values();
  }

  payees(): Iterable<string> {
    return this.byPayee.keys();
  }
}

const none: ReadonlyMap<string, Total> = new Map();
