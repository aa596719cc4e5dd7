// SPDX-License-Identifier: Apache-2.0
// The account of every row of a feed: taken, filtered (by which filter), waiting (for what) or rejected (why). The
// four counts and sums always add up to what the file holds, and are compared with what its sender says it holds.

import type { Diagnostic } from '../program/diagnostic.ts';
import type { Day } from '../values/date.ts';
import { add, type Rational, rational, zero } from '../values/rational.ts';

export type RowState = 'taken' | 'filtered' | 'waiting' | 'rejected';
export const rowStates: readonly RowState[] = ['taken', 'filtered', 'waiting', 'rejected'];

export interface StateAccount {
  readonly rows: number;
  /** Why, and how many rows each. Of taken rows: the fields that are empty, though the feed fills them. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Sums by field of amounts, as far as the rows could be read. */
  readonly sums: ReadonlyMap<string, Rational>;
}

export interface SourceReport {
  readonly file: string;
  /** `Deal`, or `Manager of Representative`. */
  readonly becomes: string;
  readonly rows: number;
  readonly states: Readonly<Record<RowState, StateAccount>>;
  /** Where the sender's totals differ: what, theirs, ours. */
  readonly differences: readonly { readonly what: string; readonly theirs: string; readonly ours: string }[];
  readonly completeThrough: Day | null;
}

export interface FeedReport {
  readonly sources: readonly SourceReport[];
  /** At most `diagnosticsMax` of each source; the counts above are complete. */
  readonly diagnostics: readonly Diagnostic[];
  /** The latest counting date of all facts that were taken; null when there is none. */
  readonly latest: Day | null;
}

/** The most single findings that are kept of one source. */
export const diagnosticsMax = 1000;

/** Sum of scaled numbers: in doubles while they are exact, moved to an exact number before they are not. */
export class SumOf {
  private partial = 0;
  private exact: Rational = zero;
  private scale = 0;

  add(scaled: number, scale: number): void {
    if (scale !== this.scale || Math.abs(this.partial) > 2 ** 52 || Math.abs(scaled) > 2 ** 51)
      this.settle(scale);
    this.partial += scaled;
  }

  addExact(value: Rational): void {
    this.exact = add(this.exact, value);
  }

  total(): Rational {
    this.settle(this.scale);
    return this.exact;
  }

  private settle(scale: number): void {
    this.exact = add(this.exact, rational(BigInt(this.partial), 10n ** BigInt(this.scale)));
    this.partial = 0;
    this.scale = scale;
  }
}

/** Counts rows of one source while they are read. */
export class RowAccount {
  private readonly counts: Record<RowState, number> = { taken: 0, filtered: 0, waiting: 0, rejected: 0 };
  private readonly reasons: Record<RowState, Map<string, number>> = {
    taken: new Map(),
    filtered: new Map(),
    waiting: new Map(),
    rejected: new Map(),
  };
  private readonly sums = new Map<string, SumOf>();

  count(state: RowState, reason: string | null = null): void {
    this.counts[state] += 1;
    if (reason !== null) this.note(state, reason);
  }

  /** Counts rows that there is nothing to say about. */
  countMany(state: RowState, rows: number): void {
    this.counts[state] += rows;
  }

  /** Adds a reason without a row: a taken row may lack several fields. */
  note(state: RowState, reason: string, rows = 1): void {
    this.reasons[state].set(reason, (this.reasons[state].get(reason) ?? 0) + rows);
  }

  /** The running sum of a field over the rows of a state. */
  sum(state: RowState, field: string): SumOf {
    const key = `${state} ${field}`;
    let sum = this.sums.get(key);
    if (sum === undefined) {
      sum = new SumOf();
      this.sums.set(key, sum);
    }
    return sum;
  }

  rows(): number {
    return rowStates.reduce((rows, state) => rows + this.counts[state], 0);
  }

  states(): Record<RowState, StateAccount> {
    const account = (state: RowState): StateAccount => ({
      rows: this.counts[state],
      reasons: this.reasons[state],
      sums: new Map(
        [...this.sums]
          .filter(([key]) => key.startsWith(`${state} `))
          .map(([key, sum]) => [key.slice(state.length + 1), sum.total()]),
      ),
    });
    return {
      taken: account('taken'),
      filtered: account('filtered'),
      waiting: account('waiting'),
      rejected: account('rejected'),
    };
  }
}
