// SPDX-License-Identifier: Apache-2.0
// What to say about a name that is not declared: the nearest one that would fit, by edits and by words in common.
import type { Name } from '../tree.ts';
import { type Context, find } from './context.ts';
import { fail } from './report.ts';

/** The candidate nearest to a word, or null when none is near: at most a third of its letters differ. */
export function nearestName(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Letters to insert, delete or replace to turn one word into the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Two declared names glued together ("Won Deals Customer"), or null. */
function gluedNames(context: Context, text: string): string | null {
  const words = text.split(' ');
  for (let cut = 1; cut < words.length; cut += 1) {
    const left = words.slice(0, cut).join(' ');
    const right = words.slice(cut).join(' ');
    if (find(context, left) !== null && find(context, right) !== null) return `${left} of ${right}`;
  }
  return null;
}

/** Fails with `name_unknown`, the nearest name and, for a field, whose field it should have been. */
export function unknownName(
  context: Context,
  name: Name,
  wanted: string,
  candidates: readonly string[] = [],
): never {
  const nearest =
    nearestName(name.text, candidates) ??
    gluedNames(context, name.text) ??
    nearestName(name.text, context.names.keys());
  fail(context.report, 'name_unknown', name.at, {
    name: name.text,
    wanted,
    nearest: nearest ?? '',
    known: candidates.join(', '),
  });
}
