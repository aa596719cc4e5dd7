// SPDX-License-Identifier: Apache-2.0
// Returns that act on what was earned: on the return's own day they take back, in proportion, what the sale bore
// without minimums, or what was in fact paid for it. Partial returns add up to the full one. The other modes: lowering.ts.
import type { Clause } from '../../program/clause.ts';
import type { Day } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import { add, divide, multiply, negate, one, type Rational, rational, zero } from '../../values/rational.ts';
import { inOrder } from './attribution.ts';
import { assetDecimals, type Cell, type Portion, roundedMinor } from './cell.ts';
import { answer } from './expression.ts';
import { loweringFacts, loweringsOf } from './lowering.ts';
import type { FactRecord } from './order.ts';
import { partySpan, periodHolding } from './participation.ts';
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

/** The portion that a return takes back of what a fact bore. */
export function portionTakenBack(
  taken: TakenBack,
  { amount, held }: Pick<Portion, 'amount' | 'held'>,
  share: Rational,
): Portion {
  const factor = negate(multiply(taken.ratio, share));
  return {
    record: taken.record,
    amount: multiply(amount, factor),
    held: multiply(held, factor),
    note: 'return',
  };
}

/** What returns take back in a period. */
interface PeriodTakenBack {
  readonly period: Period | null;
  readonly portions: readonly Portion[];
}

/** The part of a cell that stands under one version, and the share of it that returns take back. */
export interface CellReturned {
  readonly cell: Cell;
  readonly share: Rational;
  readonly scope: Scope;
}

/**
 * What returns take back of one version's part of a cell, by the period that holds each return. In the cell's own period
 * it is exact; in another it is what the rounded amounts of the whole cell would fall by, the returns of earlier versions
 * first, so that a sale and its full return leave no trace.
 */
export function portionsTakenBack(
  versions: readonly CellReturned[],
  place: number,
): readonly PeriodTakenBack[] {
  const { cell, scope } = versions[place]!;
  const { clause } = cell;
  const parts = versions.map(returnedOf);
  const decimals = assetDecimals(scope.world.program, clause.asset);
  const minor = (amount: Rational): bigint => roundedMinor(amount, clause.rounding, decimals);
  const unitOfMoney = 10n ** BigInt(decimals);
  const before = parts.slice(0, place).flatMap(({ elsewhere }) => elsewhere);
  let left = sumOfPortions([
    ...versions.flatMap((version) => version.cell.portions),
    ...[...parts.flatMap(({ here }) => here), ...before].map(({ portion }) => portion),
  ]);
  const { here, elsewhere } = parts[place]!;
  const rounded = elsewhere.map(({ portion, period }): PeriodTakenBack => {
    const was = left;
    left = sumOfPortions([was, portion]);
    const amount = minor(left.amount) - minor(was.amount);
    const all = minor(add(left.amount, left.held)) - minor(add(was.amount, was.held));
    const whole: Portion = {
      ...portion,
      amount: rational(amount, unitOfMoney),
      held: rational(all - amount, unitOfMoney),
      isRounded: true,
    };
    return { period, portions: [whole] };
  });
  return [...here.map(({ portion, period }) => ({ period, portions: [portion] })), ...rounded];
}

interface ReturnedPortion {
  readonly portion: Portion;
  readonly period: Period | null;
}

/** What returns take back exactly, in the cell's own period and in others. */
function returnedOf({ cell, share, scope }: CellReturned): {
  readonly here: readonly ReturnedPortion[];
  readonly elsewhere: readonly ReturnedPortion[];
} {
  const { clause } = cell;
  const unit = 'unit' in clause.occasion ? clause.occasion.unit : null;
  const from = (): Day => partySpan(scope.world, clause.payee.party, cell.payee).from;
  const taken = takenOf(cell, share, scope).map((portion) => ({
    portion,
    period: unit === null ? null : periodHolding(scope.world, unit, portion.record!.day, from),
  }));
  const isHere = ({ period }: ReturnedPortion): boolean => period?.label === cell.period?.label;
  return { here: taken.filter(isHere), elsewhere: taken.filter((one) => !isHere(one)) };
}

/** What every return takes back of a cell, in the declared order of the returns. */
function takenOf(cell: Cell, share: Rational, scope: Scope): readonly Portion[] {
  const isPaid = cell.clause.returns === 'what was paid';
  const behind = new Map<FactRecord, Pick<Portion, 'amount' | 'held'>>();
  for (const { record, amount, held, isLowered } of isPaid ? cell.portions : cell.earned) {
    if (record === null || isLowered === true) continue;
    behind.set(
      record,
      sumOfPortions([behind.get(record) ?? nothing, { amount, held: isPaid ? zero : held }]),
    );
  }
  return inOrder(
    [...behind].flatMap(([record, borne]) =>
      returnsOf(record, scope).map((taken) => portionTakenBack(taken, borne, share)),
    ),
  );
}

const nothing = { amount: zero, held: zero };

function sumOfPortions(
  portions: readonly Pick<Portion, 'amount' | 'held'>[],
): Pick<Portion, 'amount' | 'held'> {
  return portions.reduce(
    (sum, { amount, held }) => ({ amount: add(sum.amount, amount), held: add(sum.held, held) }),
    nothing,
  );
}
