// SPDX-License-Identifier: Apache-2.0
// What a statement says of the log beside its amounts: which payments were made, and which of the payee's own entries
// changed an amount of before. Each must stand in the bundle as it is told.

import { causeOf } from '../ledger/book-entry.ts';
import type { CauseShown, StatementBody, StatementPayment } from '../ledger/statement-body.ts';
import { parseAmountText } from '../values/asset.ts';
import type { Problem } from './judge.ts';
import { bookEntryOf, isEvaluated, type LogEntry } from './log-entry.ts';
import type { Sequenced } from './recompute.ts';

export function statedProblems(body: StatementBody, entries: readonly Sequenced[]): readonly Problem[] {
  const at = new Map(entries.map(({ sequence, entry }) => [sequence, entry]));
  const payments = body.payments
    .filter((payment) => !isPaid(payment, body.payee, at.get(payment.sequence)))
    .map(
      ({ id, sequence }): Problem => ({
        code: 'payment_not_in_log',
        facts: { payment: id, sequence: `${sequence}` },
      }),
    );
  const causes = [
    ...body.items.flatMap(({ restates }) => restates?.causes ?? []),
    ...body.changes.flatMap(({ restatement }) => restatement.causes),
  ];
  const wrong = causes
    .filter((cause) => !isCausedBy(cause, at.get(cause.sequence)))
    .map(
      ({ kind, id, sequence }): Problem => ({
        code: 'cause_differs',
        facts: { cause: `${kind} ${id}`, sequence: `${sequence}` },
      }),
    );
  return [...payments, ...wrong];
}

function isPaid(
  { id, asset, amount }: StatementPayment,
  payee: string,
  entry: LogEntry | undefined,
): boolean {
  if (entry?.kind !== 'commitment') return false;
  const { commitment } = entry;
  return (
    commitment.id === id &&
    commitment.party === payee &&
    commitment.asset === asset &&
    commitment.amount === parseAmountText(amount)
  );
}

/** An entry about others is not in the bundle: that it changed the amount is signed. */
function isCausedBy({ kind, id, revision }: CauseShown, entry: LogEntry | undefined): boolean {
  if (entry === undefined || !isEvaluated(entry)) return true;
  const cause = causeOf(bookEntryOf(entry, null));
  return cause.kind === kind && cause.id === id && cause.revision === revision;
}
