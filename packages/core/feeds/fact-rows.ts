// SPDX-License-Identifier: Apache-2.0
// Rows that become facts, straight into the columns of the store. A row is pushed only when all of it could be read;
// a repeat of a known row changes nothing; a later revision takes the place of the one before it.

import type { FactTable } from '../program/fact-store.ts';
import { hashOf } from './byte-dictionary.ts';
import { currencyCheck } from './currency-check.ts';
import type { FieldMapping, Source } from './feed.ts';
import { FieldReader } from './field-reader.ts';
import { type Loading, ownColumn } from './loading.ts';
import { type Problem, problem, shown } from './problem.ts';
import { RowAccount, type RowState, rowStates, type SumOf } from './report.ts';
import { cellFilter, filterText } from './row-filter.ts';
import { scanFile } from './scan-file.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

type FactSource = Source & { readonly becomes: Source['becomes'] & { kind: 'fact' } };

/** The most that a revision may be. */
const revisionMax = 1_000_000_000;
const hyphen = 0x2d;

/** Loads a source; the account of its rows comes back. */
export function loadFactRows(source: FactSource, chunks: Iterable<Uint8Array>, loading: Loading): RowAccount {
  const account = new RowAccount();
  const { becomes } = source;
  const table = loading.store.tables.get(becomes.factKind)!;
  const plan = planOf(source, table);
  const firstRow = table.length;
  const ids = loading.idsOf(table);
  let readers: FieldReader[] = [];
  let amounts: FieldReader[] = [];
  /** Fields that the feed fills from a cell; one that stays empty is noted. */
  let filled: FieldReader[] = [];
  const sums: Record<RowState, SumOf[]> = { taken: [], filtered: [], waiting: [], rejected: [] };
  let counting: FieldReader | null = null;
  let filters: {
    readonly index: number;
    readonly name: string;
    readonly stays: ReturnType<typeof cellFilter>;
  }[] = [];
  let currencies: {
    readonly index: number;
    readonly check: ReturnType<typeof currencyCheck>;
    readonly field: string;
  }[] = [];
  let idIndexes: number[] = [];
  let revisionIndex = -1;
  let rowNumber = 0;
  let joined = new Uint8Array(256);

  const reject = (found: Problem, line: number) => {
    account.count('rejected', found.code);
    loading.report(found, source.file, line);
  };
  const addSums = (state: RowState) => {
    const running = sums[state];
    for (let place = 0; place < amounts.length; place += 1) {
      const reader = amounts[place]!;
      if (reader.found !== null || reader.isMissing()) continue;
      if (reader.exact !== null) running[place]!.addExact(reader.exact);
      else if (Number.isFinite(reader.value))
        running[place]!.add(reader.value, (reader.column as { scale: number }).scale);
    }
  };
  const readCell = (reader: FieldReader, bytes: Uint8Array, starts: Int32Array, ends: Int32Array) => {
    if (reader.index >= 0) reader.read(bytes, starts[reader.index]!, ends[reader.index]!);
    else if (reader.mapping.source.kind === 'row') reader.readText(String(rowNumber));
  };
  const rejectRow = (first: Problem) => {
    account.count('rejected', first.code);
    addSums('rejected');
  };
  /** Columns of an id, joined by hyphens; its length. */
  const joinId = (bytes: Uint8Array, starts: Int32Array, ends: Int32Array): number => {
    let length = 0;
    idIndexes.forEach((index, place) => {
      const size = ends[index]! - starts[index]!;
      if (length + size + 1 > joined.length) {
        const grown = new Uint8Array((length + size + 1) * 2);
        grown.set(joined);
        joined = grown;
      }
      if (place > 0) joined[length++] = hyphen;
      joined.set(bytes.subarray(starts[index]!, ends[index]!), length);
      length += size;
    });
    return length;
  };

  const failure = scanFile(source, chunks, plan.wanted, {
    columns(indexes) {
      const at = (column: string | null) => (column === null ? -1 : indexes[plan.wanted.indexOf(column)]!);
      const zone = loading.program.policies.zone;
      readers = table.kind.fields.map((field) => {
        const mapping = becomes.fields.get(field.name) ?? null;
        const column = table.columns.get(field.name)!;
        const used = mapping ?? unmapped;
        const reader = new FieldReader(
          field,
          used,
          column,
          at(ownColumn(used.source)),
          zone,
          loading.lookUpOf(used.source),
        );
        if (used.source.kind === 'constant') reader.readText(used.source.text);
        return reader;
      });
      amounts = readers.filter(
        ({ field, index }) => field.type.kind === 'quantity' && field.type.unit.length > 0 && index >= 0,
      );
      filled = readers.filter(({ index }) => index >= 0);
      for (const state of rowStates) {
        sums[state] = amounts.map(({ field }) => account.sum(state, field.name));
      }
      counting =
        table.kind.countsOn.length === 1
          ? (readers.find(({ field }) => field.name === table.kind.countsOn[0]) ?? null)
          : null;
      filters = source.filters.map((filter) => ({
        index: at(filter.column),
        name: filterText(filter),
        stays: cellFilter(filter),
      }));
      currencies = [...becomes.fields].flatMap(([name, { currency }]) => {
        const type = table.kind.fields.find((field) => field.name === name)!.type;
        if (currency === null || !('column' in currency) || type.kind !== 'quantity') return [];
        return [{ index: at(currency.column), check: currencyCheck(type.unit[0]?.base ?? ''), field: name }];
      });
      idIndexes = (becomes.id ?? []).map(at);
      revisionIndex = at(becomes.revision);
    },
    row(bytes, starts, ends, line) {
      rowNumber += 1;
      for (const { index, name, stays } of filters) {
        if (stays(bytes, starts[index]!, ends[index]!)) continue;
        for (const reader of amounts) readCell(reader, bytes, starts, ends);
        account.count('filtered', name);
        addSums('filtered');
        return;
      }
      let first: Problem | null = null;
      const refuse = (found: Problem, field: string, column: string | null) => {
        const located = problem(found.code, {
          field,
          ...(column === null ? {} : { column }),
          ...found.facts,
        });
        first ??= located;
        loading.report(located, source.file, line);
      };
      for (const reader of readers) {
        readCell(reader, bytes, starts, ends);
        if (reader.found !== null) refuse(reader.found, reader.field.name, ownColumn(reader.mapping.source));
      }
      for (const { index, check, field } of currencies) {
        const found = check(bytes, starts[index]!, ends[index]!);
        if (found !== null) refuse(found, field, null);
      }
      let idBytes = bytes;
      let idStart = 0;
      let idEnd = 0;
      if (idIndexes.length === 1) {
        idStart = starts[idIndexes[0]!]!;
        idEnd = ends[idIndexes[0]!]!;
      } else {
        idBytes = idIndexes.length === 0 ? encodeUtf8(String(rowNumber)) : joined;
        idEnd = idIndexes.length === 0 ? idBytes.length : joinId(bytes, starts, ends);
        if (idIndexes.length > 0) idBytes = joined;
      }
      if (idStart === idEnd || (idIndexes.length > 1 && idEnd === idIndexes.length - 1)) {
        refuse(problem('row_id_empty'), '', becomes.id?.[0] ?? null);
      } else if (!isUtf8(idBytes, idStart, idEnd))
        refuse(problem('row_not_utf8'), '', becomes.id?.[0] ?? null);
      let revision = 1;
      if (revisionIndex >= 0) {
        const found = readRevision(bytes, starts[revisionIndex]!, ends[revisionIndex]!);
        if (typeof found === 'number') revision = found;
        else refuse(found, '', becomes.revision);
      }
      if (first !== null) {
        rejectRow(first);
        return;
      }
      const hash = hashOf(idBytes, idStart, idEnd);
      const known = ids.find(idBytes, idStart, idEnd, hash);
      if (known >= 0) {
        const knownRevision = table.revisions.get(known) ?? 1;
        const isSame = readers.every((reader) => reader.isAt(known));
        const id = shown(decodeUtf8(idBytes, idStart, idEnd) ?? '');
        if (isSame && (revision === knownRevision || becomes.revision === null)) {
          account.count('filtered', 'repeats a row that is there already');
          addSums('filtered');
          return;
        }
        if (becomes.revision === null && source.mode === 'snapshot' && known < firstRow)
          revision = knownRevision + 1;
        else if (revision === knownRevision || becomes.revision === null) {
          const differing = readers.find((reader) => !reader.isAt(known))?.field.name ?? '';
          const code = source.mode === 'snapshot' ? 'row_duplicate_id' : 'row_same_id_other_content';
          const found = problem(code, { id, revision: String(revision), field: differing });
          loading.report(found, source.file, line);
          rejectRow(found);
          return;
        }
        if (revision > knownRevision) table.gone.add(known);
        else table.gone.add(table.length);
      }
      table.ids.pushBytes(idBytes, idStart, idEnd);
      for (const reader of readers) reader.push();
      ids.add(table.endRow(revision), hash);
      if (counting?.isMissing() === true) {
        account.count('waiting', counting.field.name);
        addSums('waiting');
        return;
      }
      if (counting !== null && counting.value < openLimit) {
        // Open dates have a marker far below every day.
      } else if (counting !== null && (loading.latest === null || counting.value > loading.latest)) {
        loading.latest = counting.value;
      }
      account.count('taken');
      for (const reader of filled) {
        if (reader.isMissing()) account.note('taken', reader.field.name);
      }
      addSums('taken');
    },
    broken(found, line) {
      rowNumber += 1;
      reject(found, line);
    },
  });
  if (failure !== null) loading.report(failure, source.file, 0);
  return account;
}

const openLimit = -2_000_000_000;

/** What stands in for a field that the feed does not fill. */
const unmapped: FieldMapping = {
  source: { kind: 'constant', text: '' },
  dates: [],
  number: { text: '', thousands: null, decimal: '.' },
  currency: null,
  map: new Map(),
  emptyWhen: [],
  empty: 'missing',
};

/** Every column that the source reads, each once. */
function planOf(source: FactSource, table: FactTable): { readonly wanted: readonly string[] } {
  const { becomes } = source;
  const fields = [...becomes.fields]
    .filter(([name]) => table.columns.has(name))
    .map(([, mapping]) => mapping);
  const columns = [
    ...(becomes.id ?? []),
    becomes.revision,
    ...fields.map(({ source }) => ownColumn(source)),
    ...fields.map(({ currency }) => (currency !== null && 'column' in currency ? currency.column : null)),
    ...source.filters.map(({ column }) => column),
  ];
  return { wanted: [...new Set(columns.filter((column) => column !== null))] };
}

function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (bytes[at]! > 0x7f) return decodeUtf8(bytes, start, end) !== null;
  }
  return true;
}

function readRevision(bytes: Uint8Array, start: number, end: number): number | Problem {
  const text = decodeUtf8(bytes, start, Math.min(end, start + 20)) ?? '';
  const revision = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return revision >= 1 && revision <= revisionMax
    ? revision
    : problem('row_revision_malformed', { value: shown(text) });
}
