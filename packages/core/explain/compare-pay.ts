// SPDX-License-Identifier: Apache-2.0
// What a change is worth: two evaluations over the same facts, matched by clause, payee, period and asset. Amounts are
// what is earned, released or not, in smallest units; settlements and movements between accounts are listed, but are
// no part of the sums, since they pay nothing new.
import { evaluate } from '../engine/reference/evaluate.ts';
import type { Entitlement, Evaluation } from '../program/entitlement.ts';
import type { Known } from '../program/log.ts';
import type { Program } from '../program/program.ts';

/** An amount before and after. `difference` is after less before. */
export interface Movement {
  readonly before: bigint;
  readonly after: bigint;
  readonly difference: bigint;
}
export interface NamedMovement extends Movement {
  readonly name: string;
  readonly asset: string;
}
/** One payee, component and period that differs. */
export interface CellMovement extends Movement {
  readonly clause: string;
  readonly component: string;
  readonly payee: string;
  readonly period: string;
  readonly asset: string;
}

export interface PayChange {
  /** One for each asset. */
  readonly totals: readonly NamedMovement[];
  readonly components: readonly NamedMovement[];
  /** Only payees whose sum differs, the largest gain first. */
  readonly payees: readonly NamedMovement[];
  readonly cells: readonly CellMovement[];
  /** How many payees gain, lose, or stay as they are, each asset on its own. */
  readonly gaining: number;
  readonly losing: number;
  readonly unchanged: number;
}

/** The difference between two evaluations of the same facts under two versions. */
export function payDifference(
  before: { readonly program: Program; readonly evaluation: Evaluation },
  after: { readonly program: Program; readonly evaluation: Evaluation },
): PayChange {
  const cells = matched(before, after);
  const payees = summed(cells, ({ payee }) => payee);
  return {
    totals: summed(cells, () => ''),
    components: summed(cells, ({ component }) => component),
    payees: payees.filter(({ difference }) => difference !== 0n).sort(byGain),
    cells: cells.filter(({ difference }) => difference !== 0n),
    gaining: payees.filter(({ difference }) => difference > 0n).length,
    losing: payees.filter(({ difference }) => difference < 0n).length,
    unchanged: payees.filter(({ difference }) => difference === 0n).length,
  };
}

function byGain(a: NamedMovement, b: NamedMovement): number {
  if (a.difference !== b.difference) return a.difference > b.difference ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** What a change of terms is worth on what is known: both versions evaluated by the reference, then `payDifference`. */
export function comparePay(before: Program, after: Program, known: Known): PayChange {
  const side = (program: Program): Side => ({
    program,
    evaluation: evaluate([{ program, from: null, to: null }], known),
  });
  return payDifference(side(before), side(after));
}

type Side = { readonly program: Program; readonly evaluation: Evaluation };

function matched(before: Side, after: Side): readonly CellMovement[] {
  const old = keyed(before);
  const now = keyed(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const from = old.get(key);
    const to = now.get(key);
    const known = to ?? from;
    if (known === undefined) return [];
    const amounts = movement(from === undefined ? 0n : earned(from), to === undefined ? 0n : earned(to));
    const { clause, component, payee, period, asset } = known;
    return [{ clause, component, payee, period, asset, ...amounts }];
  });
}

/** What a clause pays or issues; settlements, movements and states of points are left out. */
function keyed({ program, evaluation }: Side): ReadonlyMap<string, Entitlement> {
  const counted = new Set(program.clauses.filter(({ action }) => action !== 'moves').map(({ id }) => id));
  return new Map(
    evaluation.entitlements
      .filter(({ clause }) => counted.has(clause))
      .map((one) => [[one.clause, one.payee, one.period, one.asset].join('\u0000'), one]),
  );
}

function earned(one: Entitlement): bigint {
  return one.amount + one.held;
}

function movement(before: bigint, after: bigint): Movement {
  return { before, after, difference: after - before };
}

function summed(
  cells: readonly CellMovement[],
  nameOf: (cell: CellMovement) => string,
): readonly NamedMovement[] {
  const sums = new Map<string, NamedMovement>();
  for (const cell of cells) {
    const name = nameOf(cell);
    const key = `${name}\u0000${cell.asset}`;
    const sum = sums.get(key);
    const amounts = movement((sum?.before ?? 0n) + cell.before, (sum?.after ?? 0n) + cell.after);
    sums.set(key, { name, asset: cell.asset, ...amounts });
  }
  return [...sums.values()];
}
