// SPDX-License-Identifier: Apache-2.0
// How many distinct parties the links of a set lead to, by payee and period, and how many of them are also (or not)
// in another set. NaN where a link is missing.

import { missingCode } from '../../program/columns.ts';
import type { PayeePeriods } from './payee-periods.ts';
import type { DistinctSet } from './plan.ts';
import { SeenCodes } from './seen-codes.ts';
import type { Windows } from './windows.ts';

type Links = DistinctSet & { readonly kind: 'links' };

/** By window, for one link of one set. */
export interface LinkCounts {
  /** Distinct codes; NaN where one is missing. */
  readonly found: Float64Array;
  /** Those of them that were in the period before as well; NaN where one is missing in either. */
  readonly kept: Float64Array;
}

/** What was counted of a cut, by set and link. */
export type LinkCache = Map<string, LinkCounts>;

export class DistinctCounter {
  private readonly seen = new SeenCodes();
  private hasUnknown = false;

  /** By payee and period: how many distinct parties a set has. */
  count(set: DistinctSet, windows: Windows, periods: PayeePeriods, kept: LinkCache): Float64Array {
    const counts = new Float64Array(periods.count);
    if (set.kind === 'links') {
      const { found } = this.linkCounts(set, windows, kept);
      const at = periods.windows[-set.shift]!;
      for (let place = 0; place < counts.length; place += 1) {
        counts[place] = at[place] === -1 ? 0 : found[at[place]!]!;
      }
    } else if (isWithNext(set)) {
      this.countWithNext(set, this.linkCounts(set.left, windows, kept), periods, counts);
    } else {
      for (let place = 0; place < counts.length; place += 1) {
        counts[place] = this.countAnyhow(set, windows, periods, place);
      }
    }
    return counts;
  }

  /** The usual case: who of one period is there in the next one too, or is not. */
  private countWithNext(
    set: DistinctSet & { readonly left: Links; readonly right: Links },
    { found, kept }: LinkCounts,
    periods: PayeePeriods,
    counts: Float64Array,
  ): void {
    const before = periods.windows[-set.left.shift]!;
    const after = periods.windows[-set.right.shift]!;
    const isBoth = set.kind === 'both';
    for (let place = 0; place < counts.length; place += 1) {
      const left = before[place]!;
      const right = after[place]!;
      if (isBoth) counts[place] = right === -1 ? 0 : left === -1 ? 0 * found[right]! : kept[right]!;
      else if (left === -1) counts[place] = right === -1 ? 0 : 0 * found[right]!;
      else counts[place] = right === -1 ? found[left]! : found[left]! - kept[right]!;
    }
  }

  private linkCounts(leaf: Links, windows: Windows, cache: LinkCache): LinkCounts {
    const name = `${leaf.set} ${leaf.link}`;
    let counts = cache.get(name);
    if (counts === undefined) {
      counts = this.countLinks(leaf, windows);
      cache.set(name, counts);
    }
    return counts;
  }

  private countLinks(leaf: Links, windows: Windows): LinkCounts {
    const { run, count, keys, ordinals, starts } = windows;
    const found = new Float64Array(count);
    const kept = new Float64Array(count);
    const column = run.links[leaf.link]!;
    const tags = windows.haveAll(leaf.set) ? null : run.tags;
    const bit = run.bits[leaf.set]!;
    for (let first = 0; first < count; ) {
      let last = first + 1;
      while (last < count && keys[last] === keys[first]) last += 1;
      this.seen.clear(starts[last]! - starts[first]!);
      for (let window = first; window < last; window += 1) {
        const hasBefore = window > first && ordinals[window - 1] === ordinals[window]! - 1;
        // Windows of one key are numbered from 1 on.
        const now = window - first + 1;
        const both = this.seen.meet(column, tags, bit, starts[window]!, starts[window + 1]!, now);
        found[window] = this.seen.met;
        const isKnown = !hasBefore || !Number.isNaN(found[window - 1]!);
        kept[window] = isKnown ? (hasBefore ? both : 0) + 0 * this.seen.met : Number.NaN;
      }
      first = last;
    }
    return { found, kept };
  }

  private countAnyhow(set: DistinctSet, windows: Windows, periods: PayeePeriods, place: number): number {
    this.hasUnknown = false;
    const codes = this.membersOf(set, windows, periods, place);
    return this.hasUnknown ? Number.NaN : codes.size;
  }

  private membersOf(
    set: DistinctSet,
    windows: Windows,
    periods: PayeePeriods,
    place: number,
  ): ReadonlySet<number> {
    if (set.kind === 'links') return this.codesOf(set, windows, periods.windows[-set.shift]![place]!);
    const left = this.membersOf(set.left, windows, periods, place);
    const right = this.membersOf(set.right, windows, periods, place);
    switch (set.kind) {
      case 'both':
        return new Set([...left].filter((code) => right.has(code)));
      case 'without':
        return new Set([...left].filter((code) => !right.has(code)));
      case 'either':
        return new Set([...left, ...right]);
    }
  }

  private codesOf({ link, set }: Links, windows: Windows, window: number): ReadonlySet<number> {
    const codes = new Set<number>();
    if (window === -1) return codes;
    const { tags, links, bits } = windows.run;
    for (let row = windows.starts[window]!; row < windows.starts[window + 1]!; row += 1) {
      if (tags !== null && (tags[row]! & bits[set]!) === 0) continue;
      const code = links[link]![row]!;
      if (code === missingCode) this.hasUnknown = true;
      if (code >= 0) codes.add(code);
    }
    return codes;
  }
}

/** The same links in a period and in the one after it. */
function isWithNext(
  set: DistinctSet & { readonly kind: 'both' | 'without' | 'either' },
): set is DistinctSet & { readonly kind: 'both' | 'without'; readonly left: Links; readonly right: Links } {
  const { left, right } = set;
  if (set.kind === 'either' || left.kind !== 'links' || right.kind !== 'links') return false;
  return left.set === right.set && left.link === right.link && right.shift === left.shift + 1;
}
