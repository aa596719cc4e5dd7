// SPDX-License-Identifier: Apache-2.0
// Amendments: which version counts for which days. Segment: each part of a period has its own accumulator, with money
// bounds prorated by days. Splice: the position carries over, facts from the change on are borne under the new terms.
// Restate: the newest version for the whole. Facts outside every version count for nothing.
import type { AmendmentMode } from '../../program/clause.ts';
import type { Expression, Proration } from '../../program/expression.ts';
import type { Program, Version } from '../../program/program.ts';
import type { Day } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import { multiply, type Rational, rational } from '../../values/rational.ts';
import { wholeMonths, wholeMonthsFrom } from '../../values/whole-months.ts';
import type { Cell } from './cell.ts';
import { mergedPortions } from './cell.ts';
import type { FactRecord } from './order.ts';
import type { Scope } from './scope.ts';

/** The days for which one version decides. */
export interface VersionPart {
  readonly from: Day;
  readonly through: Day;
  readonly mode: AmendmentMode;
  /** How bounds in money are shared between parts, as the newest version says. */
  readonly proration: Proration;
  /** The first and last day of the agreement, over all its versions. */
  readonly whole: { readonly from: Day; readonly through: Day };
  readonly isNewest: boolean;
}

/** A period that a version covers only in part. */
export interface Clip {
  readonly period: Period;
  readonly from: Day;
  readonly through: Day;
  /** The days of the agreement, over all its versions. */
  readonly whole: { readonly from: Day; readonly through: Day };
  /** The share of the period's days, or whole months, by which bounds in money are reduced; null where the position carries over. */
  readonly share: Rational | null;
}

/** The versions that have begun by the day of evaluation, the earliest first, with their days. */
export function partsOf(
  versions: readonly Version[],
  asOf: Day,
): readonly { readonly program: Program; readonly part: VersionPart }[] {
  const begun = versions
    .filter(({ from }) => from === null || from <= asOf)
    .toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity) || 0);
  const newest = begun.at(-1);
  const first = begun[0];
  if (newest === undefined || first === undefined) return [];
  const { amendments: mode, proration } = newest.program.policies;
  const whole = { from: first.from ?? -Infinity, through: lastDayOf(newest) };
  if (mode === 'restate')
    return [{ program: newest.program, part: { ...whole, mode, proration, whole, isNewest: true } }];
  return begun.map((version) => ({
    program: version.program,
    part: {
      from: version.from ?? -Infinity,
      through: lastDayOf(version),
      mode,
      proration,
      whole,
      isNewest: version === newest,
    },
  }));
}

function lastDayOf({ to }: Version): Day {
  return to === null ? Infinity : to - 1;
}

/** The scope for a period under a version: clipped where the version covers only a part; null where none of it. */
export function scopeInPeriod(scope: Scope, period: Period): Scope | null {
  const { part } = scope;
  if (part === null) return scope;
  if (period.end < part.from || period.start > part.through) return null;
  const days = part.mode === 'splice' ? part.whole : part;
  const from = Math.max(period.start, days.from);
  const through = Math.min(period.end, days.through);
  if (from === period.start && through === period.end) return scope;
  const { whole } = part;
  const share = part.mode === 'segment' ? shareOf(period, { from, through, whole }, part.proration) : null;
  return { ...scope, clip: { period, from, through, whole, share } };
}

/** The share of a period that a part of it has; by days where the period holds no whole month. */
export function shareOf(
  period: Period,
  { from, through, whole }: Pick<Clip, 'from' | 'through' | 'whole'>,
  by: Proration,
): Rational {
  const months = wholeMonths({ from: period.start, through: period.end });
  if (by === 'days' || months === 0) return rational(through - from + 1, period.end - period.start + 1);
  const within = {
    from: Math.max(period.start, whole.from),
    through: Math.min(period.end, whole.through),
  };
  return rational(wholeMonthsFrom(within, { from, through }), months);
}

/** Whether a day, and what counts on it, belongs to the version at hand. */
export function isDayUnderVersion({ part }: Scope, day: Day): boolean {
  return part === null || (day >= part.from && day <= part.through);
}

/** What of a period's cell stands under the version at hand: after a splice, the facts of its own days. */
export function underVersion(cell: Cell, scope: Scope): Cell {
  const { part } = scope;
  if (part === null || part.mode !== 'splice' || cell.period === null) return cell;
  if (cell.clause.occasion.kind !== 'period') return cell;
  const isOwn = ({ record }: { readonly record: FactRecord | null }): boolean =>
    record === null
      ? part.through >= cell.period!.end || part.isNewest
      : isDayUnderVersion(scope, record.day);
  return { ...cell, portions: cell.portions.filter(isOwn), earned: cell.earned.filter(isOwn) };
}

/** A bound in money as it stands in a part of a period; every other number as it is. */
export function proratedBound(e: Expression, value: Rational, scope: Scope): Rational {
  const share = scope.clip?.share ?? null;
  if (share === null || e.type.kind !== 'quantity' || e.type.unit.length === 0) return value;
  return multiply(value, share);
}

/** True for what is written or agreed (a number, a blank, a quota), as against what is measured. */
export function isTerm(e: Expression): boolean {
  switch (e.kind) {
    case 'literal':
    case 'blank':
    case 'attribute':
      return true;
    case 'arithmetic':
      return isTerm(e.left) && isTerm(e.right);
    default:
      return false;
  }
}

/** True for a measure over a period: what a bound that is prorated is compared with. */
export function isMeasure(e: Expression, scope: Scope): boolean {
  if (e.kind === 'fold') return true;
  return (
    e.kind === 'call' &&
    e.period !== null &&
    scope.world.program.values.some(({ id, period }) => id === e.value && period !== null)
  );
}

/** Cells of one clause, payee and period under several versions, as one; the newest version's words decide. */
export function joined(cells: readonly Cell[]): readonly Cell[] {
  const byKey = new Map<string, Cell>();
  for (const cell of cells) {
    const key = `${cell.payee}\u0000${cell.period?.label ?? ''}`;
    const before = byKey.get(key);
    byKey.set(
      key,
      before === undefined
        ? cell
        : {
            ...cell,
            portions: mergedPortions([...before.portions, ...cell.portions]),
            earned: [...before.earned, ...cell.earned],
            waits: [...before.waits, ...cell.waits],
          },
    );
  }
  return [...byKey.values()].sort((a, b) =>
    a.payee === b.payee ? (a.period?.start ?? 0) - (b.period?.start ?? 0) : a.payee < b.payee ? -1 : 1,
  );
}
