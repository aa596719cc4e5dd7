// SPDX-License-Identifier: Apache-2.0
// Plain text in columns: words to the left, figures to the right, so that decimal points stand under each other.

/** How a column stands. */
export type Alignment = 'left' | 'right';

/** Rows of cells as lines of equal columns, two spaces apart; missing cells are empty. */
export function alignedLines(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
): string[] {
  const widths = alignments.map((_, column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    alignments
      .map((alignment, column) => {
        const cell = row[column] ?? '';
        const width = widths[column] ?? 0;
        return alignment === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
