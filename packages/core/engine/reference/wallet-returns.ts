// SPDX-License-Identifier: Apache-2.0
// What a return does to a wallet at its own place in the fold: it takes back what the sale earned, from the sale's own
// lot first, and gives back the points that the sale used, where the clause says so.
import { giveBack, reverse } from '../../ledger/lots.ts';
import { add, floor, multiply, type Rational, rational, sign, zero } from '../../values/rational.ts';
import type { Portion } from './cell.ts';
import { loweringsOf } from './lowering.ts';
import type { FactRecord } from './order.ts';
import { grantedFor } from './promised-grants.ts';
import { portionTakenBack, returnsOf, shareTakenBack, takesBack } from './returns.ts';
import type { Scope } from './scope.ts';
import {
  factKey,
  isIssuing,
  nextMinor,
  noteGiven,
  nothing,
  sourceOf,
  type WalletClause,
  type WalletState,
} from './wallet-acts.ts';

/** A return takes back what its sale earned: from the sale's own lot first, then in the order of use. */
export function actOnReturn(
  clauses: readonly WalletClause[],
  returned: FactRecord,
  state: WalletState,
): void {
  for (const walletClause of clauses) {
    const { clause, scope } = walletClause;
    if (!takesBack(clause)) continue;
    const sale = loweredSale(returned, scope);
    if (sale === null) continue;
    const ratio = returnsOf(sale, { ...scope, waits: [] }).find(
      ({ record }) => record.fact.id === returned.fact.id && record.kind === returned.kind,
    );
    if (ratio === undefined) continue;
    const before = state.wallet.movements.length;
    let exact = zero;
    const earned = state.earned.get(factKey(clause, sale));
    const isGranted =
      earned !== undefined && sign(grantedFor(state.grants, clause, { ...earned, record: sale })) !== 0;
    if (earned !== undefined && !isGranted) {
      const portion: Portion = portionTakenBack(
        ratio,
        { amount: earned.exact, held: zero },
        shareTakenBack(clause, scope),
      );
      walletClause.gathering.add(earned.payee, earned.period, { ...nothing, portions: [portion] });
      exact = portion.amount;
      if (isIssuing(clause, state)) {
        const act = { payee: earned.payee, period: earned.period, record: returned };
        const amount = nextMinor(walletClause, act, portion.amount, state);
        const source = { kind: sale.kind, id: sale.fact.id };
        if (amount < 0n) reverse(state.wallet, source, -amount, state.day, sourceOf(returned));
      }
    }
    restoreTaken(walletClause, sale, returned, ratio.ratio, state);
    const { payee = state.owner, period = null } = earned ?? {};
    noteGiven(clause, { payee, period, record: returned, exact, times: null }, before, state);
  }
}

function loweredSale(returned: FactRecord, scope: Scope): FactRecord | null {
  for (const kind of scope.world.program.factKinds)
    for (const lowering of loweringsOf(scope.world, kind.id)) {
      const link = returned.fact.fields[lowering.link];
      if (lowering.kind.id !== returned.kind || link?.kind !== 'fact') continue;
      const sale = scope.world.recordsById.get(kind.id)?.get(link.value);
      if (sale !== undefined) return sale;
    }
  return null;
}

/** Gives back the points that the sale used, in proportion, where the clause says so. */
function restoreTaken(
  walletClause: WalletClause,
  sale: FactRecord,
  returned: FactRecord,
  ratio: Rational,
  state: WalletState,
): void {
  const { clause } = walletClause;
  if (!clause.rows.some((row) => row.kind === 'on a return' && row.restoresTaken)) return;
  const key = factKey(clause, sale);
  const parts = state.taken.get(key);
  if (parts === undefined) return;
  const total = parts.reduce((sum, part) => sum + part.amount, 0n);
  const before = state.returned.get(key) ?? zero;
  const after = add(before, ratio);
  state.returned.set(key, after);
  const amount = floor(multiply(rational(total), after)) - floor(multiply(rational(total), before));
  if (amount <= 0n) return;
  giveBack(state.wallet, parts, amount, state.day, sourceOf(returned));
  state.used.push({ record: returned, amount: -amount });
}
