// SPDX-License-Identifier: Apache-2.0
// From the plain object of a feed file to a Feed. Everything that is wrong is said at once, each with the path of
// the key; null comes back only when something is wrong. Names of the agreement are checked when facts are made.

import type { Diagnostic } from '../program/diagnostic.ts';
import { type Day, parseIsoDay } from '../values/date.ts';
import type { Feed, FileFormat, LookupTable, RowFilter, Source } from './feed.ts';
import { ObjectReader, scalarText } from './plain-object.ts';
import { diagnosticOf, type Problem } from './problem.ts';
import { readMapping } from './read-mapping.ts';

/** Reads a feed; `source` is the name of its file, for the findings. */
export function readFeed(
  value: unknown,
  source = 'feed.yaml',
): { readonly feed: Feed | null; readonly diagnostics: readonly Diagnostic[] } {
  const problems: Problem[] = [];
  const reader = new ObjectReader(value, '', problems);
  const tables = new Map<string, LookupTable>();
  const given = reader.below('tables');
  for (const name of given.keys()) {
    const table = given.below(name);
    tables.set(name, { ...readFormat(table), key: table.requiredText('key') });
    table.finish();
  }
  const list = reader.raw('sources');
  const items = Array.isArray(list) ? (list as readonly unknown[]) : [];
  if (items.length === 0) reader.complain('feed_key_missing', { key: 'sources' });
  const sources = items.flatMap((item, index) => {
    const read = readSource(new ObjectReader(item, `sources.${index}`, problems), [...tables.keys()]);
    return read === null ? [] : [read];
  });
  reader.finish();
  return {
    feed: problems.length === 0 ? { sources, tables } : null,
    diagnostics: problems.map((found) => diagnosticOf(found, source, 0)),
  };
}

const formats: Readonly<Record<string, FileFormat['format']>> = {
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  txt: 'columns',
};

function readFormat(reader: ObjectReader): FileFormat {
  const file = reader.requiredText('file');
  const extension = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  const guessed = formats[extension] ?? 'csv';
  const format = reader.has('format') ? reader.oneOf('format', ['csv', 'json', 'jsonl', 'columns']) : guessed;
  const delimiter = reader.text('delimiter') ?? (extension === 'tsv' ? '\t' : ',');
  const sign = delimiter === '\\t' || delimiter === 'tab' ? '\t' : delimiter;
  if (sign.length !== 1 || sign.charCodeAt(0) > 126 || /["\r\n]/.test(sign)) {
    reader.complain(
      'feed_malformed',
      { expected: 'one sign, such as ; or tab', found: delimiter },
      'delimiter',
    );
  }
  const columns = reader.texts('columns');
  if (format === 'columns' && columns === null) reader.complain('feed_key_missing', { key: 'columns' });
  return { file, format, delimiter: sign.charCodeAt(0), columns };
}

function readSource(reader: ObjectReader, tables: readonly string[]): Source | null {
  const format = readFormat(reader);
  const becomes = reader.has('fact') ? readFact(reader, tables) : readAttribute(reader, tables);
  const source = {
    ...format,
    mode: reader.oneOf('mode', ['events', 'snapshot']),
    filters: [...readFilters(reader, 'only'), ...readFilters(reader, 'without')],
    completeThrough: readDay(reader, 'completeThrough'),
    control: readControl(reader),
  };
  reader.finish();
  return becomes === null ? null : { ...source, becomes };
}

function readFact(reader: ObjectReader, tables: readonly string[]): Source['becomes'] {
  const id = reader.texts('id');
  if (id === null) reader.complain('feed_key_missing', { key: 'id' });
  const fields = reader.below('fields');
  const names = fields.keys();
  if (names.length === 0) reader.complain('feed_key_missing', { key: 'fields' });
  return {
    kind: 'fact',
    factKind: reader.requiredText('fact'),
    id: id?.length === 1 && id[0] === 'row' ? null : (id ?? []),
    revision: reader.text('revision'),
    fields: new Map(names.map((name) => [name, readMapping(fields, name, tables)])),
  };
}

function readAttribute(reader: ObjectReader, tables: readonly string[]): Source['becomes'] | null {
  if (!reader.has('attribute')) {
    reader.complain('feed_key_missing', { key: 'fact" or "attribute' });
    return null;
  }
  const words = /^(.+) of (.+)$/.exec(reader.requiredText('attribute'));
  if (words === null) {
    const expected = 'an attribute of a party, such as Manager of Representative';
    reader.complain('feed_malformed', { expected, found: reader.text('attribute') ?? '' }, 'attribute');
    return null;
  }
  for (const key of ['of', 'value']) if (!reader.has(key)) reader.complain('feed_key_missing', { key });
  const isAlways = reader.text('from') === 'always' || !reader.has('from');
  return {
    kind: 'attribute',
    attribute: words[1]!,
    party: words[2]!,
    of: readMapping(reader, 'of', tables),
    value: readMapping(reader, 'value', tables),
    from: isAlways ? null : readMapping(reader, 'from', tables),
    through: reader.has('through') ? readMapping(reader, 'through', tables) : null,
  };
}

function readFilters(reader: ObjectReader, rule: RowFilter['rule']): RowFilter[] {
  const filters = reader.below(rule);
  return filters.keys().map((column) => ({ rule, column, is: filters.texts(column) ?? [''] }));
}

function readDay(reader: ObjectReader, key: string): Day | null {
  const text = reader.text(key);
  if (text === null) return null;
  const day = parseIsoDay(text);
  if (day === null)
    reader.complain('feed_malformed', { expected: 'a date such as 2017-12-31', found: text }, key);
  return day;
}

function readControl(reader: ObjectReader): Source['control'] {
  if (!reader.has('control')) return null;
  const control = reader.below('control');
  const rows = control.text('rows');
  if (rows !== null && !/^\d{1,15}$/.test(rows)) {
    control.complain('feed_malformed', { expected: 'a whole number', found: rows }, 'rows');
  }
  const sums = control.below('sums');
  const read = new Map(
    sums.keys().map((name) => {
      const text = scalarText(sums.raw(name)) ?? '';
      if (!/^-?\d+(\.\d+)?$/.test(text)) {
        sums.complain('feed_malformed', { expected: 'a number such as "1234.50"', found: text }, name);
      }
      return [name, text] as const;
    }),
  );
  control.finish();
  return { rows: rows === null ? null : Number(rows), sums: read };
}
