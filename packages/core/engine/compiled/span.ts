// SPDX-License-Identifier: Apache-2.0
// Many places at once, for which a formula is computed in one loop: consecutive rows of a table, or payees and periods
// with what they read. Columns that a formula needs in between are borrowed here and given back, so none is made anew.

/** Columns have room for `count` values at least; what stands behind is left from before. */
export class Span {
  count = 0;
  /** The number of the first row, where the places are rows. */
  firstRow = 0;
  /** What each place reads, by input of the clause. */
  inputs: readonly Float64Array[] = [];
  /** By place: the running sum of the input that lines follow. */
  prefix: Float64Array = new Float64Array(0);
  private readonly free: Float64Array[] = [];
  private readonly freeCodes: Int32Array[] = [];
  private capacity = 0;

  /** Sets how many places there are. */
  reserve(count: number): void {
    this.count = count;
    if (count <= this.capacity) return;
    this.capacity = Math.max(count, this.capacity * 2, 1024);
    this.free.length = 0;
    this.freeCodes.length = 0;
  }

  borrow(): Float64Array {
    return this.free.pop() ?? new Float64Array(this.capacity);
  }

  borrowCodes(): Int32Array {
    return this.freeCodes.pop() ?? new Int32Array(this.capacity);
  }

  /** Takes a column back. */
  release(column: Float64Array): void {
    if (column.length >= this.capacity) this.free.push(column);
  }

  releaseCodes(column: Int32Array): void {
    if (column.length >= this.capacity) this.freeCodes.push(column);
  }
}

/** Rows that are looked at in one go, so that what is known of them stays in the cache. */
export const spanRows = 1 << 12;

/** Calls back with a span over each part of a table, in order. */
export function forEachSpan(rows: number, visit: (span: Span) => void): void {
  const span = new Span();
  for (let first = 0; first < rows; first += spanRows) {
    span.firstRow = first;
    span.reserve(Math.min(spanRows, rows - first));
    visit(span);
  }
}
