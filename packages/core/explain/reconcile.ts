// SPDX-License-Identifier: Apache-2.0
// A parallel run: what the agreement gives, beside what another tool paid, matched by payee, component and period. A
// full outer join: every amount of either side is in exactly one of the four lists.
import type { Entitlement, Evaluation } from '../program/entitlement.ts';
import type { Program } from '../program/program.ts';
import { roundToMinor } from '../values/rounding.ts';
import { type Cause, causeOf } from './difference-cause.ts';
import { assetOf } from './figures.ts';
import type { PaidRow } from './paid-rows.ts';

/** One payee, component and period on both sides, in smallest units. `difference` is ours less theirs. */
export interface Pair {
  readonly payee: string;
  readonly component: string;
  readonly period: string;
  readonly asset: string;
  readonly ours: bigint;
  readonly theirs: bigint;
  readonly difference: bigint;
  /** What seems to be behind a difference; null where both sides agree or nothing is known. */
  readonly cause: Cause | null;
  /** Section of the clause; null for what only the other tool knows. */
  readonly section: string | null;
}
export interface Reconciliation {
  readonly matched: readonly Pair[];
  readonly differing: readonly Pair[];
  /** Due under the agreement, not among what the other tool paid. */
  readonly missing: readonly Pair[];
  /** Paid by the other tool, not due under the agreement. */
  readonly extra: readonly Pair[];
}

/** Matches the two sides. Names compare without regard to case and spaces; zero amounts on one side only are no finding. */
export function reconcile(
  program: Program,
  evaluation: Evaluation,
  paid: readonly PaidRow[],
): Reconciliation {
  const ours = entitledByKey(program, evaluation);
  const theirs = paidByKey(paid);
  const pairs = [...new Set([...ours.keys(), ...theirs.keys()])].map((key) =>
    pairOf(program, evaluation, ours.get(key) ?? null, theirs.get(key) ?? []),
  );
  const moving = pairs.filter(({ difference, cause }) => difference !== 0n || cause !== null);
  const isKnown = (pair: Pair) => ours.has(keyOf(pair));
  const isPaid = (pair: Pair) => theirs.has(keyOf(pair));
  return {
    matched: pairs.filter((pair) => pair.difference === 0n && isPaid(pair)),
    differing: moving.filter((pair) => isKnown(pair) && isPaid(pair)),
    missing: moving.filter((pair) => isKnown(pair) && !isPaid(pair)),
    extra: moving.filter((pair) => !isKnown(pair) && isPaid(pair)),
  };
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

function keyOf(row: { readonly payee: string; readonly component: string; readonly period: string }): string {
  return [plain(row.payee), plain(row.component), plain(row.period)].join('\u0000');
}

/** Clauses that pay, by key; the components that come of themselves and movements are no pay. */
function entitledByKey(program: Program, evaluation: Evaluation): ReadonlyMap<string, Entitlement> {
  const paying = new Set(program.clauses.filter(({ action }) => action !== 'moves').map(({ id }) => id));
  return new Map(
    evaluation.entitlements.filter(({ clause }) => paying.has(clause)).map((one) => [keyOf(one), one]),
  );
}

function paidByKey(paid: readonly PaidRow[]): ReadonlyMap<string, readonly PaidRow[]> {
  const rows = new Map<string, PaidRow[]>();
  for (const row of paid) {
    const same = rows.get(keyOf(row));
    if (same === undefined) rows.set(keyOf(row), [row]);
    else same.push(row);
  }
  return rows;
}

function pairOf(
  program: Program,
  evaluation: Evaluation,
  entitled: Entitlement | null,
  rows: readonly PaidRow[],
): Pair {
  const known = entitled ?? rows[0];
  if (known === undefined) throw new Error('A pair has at least one side.');
  const clause =
    program.clauses.find(({ id }) => id === entitled?.clause) ??
    program.clauses.find(({ name }) => plain(name) === plain(known.component));
  const asset = entitled?.asset ?? clause?.asset ?? program.clauses[0]?.asset ?? 'USD';
  const { decimals } = assetOf(program, asset);
  const theirs = rows.reduce(
    (sum, { amount }) => sum + roundToMinor(amount, decimals, 'half away from zero'),
    0n,
  );
  const ours = entitled?.amount ?? 0n;
  const difference = ours - theirs;
  const { payee, component, period } = known;
  const key = { payee, component, period, asset, ours, theirs, difference };
  const cause =
    difference === 0n || clause === undefined
      ? null
      : causeOf(evaluation, { clause: clause.id, payee: entitled?.payee ?? payee, period, difference });
  return { ...key, cause, section: clause?.section ?? null };
}
