// SPDX-License-Identifier: Apache-2.0
// Returns that act on what was earned: on the return's own day they take back, in proportion, what the sale earned at
// its rate, or what was in fact paid for it. Partial returns add up to the full one. The other modes: lowering.ts.
import type { Clause } from '../../program/clause.ts';
import { divide, multiply, negate, one, type Rational, zero } from '../../values/rational.ts';
import type { Portion } from './cell.ts';
import { answer } from './expression.ts';
import { loweringFacts, loweringsOf } from './lowering.ts';
import type { FactRecord } from './order.ts';
import { isValue, numberOf } from './result.ts';
import type { Scope } from './scope.ts';
import { enteredField } from './world.ts';

/** A fact that lowers a sale, and the part of the sale that it takes back. */
export interface TakenBack {
  readonly record: FactRecord;
  readonly ratio: Rational;
}

/** True where the clause takes back on the day of the return. */
export function takesBack(clause: Clause): boolean {
  return clause.returns === 'what it earned' || clause.returns === 'what was paid';
}

/** The returns of a sale, each with its part of the whole. */
export function returnsOf(record: FactRecord, scope: Scope): readonly TakenBack[] {
  return loweringsOf(scope.world, record.kind).flatMap((lowering) =>
    (loweringFacts(scope.world, lowering).get(record.fact.id) ?? []).flatMap((returned): TakenBack[] => {
      const by = enteredField(returned.fact, lowering.by);
      const original = enteredField(record.fact, lowering.field);
      if (!isValue(by) || !isValue(original)) {
        if (by.kind === 'waiting') scope.waits.push(...by.for);
        return [];
      }
      const ratio = divide(numberOf(by), numberOf(original));
      return ratio === null ? [] : [{ record: returned, ratio }];
    }),
  );
}

/** The share of it that a return takes back (`half of what it earned`); all of it where nothing is said. */
export function shareTakenBack(clause: Clause, scope: Scope): Rational {
  for (const row of clause.rows)
    if (row.kind === 'on a return' && row.share !== null) {
      const share = answer(row.share, scope);
      return isValue(share) ? numberOf(share) : zero;
    }
  return one;
}

/** The portion that a return takes back of an amount. */
export function portionTakenBack(taken: TakenBack, amount: Rational, share: Rational): Portion {
  return {
    record: taken.record,
    amount: negate(multiply(multiply(amount, taken.ratio), share)),
    held: zero,
    note: 'return',
  };
}
