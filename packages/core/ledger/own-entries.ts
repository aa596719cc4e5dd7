// SPDX-License-Identifier: Apache-2.0
// Entries of our own in the books: holds and how they end, and commitments. Of money they move what is due; points come
// from lots, which the evaluation names in the order of use and the books keep from then on, so that two redemptions can
// never take more than there is.

import type { FromBooks } from '../program/log.ts';
import {
  endHold,
  type HeldPoints,
  heldPoints,
  type NewPromises,
  noPromises,
  promise,
  type Use,
  withdraw,
} from '../program/promise.ts';
import type { Transfer } from './accounts.ts';
import { type Commitment, causeOfOwn, type Hold, type OwnEntry } from './book-entry.ts';
import { type HoldOutcome, placeHold, resolveHold } from './holds.ts';
import { type Entitled, type OpenBooks, postDifferences } from './open-books.ts';
import type { Posting } from './posting.ts';
import { isSameContent } from './same-content.ts';

/** What an entry of our own brought about. */
export interface OwnStep {
  readonly kind: 'done';
  readonly transfers: readonly Transfer[];
  /** Of points: what was used. */
  readonly postings: readonly Posting[];
  readonly promises: NewPromises;
}

/** Takes in a hold, the end of one, or a commitment, at its place in the log; a refused or repeated one changes nothing. */
export function takeOwn(
  books: OpenBooks,
  entry: Exclude<OwnEntry, { readonly kind: 'statement issued' }>,
  recorded: number,
  evaluate: (told: FromBooks) => Entitled,
): OwnStep | Exclude<HoldOutcome, { readonly kind: 'done' }> {
  switch (entry.kind) {
    case 'hold placed':
      return books.rules.isInLots(entry.hold.asset)
        ? holdPoints(books, entry.hold, recorded, evaluate)
        : ownStep(placeHold(books.holds, entry.hold));
    case 'hold posted':
      return end(books, entry.hold, 'posted', recorded, evaluate);
    case 'hold voided':
      return end(books, entry.hold, 'voided', recorded, evaluate);
    case 'commitment':
      return commit(books, entry.commitment, recorded, evaluate);
  }
}

function ownStep(outcome: HoldOutcome): ReturnType<typeof takeOwn> {
  return outcome.kind === 'done' ? { ...outcome, postings: [], promises: noPromises } : outcome;
}

/** Points in flight keep their lots: the evaluation names them, and there must be enough. */
function holdPoints(
  books: OpenBooks,
  hold: Hold,
  recorded: number,
  evaluate: (told: FromBooks) => Entitled,
): ReturnType<typeof takeOwn> {
  const placed = placeHold(books.holds, hold);
  if (placed.kind !== 'done') return placed;
  const { id, party: owner, asset, amount, through } = hold;
  const asked: HeldPoints = {
    ...{ id, asset, owner, amount, through },
    day: books.today ?? -Infinity,
    lots: [],
    end: null,
  };
  promise(books.promised, { ...noPromises, holds: [asked] });
  const entitled = evaluate(books);
  withdraw(books.promised, asked);
  const named = entitled.promises?.holds.find((one) => one.id === id) ?? null;
  if (named === null || named.amount < amount) {
    books.holds.delete(id);
    return pointsShort(books, id, amount, named?.amount ?? 0n, evaluate);
  }
  const promises = entitled.promises ?? noPromises;
  promise(books.promised, promises);
  const cause = causeOfOwn({ kind: 'hold placed', hold });
  const { transfers } = placed;
  return { kind: 'done', transfers, postings: postDifferences(books, cause, recorded, entitled), promises };
}

/** Ends a hold. Points that are posted are used by their wallet, and points that are free again may complete an exchange. */
function end(
  books: OpenBooks,
  id: string,
  kind: 'posted' | 'voided',
  recorded: number,
  evaluate: (told: FromBooks) => Entitled,
): ReturnType<typeof takeOwn> {
  const party = books.holds.get(id)?.party ?? '';
  const held = heldPoints(books.promised, party, id);
  const ended = resolveHold(books.holds, id, kind, held !== null);
  if (ended.kind !== 'done' || held === null) return ownStep(ended);
  endHold(books.promised, held, { kind, day: books.today ?? -Infinity });
  const entitled = evaluate(books);
  const promises = entitled.promises ?? noPromises;
  promise(books.promised, promises);
  const cause = causeOfOwn({ kind: `hold ${kind}`, hold: id });
  const { transfers } = ended;
  return { kind: 'done', transfers, postings: postDifferences(books, cause, recorded, entitled), promises };
}

/** Refuses what there are too few points for; whoever keeps an evaluation takes the question back. */
function pointsShort(
  books: OpenBooks,
  id: string,
  amount: bigint,
  usable: bigint,
  evaluate: (told: FromBooks) => Entitled,
): Exclude<HoldOutcome, { readonly kind: 'done' }> {
  evaluate(books);
  return { kind: 'refused', code: 'points_short', facts: { id, amount: `${amount}`, usable: `${usable}` } };
}

/** What is promised leaves what is due, whatever stands behind it now or later; a due below zero is a shortage. */
function commit(
  books: OpenBooks,
  commitment: Commitment,
  recorded: number,
  evaluate: (told: FromBooks) => Entitled,
): ReturnType<typeof takeOwn> {
  const { id, party, asset, amount } = commitment;
  const known = books.commitments.get(id);
  if (known !== undefined)
    return isSameContent(known, commitment)
      ? { kind: 'repeated' }
      : { kind: 'refused', code: 'same_commitment_other_content', facts: { id } };
  if (amount < 0n)
    return { kind: 'refused', code: 'amount_not_positive', facts: { id, amount: `${amount}` } };
  if (amount > 0n && books.rules.isInLots(asset)) return redeem(books, commitment, recorded, evaluate);
  books.commitments.set(id, commitment);
  const debit = { party, asset, purpose: 'due' } as const;
  const credit = { party, asset, purpose: 'paid' } as const;
  const transfers: readonly Transfer[] = amount === 0n ? [] : [{ debit, credit, asset, amount }];
  return { kind: 'done', transfers, postings: [], promises: noPromises };
}

/** Points come from lots: those that are named, or else the evaluation names them, and then there must be enough. */
function redeem(
  books: OpenBooks,
  commitment: Commitment,
  recorded: number,
  evaluate: (told: FromBooks) => Entitled,
): ReturnType<typeof takeOwn> {
  const { id, party: owner, asset, amount, lots } = commitment;
  // Read back with the uses that it brought about: nothing is left to do.
  if (books.promised.uses.get(owner)?.some((use) => use.id === id) === true) {
    books.commitments.set(id, commitment);
    return { kind: 'done', transfers: [], postings: [], promises: noPromises };
  }
  const asked: Use = { id, asset, owner, day: books.today ?? -Infinity, amount, lots, by: null };
  promise(books.promised, { ...noPromises, uses: [asked] });
  const entitled = evaluate(books);
  const named = entitled.promises?.uses.find((use) => use.id === id) ?? null;
  if (lots.length === 0) {
    withdraw(books.promised, asked);
    if (named === null || named.amount < amount)
      return pointsShort(books, id, amount, named?.amount ?? 0n, evaluate);
  }
  const promises = {
    ...(entitled.promises ?? noPromises),
    uses: [...(named === null ? [asked] : []), ...(entitled.promises?.uses ?? [])],
  };
  promise(books.promised, promises);
  books.commitments.set(id, commitment);
  const cause = causeOfOwn({ kind: 'commitment', commitment });
  return {
    kind: 'done',
    transfers: [],
    postings: postDifferences(books, cause, recorded, entitled),
    promises,
  };
}
