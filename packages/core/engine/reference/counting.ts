// SPDX-License-Identifier: Apache-2.0
// Steps and days: "2 per whole USD of Amount", "days from Engaged to Closed".
import type { Expression } from '../../program/expression.ts';
import { addMonths, civil } from '../../values/date.ts';
import { divide, multiply, rational } from '../../values/rational.ts';
import { roundToInteger } from '../../values/rounding.ts';
import { answer } from './expression.ts';
import { today } from './horizon.ts';
import { type Answer, isValue, none, numberOf, quantity, stopped } from './result.ts';
import type { Scope } from './scope.ts';

/** `rate` for each `step`; whole steps are cut toward zero, so that a return takes back what its sale gave. */
export function perStep(e: Expression & { kind: 'per' }, scope: Scope): Answer {
  const rate = answer(e.rate, scope);
  const step = answer(e.step, scope);
  const of = answer(e.of, scope);
  if (!isValue(rate) || !isValue(step) || !isValue(of)) return stopped(rate, step, of);
  const steps = divide(numberOf(of), numberOf(step));
  if (steps === null) return none;
  const counted = e.whole ? rational(roundToInteger(steps, 'toward zero')) : steps;
  return quantity(multiply(numberOf(rate), counted));
}

/** Whole days, or completed months, from one date to another. An end that stays open waits for the day of evaluation. */
export function elapsed(e: Expression & { kind: 'elapsed' }, scope: Scope): Answer {
  const from = answer(e.from, scope);
  const to = answer(e.to, scope);
  if (!isValue(from) || !isValue(to)) return stopped(from, to);
  if (from.kind !== 'date') return none;
  const end = to.kind === 'date' ? to.value : today(scope.world);
  if (e.unit === 'days') return length(e, 0, end - from.value);
  const first = civil(from.value);
  const last = civil(end);
  const months = (last.year - first.year) * 12 + last.month - first.month;
  return length(e, addMonths(from.value, months) > end ? months - 1 : months, 0);
}

/** A duration; one below zero, or where a plain number is wanted, is a quantity. */
function length(e: Expression, months: number, days: number): Answer {
  if (e.type.kind === 'quantity') return quantity(rational(months + days));
  if (months < 0 || days < 0) return { kind: 'duration', value: { months, days } };
  return { kind: 'duration', value: { months, days } };
}
