// SPDX-License-Identifier: Apache-2.0
// The text with the middle of plain lines left out. Markdown decides nothing by what stands there, and reading it costs the
// most; offsets in the short text are turned back into those of the whole one.

export interface Shortened {
  readonly text: string;
  /** The offset in the whole text of an offset in the short one. */
  readonly offset: (short: number) => number;
}

/**
 * A letter near its start, so that it is no rule, underline or fence; nothing that opens code, a table or HTML; no tab,
 * and no space at its end.
 */
const plainLine =
  /^(?<![\u2028\u2029])(?=.{0,11}[A-Za-z])([^`~|<>\\\t\r\n]{12})([^`~|<>\\\t\r\n]+)([^`~|<>\\\t\r\n]{7}[^\s`~|<>\\])$/gm;

export function shortened(whole: string): Shortened {
  const parts: string[] = [];
  const cuts: number[] = [];
  const removed: number[] = [];
  let at = 0;
  let gone = 0;
  for (const match of whole.matchAll(plainLine)) {
    const middle = match[2]?.length ?? 0;
    const start = match.index + 12;
    parts.push(whole.slice(at, start));
    cuts.push(start - gone);
    gone += middle;
    removed.push(gone);
    at = start + middle;
  }
  parts.push(whole.slice(at));
  const offset = (short: number): number => {
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const half = (low + high) >> 1;
      if ((cuts[half] ?? 0) < short) low = half + 1;
      else high = half;
    }
    return short + (removed[low - 1] ?? 0);
  };
  return { text: parts.join(''), offset };
}
