// SPDX-License-Identifier: Apache-2.0
// What a statement says of clauses that gave nothing: for each clause that could have given its payee something in a period
// that ends in the statement's, and did not, why not. A statement of nothing at all consists of these.

import type { Scope } from '../engine/reference/scope.ts';
import type { StatementNothing } from '../ledger/statement-body.ts';
import type { Entitlement } from '../program/entitlement.ts';
import type { Period, PeriodUnit } from '../values/calendar.ts';
import { periodUnits } from '../values/calendar.ts';
import { periodsBetween } from '../values/period.ts';
import { whyOf } from './statement-item.ts';
import type { Explain } from './why.ts';

/** At most so many are told. */
const nothingMax = 24;

export function nothingIn(
  { world }: Scope,
  {
    payee,
    period,
    entitled,
    isShown,
    explain,
  }: {
    readonly payee: string;
    readonly period: Period;
    /** Of the payee. */
    readonly entitled: readonly Entitlement[];
    /** Whether the statement has an item for the clause and earned period. */
    readonly isShown: (clause: string, earned: string) => boolean;
    readonly explain: Explain;
  },
): readonly StatementNothing[] {
  const { program, asOf } = world;
  const { calendar } = program.policies;
  return program.clauses
    .flatMap(({ id: clause, name: component, section, occasion, payee: of }) => {
      if (occasion.kind !== 'period' || !isCalendarUnit(occasion.unit)) return [];
      if (!(world.parties.get(of.party) ?? []).includes(payee)) return [];
      return periodsBetween(calendar, occasion.unit, period.start, period.end)
        .filter(({ start, end, label }) => {
          const found = entitled.find((one) => one.clause === clause && one.period === label);
          const isNothing = found === undefined || (found.amount === 0n && found.held === 0n);
          return isNothing && start <= asOf && end <= period.end && !isShown(clause, label);
        })
        .map(({ label: earned }) => ({ clause, component, section, earned }));
    })
    .slice(0, nothingMax)
    .map((one) => ({
      ...one,
      why: whyOf(program, explain({ clause: one.clause, payee, period: one.earned }), () => '0'),
    }));
}

function isCalendarUnit(unit: string): unit is PeriodUnit {
  return (periodUnits as readonly string[]).includes(unit);
}
