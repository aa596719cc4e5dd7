// SPDX-License-Identifier: Apache-2.0
// Where a chain stands: what is bound, with the one window and moment at the chain's end that hold for all of it.
import type { Expression, Moment, PeriodUnitName } from '../../program/expression.ts';
import type { Window } from '../../program/set.ts';
import type { Name, Part, Scope } from '../tree.ts';
import type { Context, Env } from './context.ts';
import { fail } from './report.ts';
import { defaultMoment, type Frame, frameOf, lengthOf, momentOf } from './scopes.ts';

export interface Place {
  readonly env: Env;
  readonly scope: Scope | null;
  readonly frame: Frame | null;
  readonly moment: Moment | null;
}

/** The place of a chain's part, its window and moment resolved. */
export function placeOf(context: Context, env: Env, part: Part): Place {
  const frame = part.scope === null ? null : frameOf(context, env, part.scope);
  const moment = part.moment === null ? null : momentOf(context, env, part.moment);
  return { env, scope: part.scope, frame, moment };
}

/** When a dated attribute is read here; null when the text must say. */
export function momentFor(place: Place): Moment | null {
  return place.moment ?? defaultMoment(place.env);
}

/** The window of the outermost facts of the chain. */
export function windowFor(place: Place): Window | null {
  return place.frame?.window ?? null;
}

/** The period in which a value per `unit` is asked for. */
export function periodFor(
  context: Context,
  place: Place,
  unit: PeriodUnitName | 'period',
  name: Pick<Name, 'text' | 'at'>,
): Expression {
  const { frame, env } = place;
  if (frame !== null) {
    if (frame.period === null) fail(context.report, 'window_needs_facts', name.at, { value: name.text });
    return frame.period;
  }
  if (place.moment !== null && (place.moment.kind === 'start' || place.moment.kind === 'end')) {
    return place.moment.period;
  }
  if (env.period === null)
    fail(context.report, 'period_missing', name.at, { value: name.text, unit, has: '' });
  context.usedPeriods.push(name.at);
  const own = env.period.unit;
  if (unit === 'period' || own === null || lengthOf(own) === lengthOf(unit)) return env.period.expression;
  fail(context.report, 'period_missing', name.at, { value: name.text, unit, has: own });
}
