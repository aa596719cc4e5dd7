// SPDX-License-Identifier: Apache-2.0
// One clause for one payee in one period, exactly: what each fact behind it bears, what of it is released, what is
// held, and what it waits for. Rounding comes last, once, when a cell becomes an entitlement.
import type { Clause } from '../../program/clause.ts';
import type { Rounding } from '../../program/declaration.ts';
import type { Entitlement, Line } from '../../program/entitlement.ts';
import type { Program } from '../../program/program.ts';
import type { WaitingFor } from '../../program/value.ts';
import { currency } from '../../values/asset.ts';
import type { Day } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import { add, isZero, multiply, type Rational, rational, zero } from '../../values/rational.ts';
import { roundToInteger, roundToMinor, roundToMultiple } from '../../values/rounding.ts';
import { inOrder, merged, type Share } from './attribution.ts';
import type { ReadEntitlement } from './scope.ts';

/** A share of which a part is released; the rest is held, or forfeited. */
export interface Portion extends Share {
  readonly held: Rational;
  /** True where both amounts are whole already: a return takes back in its own period what was rounded in the sale's. */
  readonly isRounded?: boolean;
}

export interface Cell {
  readonly clause: Clause;
  readonly payee: string;
  readonly period: Period | null;
  /** Released and held shares, in the declared order. */
  readonly portions: readonly Portion[];
  /** The portions without minimums: what returns take back from. */
  readonly earned: readonly Portion[];
  readonly waits: readonly WaitingFor[];
  /** The day from which it is more than a forecast. */
  readonly postsOn: Day;
}

/** Portions of one fact added up, in the declared order. */
export function mergedPortions(portions: readonly Portion[]): readonly Portion[] {
  const together = (a: Portion, b: Portion): Portion => ({
    ...a,
    amount: add(a.amount, b.amount),
    held: add(a.held, b.held),
  });
  const rounded = portions.filter(({ isRounded }) => isRounded === true);
  if (rounded.length === 0) return merged(portions, together);
  const others = portions.filter(({ isRounded }) => isRounded !== true);
  return inOrder([...merged(others, together), ...merged(rounded, together)]);
}

/** What cells of a payee in periods within two days give, released or held, by the facts that bear it. */
export function borneWithin(
  cells: readonly Cell[],
  payee: string,
  from: Day,
  through: Day,
): ReturnType<ReadEntitlement> {
  return cells
    .filter((cell) => cell.payee === payee)
    .filter(({ period }) => period === null || (period.start >= from && period.end <= through))
    .flatMap(({ portions }) =>
      portions.map(({ record, amount, held, note }) => ({ record, amount: add(amount, held), note })),
    );
}

export function assetDecimals(program: Program, asset: string): number {
  return program.assets.find(({ id }) => id === asset)?.decimals ?? currency(asset)?.decimals ?? 0;
}

/** An exact amount in smallest units, rounded as the terms say. */
export function roundedMinor(amount: Rational, rounding: Rounding, decimals: number): bigint {
  if (rounding.step === null) return roundToMinor(amount, decimals, rounding.mode);
  const stepped = roundToMultiple(amount, rounding.step, rounding.mode);
  return roundToInteger(multiply(stepped, rational(10n ** BigInt(decimals))), rounding.mode);
}

function minorOf(amount: Rational, decimals: number): bigint {
  return roundToInteger(multiply(amount, rational(10n ** BigInt(decimals))), 'toward zero');
}

function isSameLine(a: Line, b: Line): boolean {
  return a.note === b.note && a.fact?.kind === b.fact?.kind && a.fact?.id === b.fact?.id;
}

/** The cell as an entitlement; null where there is nothing to say. */
export function entitlementOf(cell: Cell, program: Program, asOf: Day): Entitlement | null {
  const { clause } = cell;
  const decimals = assetDecimals(program, clause.asset);
  let sum = zero;
  let rounded = 0n;
  let heldSum = zero;
  const whole = { amount: zero, held: zero };
  const lines: Line[] = [];
  for (const { record, amount, held, note, isRounded } of cell.portions) {
    const before = rounded;
    if (isRounded === true) {
      whole.amount = add(whole.amount, amount);
      whole.held = add(whole.held, held);
    } else {
      sum = add(sum, amount);
      heldSum = add(heldSum, held);
    }
    rounded = roundedMinor(sum, clause.rounding, decimals) + minorOf(whole.amount, decimals);
    if (isZero(amount) && isZero(held)) continue;
    const fact = record === null ? null : (record.lowering ?? record.fact);
    const line: Line = {
      fact: fact === null ? null : { kind: fact.kind, id: fact.id },
      exact: amount,
      amount: rounded - before,
      note: isZero(amount) ? 'held' : note,
    };
    const last = lines.at(-1);
    if (last !== undefined && isSameLine(last, line))
      lines[lines.length - 1] = {
        ...last,
        exact: add(last.exact, line.exact),
        amount: last.amount + line.amount,
      };
    else lines.push(line);
  }
  const held =
    roundedMinor(add(sum, heldSum), clause.rounding, decimals) +
    minorOf(add(whole.amount, whole.held), decimals) -
    rounded;
  const waits = distinctWaits(cell.waits);
  if (rounded === 0n && held === 0n && lines.length === 0 && waits.length === 0) return null;
  return {
    clause: clause.id,
    component: clause.name,
    payee: cell.payee,
    period: cell.period?.label ?? '',
    asset: clause.asset,
    exact: add(sum, whole.amount),
    amount: rounded,
    held,
    state: asOf < cell.postsOn ? 'forecast' : waits.length > 0 ? 'provisional' : 'final',
    waiting: waits,
    lines,
  };
}

export function distinctWaits(waits: readonly WaitingFor[]): readonly WaitingFor[] {
  if (waits.length === 0) return waits;
  const byKey = new Map(waits.map((wait) => [`${wait.what}\u0000${wait.name}\u0000${wait.of}`, wait]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, wait]) => wait);
}
