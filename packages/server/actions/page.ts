// SPDX-License-Identifier: Apache-2.0
// Pages of lists: the place after which the next page goes on, as an opaque text.

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** The number of a cursor that `pageOfRows` gave; null for any other text. */
export function placeOf(after: string | undefined): number | null | undefined {
  if (after === undefined) return undefined;
  return /^\d{1,15}$/.test(after) ? Number(after) : null;
}

/** Rows of which one more than `limit` was asked for: whether there is a next page is known without counting. */
export function pageOfRows<R>(
  rows: readonly R[],
  limit: number,
  place: (row: R) => string,
): { readonly rows: readonly R[]; readonly next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? place(last) : null };
}
