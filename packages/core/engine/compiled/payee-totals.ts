// SPDX-License-Identifier: Apache-2.0
// Totals by payee, as they were asked for last: what is replaced for one payee gives what that changed.

import type { Entitlement } from '../../program/entitlement.ts';
import { bareTotal, type Change, changesBetween, isNothing, type Total, totalText } from './changes.ts';

export class PayeeTotals {
  private readonly byPayee = new Map<string, ReadonlyMap<string, Total>>();

  /** Puts what a payee is entitled to in the place of what was there. */
  replace(payee: string, given: readonly Entitlement[]): Change[] {
    const before = this.byPayee.get(payee) ?? none;
    const after = new Map(
      given.filter((one) => !isNothing(one)).map((one) => [totalText(one), bareTotal(one)] as const),
    );
    if (after.size > 0) this.byPayee.set(payee, after);
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
