// SPDX-License-Identifier: Apache-2.0
// How many distinct parties the links of a set lead to, by payee and period, and how many of them are also (or not)
// in another set. NaN where a link is missing. Each code carries a stamp of the window that saw it last.

import { missingCode } from '../../program/columns.ts';
import type { PayeePeriods } from './payee-periods.ts';
import type { DistinctSet, Stage } from './plan.ts';
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
  private readonly stage: Stage;
  private readonly stamps = new Map<string, Int32Array>();
  private stamp = 1;
  private hasUnknown = false;

  constructor(stage: Stage) {
    this.stage = stage;
  }

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
    const stamps = this.stampsOf(leaf, count + 1);
    const first = this.stamp;
    this.stamp += count + 1;
    const column = run.links[leaf.link]!;
    const tags = windows.haveAll(leaf.set) ? null : run.tags;
    const bit = run.bits[leaf.set]!;
    for (let window = 0; window < count; window += 1) {
      const now = first + window;
      const hasBefore =
        window > 0 && keys[window - 1] === keys[window] && ordinals[window - 1] === ordinals[window]! - 1;
      const before = hasBefore ? now - 1 : 0;
      const end = starts[window + 1]!;
      let number = 0;
      let both = 0;
      for (let row = starts[window]!; row < end; row += 1) {
        if (tags !== null && (tags[row]! & bit) === 0) continue;
        const code = column[row]!;
        if (code < 0) {
          if (code === missingCode) number = Number.NaN;
          continue;
        }
        const seen = stamps[code]!;
        if (seen === now) continue;
        stamps[code] = now;
        number += 1;
        if (seen === before) both += 1;
      }
      found[window] = number;
      kept[window] = hasBefore && Number.isNaN(found[window - 1]!) ? Number.NaN : both + 0 * number;
    }
    return { found, kept };
  }

  /** The stamps of a link; all below the ones that are given next. */
  private stampsOf(leaf: Links, wanted: number): Int32Array {
    const size = this.stage.links[leaf.link]!.dictionary.texts.length;
    const name = `${leaf.set} ${leaf.link}`;
    if (this.stamp > 2 ** 31 - 1 - wanted) {
      this.stamps.clear();
      this.stamp = 1;
    }
    let stamps = this.stamps.get(name);
    if (stamps === undefined || stamps.length < size) {
      stamps = new Int32Array(size);
      this.stamps.set(name, stamps);
    }
    return stamps;
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
