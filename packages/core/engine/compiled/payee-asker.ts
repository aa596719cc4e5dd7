// SPDX-License-Identifier: Apache-2.0
// Clauses that the reference computes payee by payee: their totals, and when they are to be asked for again. Where each
// period rests on its own facts, those periods alone are asked for in which something may have changed.

import type { Entitlement, Evaluation } from '../../program/entitlement.ts';
import type { Calendar } from '../../values/calendar.ts';
import type { Day } from '../../values/date.ts';
import { periodContaining } from '../../values/period.ts';
import { allOf, everything } from '../reference/asked.ts';
import { evaluate } from '../reference/evaluate.ts';
import { newHorizon } from '../reference/horizon.ts';
import type { Change } from './changes.ts';
import { DueDays } from './due-days.ts';
import type { FirstFacts } from './first-facts.ts';
import type { NearFacts } from './near-facts.ts';
import { PayeeTotals } from './payee-totals.ts';
import type { PayeeGroup } from './work.ts';

/** When an evaluation is made, and the first day on which any fact counts, for whoever asks. */
export interface Now {
  readonly asOf: Day;
  readonly startDay: () => Day;
}

export class PayeeAsker {
  readonly group: PayeeGroup;
  readonly totals = new PayeeTotals();
  /** Payees who exist from the first day of all facts on. */
  readonly fromStart = new Set<string>();
  private readonly near: NearFacts;
  private readonly firsts: FirstFacts;
  private readonly calendar: Calendar;
  private readonly due = new DueDays();

  constructor(group: PayeeGroup, near: NearFacts, firsts: FirstFacts) {
    this.group = group;
    this.near = near;
    this.firsts = firsts;
    this.calendar = group.versions.at(-1)!.program.policies.calendar;
  }

  /** Asks for a payee: for the periods of some days, or (null) for everything. */
  ask(
    payee: string,
    days: ReadonlySet<Day> | null,
    now: Now,
  ): { readonly changes: readonly Change[]; readonly promises: Evaluation['promises'] } {
    const { unit } = this.group;
    if (this.group.reach.pools.length > 0) return this.askTogether(payee, now);
    if (unit === null || days === null || !this.firsts.isKnown(this.group.parties, payee)) {
      const { entitlements, promises, next, readsStart } = this.evaluated(payee, now);
      // From here on it is known when the first fact is another one.
      if (unit !== null) this.firsts.rowsOf(this.group.parties, payee);
      this.due.set(payee, next);
      if (readsStart) this.fromStart.add(payee);
      else this.fromStart.delete(payee);
      return { changes: this.totals.replace(payee, entitlements), promises };
    }
    const periods = [...days].flatMap((day) =>
      Number.isFinite(day) ? [periodContaining(this.calendar, unit, day)] : [],
    );
    const labels = new Set(periods.map(({ label }) => label));
    if (labels.size === 0) return { changes: [], promises: undefined };
    const isWithin = (day: Day) => periods.some(({ start, end }) => day >= start && day <= end);
    const horizon = newHorizon();
    const known = this.near.known(this.group.reach, payee, now, {
      isWithin,
      also: this.firsts.rowsOf(this.group.parties, payee),
    });
    const only = { payee, isWanted: (_: string, period: string) => labels.has(period) };
    const { entitlements, promises } = evaluate(this.group.versions, known, { only, given: null }, horizon);
    this.due.set(payee, Math.min(horizon.next, this.due.of(payee)));
    if (horizon.readsStart) this.fromStart.add(payee);
    const given = entitlements.filter(({ clause }) => this.group.isOwn(clause));
    return { changes: this.totals.replace(payee, given, labels), promises };
  }

  /** Asks for everybody who shares a wallet with a payee. */
  private askTogether(payee: string, now: Now): ReturnType<PayeeAsker['ask']> {
    const horizon = newHorizon();
    const known = this.near.known(this.group.reach, payee, now);
    const { entitlements, promises } = evaluate(this.group.versions, known, everything, horizon);
    const own = entitlements.filter(({ clause }) => this.group.isOwn(clause));
    const members = this.near.together(this.group.reach, payee);
    this.due.set(members[0]!, horizon.next);
    const changes = members.flatMap((member) => {
      if (horizon.readsStart) this.fromStart.add(member);
      else this.fromStart.delete(member);
      return this.totals.replace(
        member,
        own.filter((one) => one.payee === member),
      );
    });
    return { changes, promises };
  }

  /** All that the clauses give a payee, with lines. */
  evaluated(payee: string, now: Now) {
    const horizon = newHorizon();
    const known = this.near.known(this.group.reach, payee, now);
    const asked = this.group.reach.pools.length > 0 ? everything : allOf(payee);
    const { entitlements, promises } = evaluate(this.group.versions, known, asked, horizon);
    const own: readonly Entitlement[] = entitlements.filter(
      (one) => one.payee === payee && this.group.isOwn(one.clause),
    );
    return { entitlements: own, promises, ...horizon };
  }

  /** Of some payees one for each wallet that they share, since those are asked together. */
  eachOnce(payees: Iterable<string>): readonly string[] {
    const { reach } = this.group;
    if (reach.pools.length === 0) return [...payees];
    return [...new Map([...payees].map((payee) => [this.near.together(reach, payee)[0]!, payee])).values()];
  }

  /** Those for whom something is due by a day. */
  takeDue(day: Day): Set<string> {
    return this.due.take(day);
  }
}
