// SPDX-License-Identifier: Apache-2.0
// What of an earned amount is released by the day of evaluation: when a condition holds, in the share that was paid,
// after a hold-back, or in equal parts over time. The rest is held; what would vest after the payee has left is lost.
import type { Row } from '../../program/clause.ts';
import type { WaitingFor } from '../../program/value.ts';
import type { Day } from '../../values/date.ts';
import { addDuration, type Duration } from '../../values/duration.ts';
import {
  compare,
  divide,
  floor,
  maximum,
  minimum,
  multiply,
  one,
  type Rational,
  rational,
  subtract,
  zero,
} from '../../values/rational.ts';
import { participation } from './attributes.ts';
import type { Share } from './attribution.ts';
import type { Portion } from './cell.ts';
import { answer } from './expression.ts';
import { hasCome, noteDay } from './horizon.ts';
import { isValue, numberOf } from './result.ts';
import type { Occurrence } from './rows.ts';
import type { Scope } from './scope.ts';

/** Which part of each share is released, and which is held. */
export interface Split {
  readonly released: Rational;
  readonly held: Rational;
}

/** The shares as portions; what a condition of release waits for is noted in `waits`. */
export function release(
  shares: readonly Share[],
  occurrence: Occurrence,
  scope: Scope,
  waits: WaitingFor[],
): readonly Portion[] {
  const split = releaseSteps(occurrence, scope, waits).at(-1)?.split ?? everything;
  return shares.map((share) => ({
    ...share,
    amount: multiply(share.amount, split.released),
    held: multiply(share.amount, split.held),
  }));
}

const everything: Split = { released: one, held: zero };

/** The rows that release, each with what is released and held after it. */
export function releaseSteps(
  occurrence: Occurrence,
  scope: Scope,
  waits: WaitingFor[],
): readonly { readonly row: Row; readonly split: Split }[] {
  let split = everything;
  return occurrence.clause.rows.flatMap((row) => {
    const next = splitBy(row, occurrence, scope, waits);
    if (next === null) return [];
    split = {
      released: multiply(split.released, next.released),
      held: subtract(subtract(one, multiply(split.released, next.released)), lost(split, next)),
    };
    return [{ row, split }];
  });
}

/** What neither of two splits releases nor holds. */
function lost(a: Split, b: Split): Rational {
  const first = subtract(subtract(one, a.released), a.held);
  const second = subtract(subtract(one, b.released), b.held);
  return subtract(one, multiply(subtract(one, first), subtract(one, second)));
}

function splitOf(released: Rational): Split {
  const share = minimum(maximum(released, zero), one);
  return { released: share, held: subtract(one, share) };
}

function splitBy(row: Row, occurrence: Occurrence, scope: Scope, waits: WaitingFor[]): Split | null {
  switch (row.kind) {
    case 'released when': {
      const condition = answer(row.condition, scope);
      if (condition.kind === 'waiting') waits.push(...condition.for);
      return splitOf(condition.kind === 'yesNo' && condition.value ? one : zero);
    }
    case 'released in share': {
      const part = answer(row.part, scope);
      const whole = answer(row.whole, scope);
      if (part.kind === 'waiting') waits.push(...part.for);
      if (whole.kind === 'waiting') waits.push(...whole.for);
      if (!isValue(part) || !isValue(whole)) return splitOf(zero);
      return splitOf(divide(numberOf(part), numberOf(whole)) ?? zero);
    }
    case 'held back': {
      const share = answer(row.share, scope);
      if (!isValue(share)) return splitOf(zero);
      return isHeldBack(row, scope, waits) ? splitOf(subtract(one, numberOf(share))) : splitOf(one);
    }
    case 'vests':
      return vested(row, occurrence, scope);
    default:
      return null;
  }
}

function isHeldBack(row: Row & { kind: 'held back' }, scope: Scope, waits: WaitingFor[]): boolean {
  if (row.until !== null) {
    const until = answer(row.until, scope);
    if (until.kind === 'waiting') waits.push(...until.for);
    return !(until.kind === 'yesNo' && until.value);
  }
  const through = row.through === null ? null : answer(row.through, scope);
  if (through?.kind === 'waiting') waits.push(...through.for);
  return through?.kind !== 'date' || !hasCome(scope.world, through.value + 1);
}

/** Equal parts, one each `every` after `from`; none before the first, if there is one. */
function vested(row: Row & { kind: 'vests' }, occurrence: Occurrence, scope: Scope): Split {
  const parts = answer(row.parts, scope);
  const every = answer(row.every, scope);
  const from = answer(row.from, scope);
  const first = row.first === null ? null : answer(row.first, scope);
  if (!isValue(parts) || every.kind !== 'duration' || from.kind !== 'date') return splitOf(zero);
  const { asOf } = scope.world;
  const left = participation(scope.world, occurrence.clause.payee.party, occurrence.payee).through;
  const end = Math.min(asOf, left ?? Infinity);
  const count = floor(numberOf(parts));
  const reached = partsReached(from.value, every.value, count, end, scope.world);
  const firstDay = first?.kind === 'duration' ? addDuration(from.value, first.value) : -Infinity;
  noteDay(scope.world, firstDay);
  const isBeforeFirst = firstDay > end;
  const released = count === 0n ? one : rational(isBeforeFirst ? 0n : reached, count);
  const isOver = left !== null && hasCome(scope.world, left + 1);
  return compare(released, one) >= 0 || !isOver ? splitOf(released) : { released, held: zero };
}

function partsReached(from: Day, every: Duration, count: bigint, end: Day, world: Scope['world']): bigint {
  let reached = 0n;
  for (let part = 1; BigInt(part) <= count; part += 1) {
    const day = addDuration(from, { months: every.months * part, days: every.days * part });
    if (day > end) {
      noteDay(world, day);
      break;
    }
    reached += 1n;
  }
  return reached;
}
