// SPDX-License-Identifier: Apache-2.0
// Everybody of an agreement, one at a time, computed from the facts by the evaluator that is obvious rather than fast and
// compared with what was posted: under the versions in force, or under others. Facts wait for one payee at most.

import { amountFigure } from '@rapport/core/explain/figures.ts';
import type { Difference } from '@rapport/core/ledger/differences.ts';
import type { Program, Version } from '@rapport/core/program/program.ts';
import { accountingTotals } from '../store/period-rows.ts';
import type { Json } from '../store/tables.ts';
import type { Context } from './context.ts';

export interface Audited {
  readonly payees: number;
  /** At whom something differs. */
  readonly differing: number;
  /** Who was left out, since too many facts would have to be read while the books stand still. */
  readonly leftOut: number;
  readonly differences: readonly Difference[];
}

export async function auditPayees(
  context: Context,
  workspace: number,
  { agreement, under }: { readonly agreement: string; readonly under?: readonly Version[] },
  progress: (done: number, total: number) => Promise<void>,
): Promise<Audited> {
  const writer = await context.writers.of(workspace);
  const totals = await context.store.within(workspace, (scope) => accountingTotals(scope, agreement));
  const entitled = await writer.read((view) => view.entitlementsOf(agreement, null));
  const payees = [
    ...new Set([...totals.flatMap((one) => one.payees), ...entitled.map(({ payee }) => payee)]),
  ].sort();
  const differences: Difference[] = [];
  let differing = 0;
  let leftOut = 0;
  for (const [at, payee] of payees.entries()) {
    const found = await writer.read((view) => view.audit(agreement, payee, under));
    if (found === null) leftOut += 1;
    else if (found.length > 0) differing += 1;
    differences.push(...(found ?? []));
    await progress(at + 1, payees.length);
  }
  return { payees: payees.length, differing, leftOut, differences };
}

/** Differences that a report tells one by one. */
const toldMax = 100;

/** As the details of a job: figures and ids, never names. */
export function auditedJson(
  program: Program,
  { differences, ...counts }: Audited,
): { readonly [name: string]: Json } {
  const sums = new Map<string, bigint>();
  for (const { component, asset, due } of differences) {
    const name = JSON.stringify([component, asset]);
    sums.set(name, (sums.get(name) ?? 0n) + due);
  }
  return {
    ...counts,
    keys: differences.length,
    sums: [...sums].map(([name, due]) => {
      const [component = '', asset = ''] = JSON.parse(name) as readonly string[];
      return { component, change: amountFigure(program, due, asset) };
    }),
    differences: differences.slice(0, toldMax).map(({ payee, component, period, asset, due, held }) => ({
      ...{ payee, component, period },
      change: amountFigure(program, due, asset),
      held: amountFigure(program, held, asset),
    })),
  };
}
