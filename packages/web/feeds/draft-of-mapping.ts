// SPDX-License-Identifier: Apache-2.0
// The form of a mapping, or null where the mapping says what the form cannot hold: several files, dated attributes,
// tables to look things up in, control totals, or a mistake. Nothing of a mapping is ever dropped by it.
import {
  emptyDraft,
  emptyField,
  type FeedDraft,
  type FieldDraft,
  type FilterDraft,
  type Format,
  formatOf,
  type Mapping,
  type Mode,
} from './draft.ts';

type Keys = Readonly<Record<string, unknown>>;

const sourceKeys: ReadonlySet<string> = new Set([
  ...['file', 'format', 'delimiter', 'columns', 'fact', 'id', 'revision', 'mode', 'fields'],
  ...['only', 'without', 'completeThrough'],
]);
const fieldKeys: ReadonlySet<string> = new Set([
  ...['column', 'constant', 'row', 'date', 'number', 'currency', 'map', 'emptyWhen', 'empty'],
]);
const formats: readonly Format[] = ['csv', 'json', 'jsonl', 'columns'];

/** @param mode of the feed: a file that names another is more than the form holds. */
export function draftOf(mapping: Mapping, mode: Mode): FeedDraft | null {
  const { sources, ...others } = mapping;
  if (Object.keys(others).length > 0 || !Array.isArray(sources) || sources.length !== 1) return null;
  const source = keysOf(sources[0]);
  if (source === null || Object.keys(source).some((key) => !sourceKeys.has(key))) return null;
  if (source['mode'] !== undefined && source['mode'] !== mode) return null;
  const [file, fact] = [textOf(source['file']), textOf(source['fact'])];
  if (file === null || fact === null) return null;
  const format = formats.find((one) => one === (source['format'] ?? formatOf(file)));
  const delimiter = textOf(source['delimiter'] ?? (/\.tsv$/i.test(file) ? 'tab' : ','));
  const columns = textsOf(source['columns'] ?? []);
  const id = textsOf(source['id']);
  const revision = textOf(source['revision'] ?? '');
  const completeThrough = textOf(source['completeThrough'] ?? '');
  const fields = fieldsOf(source['fields']);
  const filters = [filtersOf('only', source['only']), filtersOf('without', source['without'])];
  if (format === undefined || delimiter === null || columns === null || id === null) return null;
  if (revision === null || completeThrough === null || fields === null) return null;
  if (filters.some((list) => list === null)) return null;
  return {
    ...emptyDraft,
    ...{ file, format, columns, fact, revision, completeThrough, fields },
    delimiter: delimiter === '\t' || delimiter === '\\t' ? 'tab' : delimiter,
    id: id.length === 1 && id[0] === 'row' ? [] : id,
    filters: filters.flatMap((list) => list ?? []),
  };
}

function fieldsOf(given: unknown): FeedDraft['fields'] | null {
  const keys = keysOf(given);
  if (keys === null) return null;
  const read = Object.entries(keys).map(([name, value]) => [name, fieldOf(value)] as const);
  if (read.some(([, field]) => field === null)) return null;
  return Object.fromEntries(read) as FeedDraft['fields'];
}

function fieldOf(given: unknown): FieldDraft | null {
  const column = textOf(given);
  if (column !== null) return { ...emptyField, text: column };
  const keys = keysOf(given);
  if (keys === null || Object.keys(keys).some((key) => !fieldKeys.has(key))) return null;
  const origins = (['constant', 'row', 'column'] as const).filter((key) => keys[key] !== undefined);
  const [from] = origins;
  if (origins.length !== 1 || from === undefined || (from === 'row' && keys['row'] !== true)) return null;
  const text = from === 'row' ? '' : textOf(keys[from]);
  const dates = textsOf(keys['date'] ?? []);
  const number = textOf(keys['number'] ?? '');
  const emptyWhen = textsOf(keys['emptyWhen'] ?? []);
  const empty = (['missing', 'open', 'reject'] as const).find((one) => one === keys['empty']) ?? '';
  const map = mapOf(keys['map'] ?? {});
  const currency = currencyOf(keys['currency']);
  if (text === null || dates === null || number === null || emptyWhen === null || map === null) return null;
  if (currency === undefined || (keys['empty'] !== undefined && empty === '')) return null;
  return { from, text, dates, number, currency, map, emptyWhen, empty };
}

function currencyOf(given: unknown): FieldDraft['currency'] | undefined {
  if (given === undefined) return null;
  const code = textOf(given);
  if (code !== null) return { code };
  const keys = keysOf(given);
  const column = textOf(keys?.['column']);
  return keys === null || column === null || Object.keys(keys).length !== 1 ? undefined : { column };
}

function mapOf(given: unknown): FieldDraft['map'] | null {
  const pairs = Object.entries(keysOf(given) ?? {}).map(([theirs, ours]) => [theirs, textOf(ours)] as const);
  return pairs.some(([, ours]) => ours === null) ? null : (pairs as [string, string][]);
}

function filtersOf(rule: FilterDraft['rule'], given: unknown): readonly FilterDraft[] | null {
  if (given === undefined) return [];
  const keys = keysOf(given);
  if (keys === null) return null;
  const read = Object.entries(keys).map(([column, is]) => ({ rule, column, is: textsOf(is) }));
  return read.some(({ is }) => is === null) ? null : (read as FilterDraft[]);
}

function keysOf(given: unknown): Keys | null {
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Keys) : null;
}

function textOf(given: unknown): string | null {
  return typeof given === 'string' ? given : typeof given === 'number' ? `${given}` : null;
}

function textsOf(given: unknown): readonly string[] | null {
  const texts = (Array.isArray(given) ? given : [given]).map(textOf);
  return texts.some((text) => text === null) ? null : (texts as string[]);
}
