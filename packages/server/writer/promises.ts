// SPDX-License-Identifier: Apache-2.0
// What the books of an agreement promised of themselves, as rows of commitments, and read back from them. Beside the
// columns that people look at, a row holds all of the promise as one text; redemptions and holds are in the log already,
// so their rows hold only the lots that were named.

import type { PostedTotal } from '@rapport/core/ledger/differences.ts';
import { freezeLines, type OpenBooks } from '@rapport/core/ledger/open-books.ts';
import type { BookRules } from '@rapport/core/ledger/roles.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import {
  type Grant,
  type GrowingPromised,
  type HoldEnd,
  keepTotal,
  type NewPromises,
  noPromises,
  nothingPromised,
  promise,
  type Use,
} from '@rapport/core/program/promise.ts';
import { canonicalText } from '@rapport/core/proof/canonical.ts';
import { parseAmountText } from '@rapport/core/values/asset.ts';
import type { Day } from '@rapport/core/values/date.ts';
import {
  type GrantText,
  grantOf,
  partsOf,
  type UseText,
  useOf,
} from '@rapport/core/verify/attested-promises.ts';
import type { Row } from '../store/tables.ts';

type CommitmentRow = Row<'commitment'>;
type PartTexts = UseText['lots'];

/** The rows of what one entry brought an agreement to promise, without redemptions and holds. */
export function promiseRows(
  agreement: string,
  { uses, grants }: NewPromises,
  sequence: number,
): readonly CommitmentRow[] {
  const ofUses = uses.flatMap((use): CommitmentRow[] =>
    use.by === null
      ? []
      : [rowOf(agreement, use.by.reward === null ? 'reward' : 'exchange', use, use.lots, sequence)],
  );
  return [...ofUses, ...grants.map((grant) => rowOf(agreement, 'grant', grant, [], sequence))];
}

function rowOf(
  agreement: string,
  what: string,
  one: Use | Grant,
  lots: Use['lots'],
  sequence: number,
): CommitmentRow {
  return {
    agreement,
    commitment: `${what} ${one.id}`,
    what,
    party: one.owner,
    asset: one.asset,
    amount: one.amount,
    lots: partRows(lots),
    reference: canonicalText(one),
    sequence,
  };
}

export function partRows(lots: Use['lots']): CommitmentRow['lots'] {
  return lots.map(({ lot, amount }) => ({ lot, amount: `${amount}` }));
}

/** When points were redeemed and held, as the log has it: the rows of the books say only which lots they took. */
export interface PointsInLog {
  readonly redeemedOn: ReadonlyMap<string, Day>;
  readonly held: ReadonlyMap<string, { readonly day: Day; readonly end: HoldEnd | null }>;
}

/** All that was promised by these rows of one agreement. */
export function promisedBy(
  rows: readonly CommitmentRow[],
  holds: readonly Row<'hold'>[],
  { redeemedOn, held }: PointsInLog,
): GrowingPromised {
  const promised = nothingPromised();
  for (const row of rows.toSorted(inLogOrder)) {
    if (row.what === 'grant')
      promise(promised, { ...noPromises, grants: [grantOf(JSON.parse(row.reference) as GrantText)] });
    else if (row.what === 'exchange' || row.what === 'reward')
      promise(promised, { ...noPromises, uses: [useOf(JSON.parse(row.reference) as UseText)] });
    else {
      const { commitment: id, party: owner, asset, amount, lots } = row;
      const day = redeemedOn.get(id);
      if (day === undefined) continue;
      const use = { id, owner, asset, amount, day, lots: partsIn(lots), by: null };
      promise(promised, { ...noPromises, uses: [use] });
    }
  }
  for (const { hold: id, party: owner, asset, amount, through, lots } of holds.toSorted(inLogOrder)) {
    const when = held.get(id);
    if (when === undefined) continue;
    promise(promised, {
      ...noPromises,
      holds: [{ id, owner, asset, amount, through, lots: partsIn(lots), ...when }],
    });
  }
  return promised;
}

function partsIn(lots: CommitmentRow['lots']): Use['lots'] {
  return partsOf(lots as unknown as PartTexts);
}

function inLogOrder(a: { readonly sequence: number }, b: { readonly sequence: number }): number {
  return a.sequence - b.sequence;
}

/** What was posted of clauses that keep it. */
export function keepPosted(promised: GrowingPromised, posted: Iterable<PostedTotal>, rules: BookRules): void {
  for (const { clause, payee, period, asset, due } of posted)
    if (due > 0n && rules.keeps(clause)) keepTotal(promised, { clause, payee, period, asset, amount: due });
}

/** The lines of an issued statement, where the agreement freezes them. */
export function freezeBody(books: OpenBooks, { payee, items }: StatementBody): void {
  if (!books.rules.freezes) return;
  freezeLines(
    books,
    items.map(({ clause, earned, asset, lines }) => ({
      ...{ clause, payee, period: earned, asset },
      lines: lines.map(({ fact, note, amount }) => ({ fact, note, amount: parseAmountText(amount) })),
    })),
  );
}
