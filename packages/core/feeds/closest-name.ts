// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the known name nearest to one that is unknown. Case, spaces, underscores and hyphens do not count
// as differences. Nothing is suggested when even the nearest name is far away.

/** Most characters of a name that are compared. */
const lengthMax = 80;

/** The known name with the least edits, or null when more than a third of the name would have to change. */
export function closestName(name: string, known: readonly string[]): string | null {
  const wanted = folded(name);
  let best: string | null = null;
  let bestDistance = Math.floor(Math.max(wanted.length, 3) / 3) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, folded(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function folded(name: string): string {
  return name
    .slice(0, lengthMax)
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

/** Insertions, deletions, replacements and exchanges of neighbours (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      const isExchange =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const exchanged = isExchange ? beforePrevious[column - 2]! + 1 : replaced;
      current.push(Math.min(replaced, exchanged, previous[column]! + 1, current[column - 1]! + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length]!;
}
