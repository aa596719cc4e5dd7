// SPDX-License-Identifier: Apache-2.0
// Loads all the files of a feed into a store of facts, with the account of every row. First the names that the feed
// uses are checked against the agreement; a source with a wrong name is not read, the others are.

import type { Diagnostic } from '../program/diagnostic.ts';
import { type FactStore, factAt, storeBuilder } from '../program/fact-store.ts';
import type { Entry } from '../program/log.ts';
import type { Program } from '../program/program.ts';
import { add, equals, formatDecimal, parseDecimal, type Rational, zero } from '../values/rational.ts';
import { loadAttributeRows } from './attribute-rows.ts';
import { closestName } from './closest-name.ts';
import { loadFactRows } from './fact-rows.ts';
import type { Feed, FieldMapping, Source } from './feed.ts';
import { Loading } from './loading.ts';
import { type Lookups, readLookups } from './lookup-table.ts';
import { diagnosticOf, type Problem, problem } from './problem.ts';
import { type FeedReport, type RowAccount, rowStates, type SourceReport } from './report.ts';

/** The files by name, as chunks of bytes; null when there is no such file. */
export type OpenFile = (file: string) => Iterable<Uint8Array> | null;

export interface Loaded {
  readonly store: FactStore;
  readonly report: FeedReport;
}

/** Facts out of files. Never throws, whatever the files hold; reading stops for nothing but a missing file. */
export function factsFromFeed(feed: Feed, open: OpenFile, program: Program): Loaded {
  const store = storeBuilder(program, 1024);
  const findings: Diagnostic[] = [];
  const lookups = openLookups(feed, open, findings);
  const loading = new Loading(program, store, lookups);
  const sources: SourceReport[] = [];
  for (const source of feed.sources) {
    const problems = checkNames(source, program);
    for (const found of problems) loading.report(found, source.file, 0);
    if (problems.length > 0) continue;
    const chunks = open(source.file);
    if (chunks === null) {
      loading.report(problem('file_not_found'), source.file, 0);
      continue;
    }
    const report = accountOf(source, loadSource(source, chunks, program, loading));
    for (const { what, theirs, ours } of report.differences) {
      loading.report(problem('file_control_total', { what, theirs, ours }), source.file, 0);
    }
    sources.push(report);
  }
  findings.push(...loading.diagnostics);
  return { store, report: { sources, diagnostics: findings, latest: loading.latest } };
}

/** The entries of a log that say the same as the store. */
export function entriesOfStore(store: FactStore): Entry[] {
  const entries: Entry[] = [];
  for (const [kind, table] of store.tables) {
    for (let row = 0; row < table.length; row += 1) {
      if (!table.gone.has(row))
        entries.push({ kind: 'fact', fact: factAt(store, kind, row), recordedOn: null });
    }
  }
  for (const fact of store.attributes) entries.push({ kind: 'attribute', fact, recordedOn: null });
  return entries;
}

function loadSource(
  source: Source,
  chunks: Iterable<Uint8Array>,
  program: Program,
  loading: Loading,
): RowAccount {
  const { becomes } = source;
  if (becomes.kind === 'fact') return loadFactRows({ ...source, becomes }, chunks, loading);
  const party = program.parties.find(({ id }) => id === becomes.party)!;
  return loadAttributeRows({ ...source, becomes }, chunks, party, loading);
}

function openLookups(feed: Feed, open: OpenFile, findings: Diagnostic[]): ReadonlyMap<string, Lookups> {
  const mappings = feed.sources.flatMap(({ becomes }): readonly (FieldMapping | null)[] =>
    becomes.kind === 'fact'
      ? [...becomes.fields.values()]
      : [becomes.of, becomes.value, becomes.from, becomes.through],
  );
  const lookups = new Map<string, Lookups>();
  for (const [name, table] of feed.tables) {
    const columns = mappings.flatMap((mapping) =>
      mapping?.source.kind === 'lookup' && mapping.source.table === name ? [mapping.source.column] : [],
    );
    const chunks = open(table.file);
    if (chunks === null) findings.push(diagnosticOf(problem('file_not_found'), table.file, 0));
    else {
      const onProblem = (found: Problem, line: number) =>
        findings.push(diagnosticOf(found, table.file, line));
      lookups.set(name, readLookups(table, [...new Set(columns)], chunks, onProblem));
    }
  }
  return lookups;
}

/** Names of the feed that the agreement does not know. */
function checkNames({ becomes }: Source, program: Program): Problem[] {
  const unknown = (
    code: string,
    name: string,
    known: readonly string[],
    more: Record<string, string> = {},
  ) => {
    const closest = closestName(name, known);
    return problem(code, {
      name,
      known: known.join(', '),
      ...(closest === null ? {} : { closest }),
      ...more,
    });
  };
  if (becomes.kind === 'attribute') {
    const party = program.parties.find(({ id }) => id === becomes.party);
    if (party === undefined)
      return [
        unknown(
          'feed_party_unknown',
          becomes.party,
          program.parties.map(({ id }) => id),
        ),
      ];
    const known = [...party.attributes, ...party.fields].map(({ name }) => name);
    return known.includes(becomes.attribute)
      ? []
      : [unknown('feed_field_unknown', becomes.attribute, known, { kind: becomes.party })];
  }
  const kind = program.factKinds.find(({ id }) => id === becomes.factKind);
  if (kind === undefined)
    return [
      unknown(
        'feed_kind_unknown',
        becomes.factKind,
        program.factKinds.map(({ id }) => id),
      ),
    ];
  return [...becomes.fields].flatMap(([name, { currency }]) => {
    const field = kind.fields.find((candidate) => candidate.name === name);
    if (field === undefined)
      return [
        unknown(
          'feed_field_unknown',
          name,
          kind.fields.map((each) => each.name),
          { kind: kind.id },
        ),
      ];
    if (currency === null || 'column' in currency)
      return currency === null || field.type.kind === 'quantity' ? [] : [];
    const expected =
      field.type.kind === 'quantity'
        ? (field.type.unit[0]?.base ?? 'a plain number')
        : `a ${field.type.kind}`;
    return currency.code === expected
      ? []
      : [problem('feed_currency_other', { field: name, currency: currency.code, expected })];
  });
}

/** The account with the differences from what the sender says. */
function accountOf(source: Source, account: RowAccount): SourceReport {
  const states = account.states();
  const rows = account.rows();
  const total = (field: string): Rational =>
    rowStates.reduce((sum, state) => add(sum, states[state].sums.get(field) ?? zero), zero);
  const differences: { what: string; theirs: string; ours: string }[] = [];
  const { control, becomes } = source;
  if (control?.rows !== null && control?.rows !== undefined && control.rows !== rows) {
    differences.push({ what: 'rows', theirs: String(control.rows), ours: String(rows) });
  }
  for (const [field, text] of control?.sums ?? []) {
    const theirs = parseDecimal(text);
    if (theirs === null || !equals(theirs, total(field))) {
      differences.push({ what: `sum of ${field}`, theirs: text, ours: formatDecimal(total(field)) });
    }
  }
  return {
    file: source.file,
    becomes: becomes.kind === 'fact' ? becomes.factKind : `${becomes.attribute} of ${becomes.party}`,
    rows,
    states,
    differences,
    completeThrough: source.completeThrough,
  };
}
