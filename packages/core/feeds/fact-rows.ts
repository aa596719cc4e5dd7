// SPDX-License-Identifier: Apache-2.0
// Rows that become facts, straight into the columns of the store. A row is pushed only when all of it could be read;
// a repeat of a known row changes nothing; a later revision takes the place of the one before it.

import type { FactTable } from '../program/fact-store.ts';
import { type FactRowPlan, type FactSource, factRowPlan, wantedColumns } from './fact-row-plan.ts';
import type { Cells, FieldReader } from './field-reader.ts';
import type { IdIndex } from './id-index.ts';
import { type Loading, ownColumn } from './loading.ts';
import { recordsMax } from './plain-records.ts';
import { type Problem, problem, shown } from './problem.ts';
import { RowAccount, type RowState, rowStates, type SumOf } from './report.ts';
import { type RowHandler, scanFile } from './scan-file.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** The most that a revision may be. */
const revisionMax = 1_000_000_000;
const hyphen = 0x2d;
/** Below it lie the markers of missing and open dates. */
const dayMin = -2_000_000_000;

/** Loads a source; the account of its rows comes back. */
export function loadFactRows(source: FactSource, chunks: Iterable<Uint8Array>, loading: Loading): RowAccount {
  const rows = new FactRows(source, loading);
  const failure = scanFile(source, chunks, rows.wanted, rows);
  if (failure !== null) loading.report(failure, source.file, 0);
  return rows.account;
}

class FactRows implements RowHandler {
  readonly account = new RowAccount();
  readonly wanted: readonly string[];
  private readonly source: FactSource;
  private readonly loading: Loading;
  private readonly table: FactTable;
  private readonly ids: IdIndex;
  /** Rows that were there before this source. */
  private readonly firstRow: number;
  private plan!: FactRowPlan;
  private readonly sums: Record<RowState, SumOf[]> = { taken: [], filtered: [], waiting: [], rejected: [] };
  private rowNumber = 0;
  /** How many rows are tried together next: more while all are sound, few where they are not. */
  private ahead = recordsMax;
  /** Where the id of the row at hand stands. */
  private idBytes: Uint8Array = new Uint8Array(0);
  private idStart = 0;
  private idEnd = 0;
  private joined = new Uint8Array(256);
  /** The first thing wrong with the row at hand. */
  private first: Problem | null = null;

  constructor(source: FactSource, loading: Loading) {
    this.source = source;
    this.loading = loading;
    this.table = loading.store.tables.get(source.becomes.factKind)!;
    this.ids = loading.idsOf(this.table);
    this.firstRow = this.table.length;
    this.wanted = wantedColumns(source);
  }

  columns(indexes: readonly number[]): void {
    const at = (column: string | null) => (column === null ? -1 : indexes[this.wanted.indexOf(column)]!);
    this.plan = factRowPlan(this.source, this.table, this.loading, at);
    for (const state of rowStates) {
      this.sums[state] = this.plan.amounts.map(({ field }) => this.account.sum(state, field.name));
    }
  }

  row(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, line: number): void {
    this.rowNumber += 1;
    if (this.isFiltered(bytes, starts, ends)) return;
    this.first = null;
    this.readFields(bytes, starts, ends, line);
    this.placeId(bytes, starts, ends, line);
    const revision = this.readRevision(bytes, starts, ends, line);
    if (this.first === null) this.accept(revision, line);
    else this.end('rejected', (this.first as Problem).code);
  }

  /** Rows in runs that are sound column by column; what is not is looked at on its own. */
  rows(
    bytes: Uint8Array,
    starts: Int32Array,
    ends: Int32Array,
    count: number,
    width: number,
    line: number,
  ): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const cells: Cells = { bytes, view, starts, ends, width };
    for (let row = 0; row < count; ) {
      const ahead = this.plan.isPlain ? Math.min(this.ahead, count - row) : 0;
      const taken = ahead === 0 ? 0 : this.takeSound(cells, row, ahead);
      row += taken;
      if (taken === ahead && ahead > 0) this.ahead = Math.min(recordsMax, 2 * ahead);
      else {
        this.ahead = Math.max(1, taken);
        const first = row * width;
        const end = first + width;
        this.row(bytes, starts.subarray(first, end), ends.subarray(first, end), line + row);
        row += 1;
      }
    }
  }

  /** Takes the rows from `from` on, up to the first that is not as rows usually are. Gives how many. */
  private takeSound(cells: Cells, from: number, ahead: number): number {
    const { plan, table, account } = this;
    let limit = ahead;
    for (const reader of plan.filled) limit = reader.readMany(cells, from, limit);
    if (plan.counting !== null) limit = plan.counting.knownMany(limit);
    const count = this.pushIds(cells, from, limit);
    if (count === 0) return 0;
    for (const reader of plan.readers) reader.pushMany(count);
    table.endRows(count);
    this.rowNumber += count;
    account.countMany('taken', count);
    for (const reader of plan.filled) {
      const missing = reader.missingMany(count);
      if (missing > 0) account.note('taken', reader.field.name, missing);
    }
    plan.amounts.forEach((reader, place) => {
      reader.sumMany(count, this.sums.taken[place]!);
    });
    const latest = plan.counting === null ? dayMin : plan.counting.latestMany(count);
    if (latest > (this.loading.latest ?? dayMin)) this.loading.latest = latest;
    return count;
  }

  /** Appends ids that are surely new; gives how many. */
  private pushIds({ bytes, starts, ends, width }: Cells, from: number, limit: number): number {
    const { table, ids, plan } = this;
    const [index = 0] = plan.ids;
    for (let row = 0; row < limit; row += 1) {
      const at = (from + row) * width + index;
      const start = starts[at]!;
      const end = ends[at]!;
      if (start === end || !isUtf8(bytes, start, end) || ids.find(bytes, start, end) >= 0) return row;
      table.ids.pushBytes(bytes, start, end);
    }
    return limit;
  }

  broken(found: Problem, line: number): void {
    this.rowNumber += 1;
    this.account.count('rejected', found.code);
    this.loading.report(found, this.source.file, line);
  }

  private isFiltered(bytes: Uint8Array, starts: Int32Array, ends: Int32Array): boolean {
    for (const { index, name, stays } of this.plan.filters) {
      if (stays(bytes, starts[index]!, ends[index]!)) continue;
      for (const reader of this.plan.amounts) this.readCell(reader, bytes, starts, ends);
      this.end('filtered', name);
      return true;
    }
    return false;
  }

  private readFields(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, line: number): void {
    const { readers, currencies } = this.plan;
    for (let place = 0; place < readers.length; place += 1) {
      const reader = readers[place]!;
      this.readCell(reader, bytes, starts, ends);
      if (reader.found !== null)
        this.refuse(reader.found, reader.field.name, ownColumn(reader.mapping.source), line);
    }
    for (const { index, check, field } of currencies) {
      const found = check(bytes, starts[index]!, ends[index]!);
      if (found !== null) this.refuse(found, field, null, line);
    }
  }

  private readCell(reader: FieldReader, bytes: Uint8Array, starts: Int32Array, ends: Int32Array): void {
    if (reader.index >= 0) reader.read(bytes, starts[reader.index]!, ends[reader.index]!);
    else if (reader.mapping.source.kind === 'row') reader.readText(String(this.rowNumber));
  }

  /** Finds the id: one cell, several joined by hyphens, or the row's number. */
  private placeId(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, line: number): void {
    const { ids } = this.plan;
    this.idBytes = bytes;
    this.idStart = 0;
    if (ids.length === 1) {
      this.idStart = starts[ids[0]!]!;
      this.idEnd = ends[ids[0]!]!;
    } else if (ids.length === 0) {
      this.idBytes = encodeUtf8(String(this.rowNumber));
      this.idEnd = this.idBytes.length;
    } else {
      this.idEnd = this.joinId(bytes, starts, ends);
      this.idBytes = this.joined;
    }
    const column = this.source.becomes.id?.[0] ?? null;
    const size = this.idEnd - this.idStart;
    if (size === 0 || size === ids.length - 1) this.refuse(problem('row_id_empty'), '', column, line);
    else if (!isUtf8(this.idBytes, this.idStart, this.idEnd))
      this.refuse(problem('row_not_utf8'), '', column, line);
  }

  private joinId(bytes: Uint8Array, starts: Int32Array, ends: Int32Array): number {
    let length = 0;
    for (const index of this.plan.ids) {
      const size = ends[index]! - starts[index]!;
      if (length + size + 1 > this.joined.length) {
        const grown = new Uint8Array((length + size + 1) * 2);
        grown.set(this.joined);
        this.joined = grown;
      }
      if (index !== this.plan.ids[0]) this.joined[length++] = hyphen;
      this.joined.set(bytes.subarray(starts[index]!, ends[index]!), length);
      length += size;
    }
    return length;
  }

  private readRevision(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, line: number): number {
    const index = this.plan.revision;
    if (index < 0) return 1;
    const start = starts[index]!;
    const text = decodeUtf8(bytes, start, Math.min(ends[index]!, start + 20)) ?? '';
    const revision = /^\d{1,10}$/.test(text) ? Number(text) : 0;
    if (revision >= 1 && revision <= revisionMax) return revision;
    this.refuse(
      problem('row_revision_malformed', { value: shown(text) }),
      '',
      this.source.becomes.revision,
      line,
    );
    return 1;
  }

  /** A row that could be read: new, a repeat, a later or an older revision, or a contradiction. */
  private accept(given: number, line: number): void {
    const { table, source, plan } = this;
    const known = this.ids.find(this.idBytes, this.idStart, this.idEnd);
    let revision = given;
    if (known >= 0) {
      const knownRevision = table.revisions.get(known) ?? 1;
      const hasRevisions = plan.revision >= 0;
      const differing = plan.readers.find((reader) => !reader.isAt(known));
      if (hasRevisions ? revision < knownRevision : differing === undefined) {
        this.end('filtered', hasRevisions ? 'an older revision' : 'repeats a row that is there already');
        return;
      }
      if (revision === knownRevision && differing === undefined) {
        this.end('filtered', 'repeats a row that is there already');
        return;
      }
      if (!hasRevisions && source.mode === 'snapshot' && known < this.firstRow) revision = knownRevision + 1;
      else if (!hasRevisions || revision === knownRevision) {
        this.contradict(revision, differing?.field.name ?? '', line);
        return;
      }
      table.gone.add(known);
    }
    table.ids.pushBytes(this.idBytes, this.idStart, this.idEnd);
    for (const reader of plan.readers) reader.push();
    table.endRow(revision);
    this.countAccepted();
  }

  private countAccepted(): void {
    const { counting, filled } = this.plan;
    if (counting?.isMissing() === true) {
      this.end('waiting', counting.field.name);
      return;
    }
    if (counting !== null && counting.value > (this.loading.latest ?? dayMin))
      this.loading.latest = counting.value;
    for (let place = 0; place < filled.length; place += 1) {
      const reader = filled[place]!;
      if (reader.isMissing()) this.account.note('taken', reader.field.name);
    }
    this.end('taken', null);
  }

  /** The same id and revision with other content. */
  private contradict(revision: number, field: string, line: number): void {
    const id = shown(decodeUtf8(this.idBytes, this.idStart, this.idEnd) ?? '');
    const code = this.source.mode === 'snapshot' ? 'row_duplicate_id' : 'row_same_id_other_content';
    const found = problem(code, { id, revision: String(revision), field });
    this.loading.report(found, this.source.file, line);
    this.end('rejected', code);
  }

  private refuse(found: Problem, field: string, column: string | null, line: number): void {
    const facts = { field, ...(column === null ? {} : { column }), ...found.facts };
    const located = problem(found.code, facts);
    this.first ??= located;
    this.loading.report(located, this.source.file, line);
  }

  /** Counts the row and its amounts, as far as they could be read. */
  private end(state: RowState, reason: string | null): void {
    this.account.count(state, reason);
    const running = this.sums[state];
    const { amounts } = this.plan;
    for (let place = 0; place < amounts.length; place += 1) {
      const reader = amounts[place]!;
      if (reader.found !== null || reader.isMissing()) continue;
      if (reader.exact !== null) running[place]!.addExact(reader.exact);
      else if (Number.isFinite(reader.value)) {
        running[place]!.add(reader.value, (reader.column as { scale: number }).scale);
      }
    }
  }
}

function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (bytes[at]! > 0x7f) return decodeUtf8(bytes, start, end) !== null;
  }
  return true;
}
