// SPDX-License-Identifier: Apache-2.0
// How a field is filled: `Amount: close_value`, or with more to say
// `Amount: { column: close_value, currency: USD, number: "1,234.56" }`. The whole list of keys stands below.

import { areAmbiguous, dateFormat, isoFormat, timestampFormat } from './date-format.ts';
import type { CellSource, EmptyRule, FieldMapping } from './feed.ts';
import { numberFormat, plainNumber } from './number-format.ts';
import { type ObjectReader, scalarText } from './plain-object.ts';

const standardDates = [isoFormat, timestampFormat];

/** Reads the mapping below a key: a column's name alone, or keys. */
export function readMapping(parent: ObjectReader, key: string, tables: readonly string[]): FieldMapping {
  const name = scalarText(parent.raw(key));
  if (name !== null) return plainMapping({ kind: 'column', column: name });
  const reader = parent.below(key);
  const mapping: FieldMapping = {
    source: readSource(reader, tables),
    dates: readDates(reader),
    number: readNumber(reader),
    currency: readCurrency(reader),
    map: readMap(reader),
    emptyWhen: reader.texts('emptyWhen') ?? [],
    empty: readEmpty(reader),
  };
  reader.finish();
  return mapping;
}

function plainMapping(source: CellSource): FieldMapping {
  return {
    source,
    dates: standardDates,
    number: plainNumber,
    currency: null,
    map: new Map(),
    emptyWhen: [],
    empty: null,
  };
}

/** `column`, `constant`, `row: true`, or `column` with `in` (a table) and `by` (an own column). */
function readSource(reader: ObjectReader, tables: readonly string[]): CellSource {
  if (reader.has('constant')) return { kind: 'constant', text: reader.text('constant') ?? '' };
  if (reader.has('row')) return { kind: 'row' };
  const column = reader.requiredText('column');
  const table = reader.text('in');
  if (table === null) return { kind: 'column', column };
  if (!tables.includes(table)) {
    reader.complain('feed_table_unknown', { table, known: tables.join(', ') || 'none' }, 'in');
  }
  return { kind: 'lookup', table, by: reader.requiredText('by'), column };
}

function readDates(reader: ObjectReader): FieldMapping['dates'] {
  const texts = reader.texts('date');
  if (texts === null) return standardDates;
  const formats = texts.flatMap((text) => {
    const format = dateFormat(text);
    if (format !== null) return [format];
    const expected = 'YYYY, MM or M, DD or D and signs between them; ISO; timestamp';
    reader.complain('feed_malformed', { expected, found: text }, 'date');
    return [];
  });
  if (areAmbiguous(formats))
    reader.complain('feed_dates_ambiguous', { formats: texts.join(' and ') }, 'date');
  return formats;
}

function readNumber(reader: ObjectReader): FieldMapping['number'] {
  const example = reader.text('number');
  if (example === null) return plainNumber;
  const format = numberFormat(example);
  if (format === null) {
    const expected = 'an example of one and a quarter thousand: "1,234.56", "1.234,56", "1234,56"';
    reader.complain('feed_malformed', { expected, found: example }, 'number');
  }
  return format ?? plainNumber;
}

function readCurrency(reader: ObjectReader): FieldMapping['currency'] {
  const value = reader.raw('currency');
  if (value === undefined) return null;
  const code = scalarText(value);
  if (code !== null) return { code };
  const below = reader.below('currency');
  const currency = { column: below.requiredText('column') };
  below.finish();
  return currency;
}

function readMap(reader: ObjectReader): ReadonlyMap<string, string> {
  const map = reader.below('map');
  return new Map(map.keys().map((text) => [text, map.text(text) ?? '']));
}

function readEmpty(reader: ObjectReader): EmptyRule | null {
  return reader.has('empty') ? reader.oneOf<EmptyRule>('empty', ['missing', 'open', 'reject']) : null;
}
