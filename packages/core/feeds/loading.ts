// SPDX-License-Identifier: Apache-2.0
// What is shared while the sources of one feed are loaded into one store: the store, joins, ids, findings.

import type { Diagnostic } from '../program/diagnostic.ts';
import type { FactStore, FactTable } from '../program/fact-store.ts';
import type { Program } from '../program/program.ts';
import type { Day } from '../values/date.ts';
import type { CellSource } from './feed.ts';
import type { LookUp } from './field-reader.ts';
import { IdIndex } from './id-index.ts';
import type { Lookups } from './lookup-table.ts';
import { diagnosticOf, type Problem } from './problem.ts';
import { diagnosticsMax } from './report.ts';

export class Loading {
  readonly program: Program;
  readonly store: FactStore;
  readonly diagnostics: Diagnostic[] = [];
  latest: Day | null = null;
  private readonly lookups: ReadonlyMap<string, Lookups>;
  private readonly indexes = new Map<string, IdIndex>();
  private readonly findings = new Map<string, number>();

  constructor(program: Program, store: FactStore, lookups: ReadonlyMap<string, Lookups>) {
    this.program = program;
    this.store = store;
    this.lookups = lookups;
  }

  /** The ids of a kind of fact, shared by all sources that bring it. */
  idsOf(table: FactTable): IdIndex {
    let index = this.indexes.get(table.kind.id);
    if (index === undefined) {
      index = new IdIndex(table.ids);
      this.indexes.set(table.kind.id, index);
    }
    return index;
  }

  /** Keeps a finding, as long as there are not too many of the same file. */
  report(found: Problem, file: string, line: number): void {
    const count = (this.findings.get(file) ?? 0) + 1;
    this.findings.set(file, count);
    if (count <= diagnosticsMax) this.diagnostics.push(diagnosticOf(found, file, line));
  }

  /** How a cell is looked up in another file; null when the source is no lookup. */
  lookUpOf(source: CellSource): LookUp | null {
    if (source.kind !== 'lookup') return null;
    const texts = this.lookups.get(source.table)?.get(source.column);
    return (text) => texts?.get(text) ?? null;
  }
}

/** The column of the row itself that a cell comes from; null for constants and row numbers. */
export function ownColumn(source: CellSource): string | null {
  return source.kind === 'column' ? source.column : source.kind === 'lookup' ? source.by : null;
}
