// SPDX-License-Identifier: Apache-2.0
// What the books of an agreement promised of themselves, as rows of commitments, and read back from them. Beside the
// columns that people look at, a row holds all of the promise as one text; a redemption is in the log already, so its row
// holds only the lots that were named.

import type { PostedTotal } from '@rapport/core/ledger/differences.ts';
import { freezeLines, type OpenBooks } from '@rapport/core/ledger/open-books.ts';
import type { BookRules } from '@rapport/core/ledger/roles.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import {
  type Grant,
  type GrowingPromised,
  keepTotal,
  type NewPromises,
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

/** The rows of what one entry brought an agreement to promise, without redemptions. */
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

/** All that was promised by these rows. `redeemedOn` says on which day the log holds a redemption; null: it is none. */
export function promisedBy(
  rows: readonly CommitmentRow[],
  redeemedOn: (commitment: string) => Day | null,
): GrowingPromised {
  const promised = nothingPromised();
  for (const row of rows.toSorted((a, b) => a.sequence - b.sequence)) {
    if (row.what === 'grant')
      promise(promised, { uses: [], grants: [grantOf(JSON.parse(row.reference) as GrantText)] });
    else if (row.what === 'exchange' || row.what === 'reward')
      promise(promised, { uses: [useOf(JSON.parse(row.reference) as UseText)], grants: [] });
    else {
      const day = redeemedOn(row.commitment);
      const { commitment: id, party: owner, asset, amount, lots } = row;
      if (day !== null)
        promise(promised, {
          uses: [{ id, owner, asset, amount, day, lots: partsOf(lots as unknown as PartTexts), by: null }],
          grants: [],
        });
    }
  }
  return promised;
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
