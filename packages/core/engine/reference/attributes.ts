// SPDX-License-Identifier: Apache-2.0
// Dated attributes of parties and things: the value on a day, the mean over the days of a period, who stands below
// whom, and for which days somebody takes part. A value holds from its day until the next one, or through its last.
import type { Moment } from '../../program/expression.ts';
import type { AttributeFact } from '../../program/log.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Day } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import { add, divide, multiply, type Rational, rational, zero } from '../../values/rational.ts';
import { answer } from './expression.ts';
import { noteDay } from './horizon.ts';
import { type Answer, isValue, none, quantity, waiting } from './result.ts';
import type { Scope } from './scope.ts';
import { momentDay, periodOf } from './window.ts';
import { attributeKey, type World } from './world.ts';

/** The value of an attribute on a day; waiting where none is known. */
export function attributeOn(world: World, party: string, of: string, attribute: string, day: Day): Answer {
  let value: AttributeFact | null = null;
  for (const candidate of world.attributes.get(attributeKey(party, of, attribute)) ?? []) {
    if ((candidate.from ?? -Infinity) <= day) value = candidate;
    // Where it is read on the day of evaluation, another one may hold on a later one.
    if (day !== world.asOf) continue;
    noteDay(world, candidate.from ?? -Infinity);
    noteDay(world, (candidate.through ?? -Infinity) + 1);
  }
  if (value === null || (value.through !== null && value.through < day))
    return waiting({ what: 'attribute', name: attribute, of });
  return value.value;
}

/** The value of an attribute at a moment. */
export function attributeAt(
  scope: Scope,
  party: string,
  of: string,
  attribute: string,
  moment: Moment,
): Answer {
  if (moment.kind === 'weighted') {
    const period = periodOf(moment.period, scope);
    return period === null ? none : meanOverDays(scope.world, party, of, attribute, period);
  }
  const day = momentDay(moment, scope);
  if (day === null) return none;
  return attributeOn(scope.world, party, of, attribute, day);
}

/** The mean over the days of a period, each day at its own value; every day must have one. */
function meanOverDays(world: World, party: string, of: string, attribute: string, period: Period): Answer {
  const changes = [period.start];
  for (const { from, through } of world.attributes.get(attributeKey(party, of, attribute)) ?? []) {
    if (from !== null && from > period.start && from <= period.end) changes.push(from);
    if (through !== null && through >= period.start && through < period.end) changes.push(through + 1);
  }
  const starts = [...new Set(changes)].sort((a, b) => a - b);
  let sum: Rational = zero;
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1] ?? period.end + 1;
    const value = attributeOn(world, party, of, attribute, start);
    if (!isValue(value) || value.kind !== 'quantity') return value;
    sum = add(sum, multiply(value.value, rational(next - start)));
  }
  const mean = divide(sum, rational(period.end - period.start + 1));
  return mean === null ? none : quantity(mean);
}

/** Everybody below the top along a relation on a day, at any level; never the top itself. */
export function attributeHolders(set: SetExpression & { kind: 'below' }, scope: Scope): readonly string[] {
  const top = answer(set.top, scope);
  const day = momentDay(set.moment, scope);
  if (!isValue(top) || top.kind !== 'party' || day === null) return [];
  const ids = scope.world.parties.get(set.party) ?? [];
  return ids.filter((id) => id !== top.value && isBelow(scope.world, set, id, top.value, day));
}

function isBelow(
  world: World,
  relation: { readonly party: string; readonly attribute: string },
  id: string,
  top: string,
  day: Day,
): boolean {
  const seen = new Set<string>();
  for (let at = id; !seen.has(at); ) {
    seen.add(at);
    const above = attributeOn(world, relation.party, at, relation.attribute, day);
    if (above.kind !== 'party') return false;
    if (above.value === top) return true;
    at = above.value;
  }
  return false;
}

/** Whether `id` is `top` or lies below it along the self-link of its kind. */
export function isWithin(world: World, party: string, id: string, top: string, day: Day): boolean {
  if (id === top) return true;
  const attribute = world.program.parties.find((kind) => kind.id === party)?.parent ?? null;
  return attribute !== null && isBelow(world, { party, attribute }, id, top, day);
}

/** The first and last day on which a party takes part; null ends where nothing is declared or it stays open. */
export function participation(
  world: World,
  party: string,
  of: string,
): { readonly from: Day | null; readonly through: Day | null } {
  const lasts = world.program.parties.find((kind) => kind.id === party)?.lasts ?? null;
  if (lasts === null) return { from: null, through: null };
  const dateOf = (attribute: string): Day | null => {
    const value = (world.attributes.get(attributeKey(party, of, attribute)) ?? []).at(-1)?.value;
    return value?.kind === 'date' ? value.value : null;
  };
  return { from: dateOf(lasts.from), through: dateOf(lasts.through) };
}
