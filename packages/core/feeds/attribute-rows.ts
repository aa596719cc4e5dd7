// SPDX-License-Identifier: Apache-2.0
// Rows that become dated attributes of parties or things: who reports to whom, from when, through when.

import type { Field, PartyKind } from '../program/declaration.ts';
import { type Conversion, convert } from './convert.ts';
import type { FieldMapping, Source } from './feed.ts';
import { type Loading, ownColumn } from './loading.ts';
import { type Problem, problem } from './problem.ts';
import { RowAccount } from './report.ts';
import { cellFilter, filterText } from './row-filter.ts';
import { scanFile } from './scan-file.ts';
import { decodeUtf8 } from './utf8.ts';

type AttributeSource = Source & { readonly becomes: Source['becomes'] & { kind: 'attribute' } };

/** Loads a source; the account of its rows comes back. */
export function loadAttributeRows(
  source: AttributeSource,
  chunks: Iterable<Uint8Array>,
  party: PartyKind,
  loading: Loading,
): RowAccount {
  const account = new RowAccount();
  const { becomes } = source;
  const field = [...party.attributes, ...party.fields].find(({ name }) => name === becomes.attribute)!;
  const ofField: Field = {
    name: party.id,
    type: { kind: 'party', of: party.id },
    mayStayOpen: false,
    one: true,
  };
  const dateField = (name: string): Field => ({ name, type: { kind: 'date' }, mayStayOpen: true, one: true });
  const cells: readonly (readonly [FieldMapping | null, Field])[] = [
    [becomes.of, ofField],
    [becomes.value, field],
    [becomes.from, dateField('from')],
    [becomes.through, dateField('through')],
  ];
  const wanted = [
    ...new Set(
      [
        ...cells.map(([mapping]) => (mapping === null ? null : ownColumn(mapping.source))),
        ...source.filters.map(({ column }) => column),
      ].filter((column) => column !== null),
    ),
  ];
  const filters = source.filters.map((filter) => ({
    column: filter.column,
    name: filterText(filter),
    stays: cellFilter(filter),
  }));
  let indexes: readonly number[] = [];
  let rowNumber = 0;
  const at = (column: string) => indexes[wanted.indexOf(column)]!;

  const failure = scanFile(source, chunks, wanted, {
    columns(found) {
      indexes = found;
    },
    row(bytes, starts, ends, line) {
      rowNumber += 1;
      const textOf = (column: string) => decodeUtf8(bytes, starts[at(column)]!, ends[at(column)]!);
      const filter = filters.find(
        ({ column, stays }) => !stays(bytes, starts[at(column)]!, ends[at(column)]!),
      );
      if (filter !== undefined) {
        account.count('filtered', filter.name);
        return;
      }
      const values = cells.map(([mapping, cellField]): Conversion => {
        if (mapping === null) return null;
        const text = cellText(mapping, textOf, rowNumber, loading);
        return typeof text === 'string'
          ? convert(text, mapping, cellField, loading.program.policies.zone)
          : text;
      });
      const problems = values.flatMap((value, index) => {
        if (value?.kind === 'problem') return [located(value, cells[index]!)];
        return value === null && index < 2 ? [located(problem('row_field_empty'), cells[index]!)] : [];
      });
      if (problems.length > 0) {
        account.count('rejected', problems[0]!.code);
        for (const found of problems) loading.report(found, source.file, line);
        return;
      }
      const [of, value, from, through] = values;
      loading.store.attributes.push({
        party: becomes.party,
        of: of?.kind === 'party' ? of.value : '',
        attribute: becomes.attribute,
        value: value as Exclude<Conversion, Problem | null>,
        from: from?.kind === 'date' ? from.value : null,
        through: through?.kind === 'date' ? through.value : null,
      });
      account.count('taken');
    },
    broken(found, line) {
      rowNumber += 1;
      account.count('rejected', found.code);
      loading.report(found, source.file, line);
    },
  });
  if (failure !== null) loading.report(failure, source.file, 0);
  return account;
}

function located(found: Problem, [mapping, field]: readonly [FieldMapping | null, Field]): Problem {
  const column = mapping === null ? null : ownColumn(mapping.source);
  return problem(found.code, { field: field.name, ...(column === null ? {} : { column }), ...found.facts });
}

function cellText(
  { source }: FieldMapping,
  textOf: (column: string) => string | null,
  rowNumber: number,
  loading: Loading,
): string | Problem {
  if (source.kind === 'constant') return source.text;
  if (source.kind === 'row') return String(rowNumber);
  const text = textOf(source.kind === 'column' ? source.column : source.by);
  if (text === null) return problem('row_not_utf8');
  if (source.kind === 'column' || text === '') return text;
  return (
    loading.lookUpOf(source)?.(text) ?? problem('row_lookup_unknown', { value: text, table: source.table })
  );
}
