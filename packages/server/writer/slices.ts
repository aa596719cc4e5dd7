// SPDX-License-Identifier: Apache-2.0
// An entry that touches many keys (a new rate, a reorganisation, a day) posts more than one commit should hold. What is too
// much is kept back and written in slices with the commits that follow; the place in the log where it belongs is marked
// dirty until then. What is written in the end does not depend on where the cuts fell.

import type { Batch } from '../store/batch.ts';

/** The most transfers of one commit. */
export const transfersMax = 5_000;

type TransferRow = Batch['transfers'][number];
type PostedRow = Batch['posted'][number];
type DirtyRow = Batch['dirty'][number];

export interface Slices {
  readonly isEmpty: boolean;
  /** Transfers that are not written yet. */
  readonly waiting: number;
  /** What one commit writes: of the batch what fits, then of what was kept back as much as there is room for. */
  cut(batch: Batch): Batch;
  /** Takes rows that an owner before us kept back when it ended. */
  keep(transfers: readonly TransferRow[], posted: readonly PostedRow[], dirty: readonly DirtyRow[]): void;
}

export function newSlices(most = transfersMax): Slices {
  let transfers: TransferRow[] = [];
  /** Written after the transfers of their keys; a later change of a key takes its row away from here. */
  const posted = new Map<string, PostedRow>();
  /** By sequence, the mark that is in the database. */
  const dirty = new Map<number, DirtyRow>();

  function fill(room: number): Pick<Batch, 'transfers' | 'posted' | 'dirtySettled'> {
    const now = transfers.slice(0, room);
    transfers = transfers.slice(room);
    const rows = transfers.length === 0 ? [...posted.values()] : now.flatMap(postedWith);
    for (const row of rows) posted.delete(nameOf(row));
    const open = new Set(transfers.map(({ sequence }) => sequence));
    const dirtySettled = [...dirty.values()].filter(({ sequence }) => !open.has(sequence));
    for (const { sequence } of dirtySettled) dirty.delete(sequence);
    return { transfers: now, posted: rows, dirtySettled };
  }

  /** The row of a transfer's key, once. */
  function postedWith(transfer: TransferRow): readonly PostedRow[] {
    const row = posted.get(nameOf(transfer));
    if (row === undefined) return [];
    posted.delete(nameOf(row));
    return [row];
  }

  return {
    get isEmpty() {
      return transfers.length === 0 && posted.size === 0 && dirty.size === 0;
    },
    get waiting() {
      return transfers.length;
    },
    cut: (batch) => {
      for (const row of batch.posted) posted.delete(nameOf(row));
      const own = batch.transfers.slice(0, most);
      const rest = batch.transfers.slice(most);
      const held = new Set(rest.map(nameOf));
      const now = batch.posted.filter((row) => !held.has(nameOf(row)));
      const filled = fill(most - own.length);
      const marks = [...new Set(rest.map(({ sequence }) => sequence))].map(markOf);
      for (const row of batch.posted) if (held.has(nameOf(row))) posted.set(nameOf(row), row);
      for (const mark of marks) dirty.set(mark.sequence, mark);
      transfers = [...transfers, ...rest];
      return {
        ...batch,
        transfers: [...own, ...filled.transfers],
        posted: [...now, ...filled.posted],
        dirty: [...batch.dirty, ...marks],
        dirtySettled: [...batch.dirtySettled, ...filled.dirtySettled],
      };
    },
    keep: (more, rows, marks) => {
      transfers = [...transfers, ...more];
      for (const row of rows) posted.set(nameOf(row), row);
      for (const mark of marks) dirty.set(mark.sequence, mark);
    },
  };
}

/** All keys of an entry are marked by one row. */
function markOf(sequence: number): DirtyRow {
  return { agreement: '', clause: '', payee: '', period: '', asset: '', sequence };
}

function nameOf({
  agreement,
  clause,
  payee,
  period,
  asset,
}: Pick<TransferRow, 'agreement' | 'clause' | 'payee' | 'period' | 'asset'>): string {
  return `${agreement}\u0000${clause}\u0000${payee}\u0000${period}\u0000${asset}`;
}
