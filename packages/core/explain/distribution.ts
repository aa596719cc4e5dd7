// SPDX-License-Identifier: Apache-2.0
// How pay is spread over payees: cost by component, and least, deciles, mean and greatest over all payees. Amounts are
// smallest units; the mean is rounded half away from zero, deciles are amounts that somebody is paid (nearest rank).
import type { Evaluation } from '../program/entitlement.ts';
import type { Program } from '../program/program.ts';
import { rational } from '../values/rational.ts';
import { roundToInteger } from '../values/rounding.ts';

/** Pay in one asset, over the payees that have any entitlement in it. */
export interface Distribution {
  readonly asset: string;
  readonly total: bigint;
  readonly payees: number;
  readonly least: bigint;
  readonly median: bigint;
  readonly mean: bigint;
  readonly greatest: bigint;
  /** Nine values: a tenth of the payees have at most the first, and so on. */
  readonly deciles: readonly bigint[];
  readonly components: readonly { readonly component: string; readonly total: bigint }[];
}

/** One distribution for each asset that clauses pay or issue, in the order of the clauses. */
export function distributionsOf(program: Program, evaluation: Evaluation): readonly Distribution[] {
  const clauses = program.clauses.filter(({ action }) => action !== 'moves');
  const assets = [...new Set(clauses.map(({ asset }) => asset))];
  return assets.flatMap((asset) => {
    const own = clauses.filter((clause) => clause.asset === asset);
    const byPayee = new Map<string, bigint>();
    const byClause = new Map(own.map(({ id }) => [id, 0n]));
    for (const one of evaluation.entitlements) {
      if (one.asset !== asset || !byClause.has(one.clause)) continue;
      const earned = one.amount + one.held;
      byPayee.set(one.payee, (byPayee.get(one.payee) ?? 0n) + earned);
      byClause.set(one.clause, (byClause.get(one.clause) ?? 0n) + earned);
    }
    const components = own.map(({ id, name }) => ({ component: name, total: byClause.get(id) ?? 0n }));
    return byPayee.size === 0 ? [] : [spread(asset, [...byPayee.values()], components)];
  });
}

function spread(asset: string, amounts: bigint[], components: Distribution['components']): Distribution {
  const sorted = amounts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const total = sorted.reduce((sum, amount) => sum + amount, 0n);
  const rank = (tenths: number) => sorted[Math.max(0, Math.ceil((sorted.length * tenths) / 10) - 1)] ?? 0n;
  return {
    asset,
    total,
    payees: sorted.length,
    least: rank(0),
    median: rank(5),
    mean: roundToInteger(rational(total, sorted.length), 'half away from zero'),
    greatest: rank(10),
    deciles: [1, 2, 3, 4, 5, 6, 7, 8, 9].map(rank),
    components,
  };
}
