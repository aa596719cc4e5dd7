// SPDX-License-Identifier: Apache-2.0
// A function of a running sum as straight lines, band by band: what slices, rates and sums have in common. Where it can be
// written like that, lines are computed in one loop.

import { largest } from './scaled.ts';

/** In band b, which begins above from[b], the function is results[b] · x + offsets[b]; beyond `end` it is not known. */
export interface StraightLines {
  readonly from: Float64Array;
  readonly results: Float64Array;
  readonly offsets: Float64Array;
  readonly end: number;
}

/** The running sum itself. */
export const identity: StraightLines = {
  from: Float64Array.of(Number.NEGATIVE_INFINITY),
  results: Float64Array.of(1),
  offsets: Float64Array.of(0),
  end: Number.POSITIVE_INFINITY,
};

/** The same lines times a whole number; null where a product is not exact. */
export function steeper(
  { from, results, offsets, end }: StraightLines,
  factor: number,
): StraightLines | null {
  const given = {
    from,
    results: results.map((result) => result * factor),
    offsets: offsets.map((offset) => offset * factor),
    end,
  };
  const isExact = [...given.results, ...given.offsets].every((product) => Math.abs(product) <= largest);
  return isExact ? given : null;
}

/** The most that rising lines give for sums from zero to `most`; not finite where they fall or are not known. */
export function heightAt({ results, offsets, end }: StraightLines, most: number): number {
  let height = 0;
  for (let band = 0; band < results.length; band += 1) {
    if (!(results[band]! >= 0)) return Number.NaN;
    height = Math.max(height, results[band]! * most + Math.abs(offsets[band]!));
  }
  return most <= end && offsets[0] === 0 ? height : Number.NaN;
}
