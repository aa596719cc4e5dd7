// SPDX-License-Identifier: Apache-2.0
// The single rows of a load that somebody has to look at, with what is wrong with each. Rows that were taken are the
// facts of the load.
import type { FeedReport } from '@rapport/core/feeds/report.ts';
import type { LoadedRow } from '../../store/load-rows.ts';

export function loadedRowsOf({ diagnostics }: FeedReport): readonly Omit<LoadedRow, 'load'>[] {
  const rows = new Map<number, Omit<LoadedRow, 'load'>>();
  for (const { code, facts } of diagnostics) {
    const row = Number(facts['row'] ?? Number.NaN);
    if (!Number.isSafeInteger(row) || row < 1 || rows.has(row)) continue;
    rows.set(row, { row, outcome: 'rejected', code, facts: { ...facts }, fact_kind: null, fact_id: null });
  }
  return [...rows.values()];
}
