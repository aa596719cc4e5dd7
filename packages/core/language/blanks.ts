// SPDX-License-Identifier: Apache-2.0
// A program with other values in its blanks: what-if, negotiation, values set on notice. The value is read by the
// blank's type, and tables must still be sound with it.

import type { Blank } from '../program/declaration.ts';
import type { Diagnostic } from '../program/diagnostic.ts';
import type { Program } from '../program/program.ts';
import type { Type } from '../program/type.ts';
import type { Scalar } from '../program/value.ts';
import { currency } from '../values/asset.ts';
import { parseIsoDay } from '../values/date.ts';
import { parseDuration } from '../values/duration.ts';
import { divide, isTerminating, parseDecimal, type Rational, rational } from '../values/rational.ts';
import { nearestName } from './check/lookup.ts';
import { postsOf } from './check/posting.ts';
import { indexOf } from './check/program-index.ts';
import { newReport } from './check/report.ts';
import { tableProblems } from './check/table-checks.ts';
import { assetOf, typeText } from './check/types.ts';

export type WithBlank = { readonly program: Program } | { readonly diagnostics: readonly Diagnostic[] };

/** The program with another value in one blank: `"4.75%"`, `"USD 12,000"`, `"90 days"`. */
export function withBlank(program: Program, name: string, valueText: string): WithBlank {
  return withBlanks(program, { [name]: valueText });
}

/** The program with other values in several blanks at once, so that bounds of a table may move together. */
export function withBlanks(program: Program, values: Readonly<Record<string, string>>): WithBlank {
  const diagnostics: Diagnostic[] = [];
  const changed = new Map<string, Blank>();
  for (const [name, text] of Object.entries(values)) {
    const blank = program.blanks.find((candidate) => candidate.id === name);
    if (blank === undefined) {
      diagnostics.push(unknownBlank(program, name));
      continue;
    }
    const value = readValue(blank.type, text.trim(), blank.value);
    if (value === null) {
      const facts = { found: `"${text}"`, expected: wantedText(blank.type) };
      diagnostics.push({ code: 'type_mismatch', severity: 'error', at: blank.at, facts, related: [] });
    } else changed.set(name, { ...blank, value, text: text.trim() });
  }
  if (diagnostics.length > 0) return { diagnostics };
  const blanks = program.blanks.map((blank) => changed.get(blank.id) ?? blank);
  return sound({ ...program, blanks });
}

/** What a value for a blank looks like, with an example: an author who got it wrong needs the form, not the type. */
function wantedText(type: Type): string {
  if (type.kind === 'duration') return 'a length of time such as 90 days';
  if (type.kind === 'date') return 'a date that exists, such as 2026-03-31';
  if (type.kind === 'yesNo') return 'yes or no';
  if (type.kind === 'choice') return `one of ${type.options.join(', ')}`;
  if (type.kind !== 'quantity') return typeText(type);
  if (type.flavour === 'percent') return 'a percentage such as 4.75%';
  if (type.flavour === 'count') return 'a whole number such as 40';
  const asset = assetOf(type);
  if (asset === null) return 'a number such as 1,200.5';
  return currency(asset) === null
    ? `an amount such as 1,200 ${asset}`
    : `an amount in ${asset} such as ${asset} 1,200`;
}

function sound(program: Program): WithBlank {
  const report = newReport();
  const index = indexOf(program);
  for (const table of program.tables) tableProblems(report, table, index.blanks);
  if (report.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
    return { diagnostics: report.diagnostics };
  }
  const clauses = program.clauses.map((clause) => ({ ...clause, posts: postsOf(clause, index) }));
  return { program: { ...program, clauses } };
}

function unknownBlank(program: Program, name: string): Diagnostic {
  const nearest =
    nearestName(
      name,
      program.blanks.map((blank) => blank.id),
    ) ?? '';
  const start = { offset: 0, line: 1, column: 1 };
  const at = { source: '', start, end: start };
  const facts = { name, wanted: 'blank', nearest, known: '' };
  return { code: 'name_unknown', severity: 'error', at, facts, related: [] };
}

/**
 * The value that a text says for a type, or null. An amount may stand without its currency or asset, since the type
 * names the only one it can be; a number of days may stand alone where the present value is in days. A percentage
 * always needs its sign: 5 could be meant as 5% or as 500%.
 */
export function readValue(type: Type, text: string, present: Scalar | null = null): Scalar | null {
  switch (type.kind) {
    case 'quantity':
      return quantityOf(type, text);
    case 'duration': {
      const isInDays = present?.kind === 'duration' && present.value.months === 0;
      const value = parseDuration(isInDays && /^\d+$/.test(text) ? `${text} days` : text);
      return value === null ? null : { kind: 'duration', value };
    }
    case 'date': {
      const value = parseIsoDay(text);
      return value === null ? null : { kind: 'date', value };
    }
    case 'text':
      return { kind: 'text', value: unquoted(text) };
    case 'choice':
      return type.options.includes(unquoted(text)) ? { kind: 'text', value: unquoted(text) } : null;
    case 'yesNo':
      return text === 'yes' || text === 'no' ? { kind: 'yesNo', value: text === 'yes' } : null;
    case 'party':
    case 'fact':
      return text === '' ? null : { kind: type.kind, value: unquoted(text) };
    default:
      return null;
  }
}

function unquoted(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1) : text;
}

function quantityOf(type: Type & { kind: 'quantity' }, text: string): Scalar | null {
  const asset = assetOf(type);
  if (type.flavour === 'percent') {
    if (!text.endsWith('%')) return null;
    const number = decimalOf(text.slice(0, -1).trim());
    const value = number === null ? null : divide(number, rational(100));
    return value === null ? null : { kind: 'quantity', value };
  }
  let digits = text;
  if (asset !== null && currency(asset) !== null) {
    if (text.startsWith(`${asset} `)) digits = text.slice(asset.length + 1).trim();
  } else if (asset !== null && text.endsWith(` ${asset}`)) digits = text.slice(0, -asset.length - 1).trim();
  const value = decimalOf(digits);
  if (value === null || !isTerminating(value)) return null;
  return type.flavour === 'count' && value.d !== 1n ? null : { kind: 'quantity', value };
}

/** A number with or without commas between thousands; commas anywhere else make it none. */
function decimalOf(text: string): Rational | null {
  const plain = text.replace('−', '-');
  if (plain.includes(',') && !/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return null;
  return parseDecimal(plain.replaceAll(',', ''));
}
