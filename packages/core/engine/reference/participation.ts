// SPDX-License-Identifier: Apache-2.0
// Who takes part, and when: the pairs of payee and period that exist, the share of a period that somebody takes part
// in, and the place of a party among all of its kind.
import type { Expression, PeriodUnitName, Proration } from '../../program/expression.ts';
import type { Calendar } from '../../values/calendar.ts';
import { contractPeriod } from '../../values/contract-period.ts';
import type { Day } from '../../values/date.ts';
import { nextPeriod, type Period, periodContaining, periodsBetween } from '../../values/period.ts';
import { compare, rational } from '../../values/rational.ts';
import { wholeMonths, wholeMonthsFrom } from '../../values/whole-months.ts';
import type { Clip } from './amendment.ts';
import { participation } from './attributes.ts';
import { answer, namedValue } from './expression.ts';
import { everyFact } from './given.ts';
import { noteDay, today } from './horizon.ts';
import { type Answer, isValue, none, numberOf, quantity, stopped } from './result.ts';
import type { Scope } from './scope.ts';
import { periodOf } from './window.ts';
import { keptOf, type World } from './world.ts';

/** The first day on which anything counts; the day of evaluation when nothing does. */
export function firstCountingDay(world: World): Day {
  world.horizon.readsStart = true;
  return keptOf(world, world.records, 'first day', () => {
    const { start = Infinity } = world.known;
    let first = start <= world.asOf ? start : Infinity;
    for (const records of world.records.values()) first = Math.min(first, records[0]?.day ?? Infinity);
    const own = first === Infinity ? today(world) : first;
    return world.asked.given?.firstDay(everyFact, own) ?? own;
  });
}

/** The days from and through which periods of a party exist, up to the day of evaluation. */
export function partySpan(
  world: World,
  party: string,
  of: string,
): { readonly from: Day; readonly through: Day } {
  const declared = participation(world, party, of);
  const known = world.firstDays.get(party)?.get(of) ?? null;
  const first = known === null || !Number.isFinite(known) ? firstCountingDay(world) : known;
  return {
    from: declared.from ?? first,
    through: Math.min(declared.through ?? world.asOf, world.asOf),
  };
}

/** The periods of a unit in which a party takes part, in order. */
export function periodsOf(world: World, party: string, of: string, unit: PeriodUnitName): Period[] {
  const { from, through } = partySpan(world, party, of);
  return periodsFrom(world, unit, from, from, through);
}

/** Periods of a unit from one day through another; those of a contract count from its anchor. */
export function periodsFrom(
  world: World,
  unit: PeriodUnitName,
  anchor: Day,
  from: Day,
  through: Day,
): Period[] {
  if (through < from) {
    noteDay(world, from);
    return [];
  }
  const { calendar } = world.program.policies;
  const periods = isContractUnit(unit)
    ? contractPeriods(calendar, unit, anchor, from, through)
    : periodsBetween(calendar, unit, from, through);
  if (through >= world.asOf) noteDay(world, (periods.at(-1)?.end ?? world.asOf) + 1);
  return periods;
}

function contractPeriods(
  calendar: Calendar,
  unit: 'contract month' | 'contract quarter' | 'contract year',
  anchor: Day,
  from: Day,
  through: Day,
): Period[] {
  const periods: Period[] = [];
  const name = unit.slice('contract '.length) as 'month' | 'quarter' | 'year';
  for (
    let period = contractPeriod(anchor, name, from);
    period.start <= through;
    period = nextPeriod(calendar, period)
  )
    periods.push(period);
  return periods;
}

export function isContractUnit(
  unit: PeriodUnitName,
): unit is 'contract month' | 'contract quarter' | 'contract year' {
  return unit.startsWith('contract');
}

/** The period of a unit that holds a day, for a party. */
export function periodHolding(world: World, unit: PeriodUnitName, day: Day, anchor: () => Day): Period {
  if (!isContractUnit(unit)) return periodContaining(world.program.policies.calendar, unit, day);
  return contractPeriod(anchor(), unit.slice('contract '.length) as 'month' | 'quarter' | 'year', day);
}

const always = { from: -Infinity, through: Infinity };

/** The share of a period, or of a part of it, in which a party takes part, by its days or by the whole months in it. */
export function shareOfPeriod(
  world: World,
  party: string,
  of: string,
  period: Period,
  by: Proration,
  part: Pick<Clip, 'from' | 'through' | 'whole'> = { ...always, whole: always },
): { readonly parts: number; readonly whole: number } {
  const declared = participation(world, party, of);
  const within = {
    from: Math.max(period.start, declared.from ?? -Infinity, part.whole.from),
    through: Math.min(period.end, declared.through ?? Infinity, part.whole.through),
  };
  if (by === 'whole months')
    return {
      parts: wholeMonthsFrom(within, part),
      whole: wholeMonths({ from: period.start, through: period.end }),
    };
  const from = Math.max(within.from, part.from);
  const through = Math.min(within.through, part.through);
  return { parts: Math.max(0, through - from + 1), whole: period.end - period.start + 1 };
}

export function proratedShare(e: Expression & { kind: 'prorated' }, scope: Scope): Answer {
  const party = answer(e.party, scope);
  const period = periodOf(e.period, scope);
  if (!isValue(party)) return stopped(party);
  if (period === null || party.kind !== 'party' || e.party.type.kind !== 'party') return none;
  const { parts, whole } = shareOfPeriod(scope.world, e.party.type.of, party.value, period, e.by);
  return whole === 0 ? none : quantity(rational(parts, whole));
}

/** The place of a party by a value, 1 being best; equals share the better place. */
export function placeOf(e: Expression & { kind: 'place' }, scope: Scope): Answer {
  const of = answer(e.of, scope);
  const period = e.period === null ? null : answer(e.period, scope);
  if (!isValue(of)) return stopped(of);
  if (period !== null && !isValue(period)) return stopped(period);
  const { type } = e.of;
  if (type.kind !== 'party') return none;
  const own = namedValue(e.value, of, period, scope);
  if (!isValue(own)) return own;
  let place = 1;
  for (const id of scope.world.parties.get(type.of) ?? []) {
    const other = namedValue(e.value, { kind: 'party', value: id }, period, scope);
    if (!isValue(other)) continue;
    const order = compare(numberOf(other), numberOf(own));
    if (e.lowestFirst ? order < 0 : order > 0) place += 1;
  }
  return quantity(rational(place));
}
