// SPDX-License-Identifier: Apache-2.0
// Which sets each row of a table belongs to, as a bit for each. A condition is computed once, for all sets and choices
// that it goes into. Rows that do not count by the day of evaluation have bits too, but are never the chosen ones.

import { openDay } from '../../program/columns.ts';
import { type Choice, type Membership, type RowOrder, type RowSet, tieOrder } from './fact-set.ts';
import { countingDays, type RowScope } from './row-formula.ts';
import { forEachSpan, type Span } from './span.ts';

export type Tags = Uint8Array | Uint32Array;

export interface TaggedRows {
  /** By row: a bit for each set that it belongs to. */
  readonly tags: Tags;
  /** By row: a bit for each set of which it is not known whether the row belongs to it. */
  readonly unknown: ReadonlyMap<number, number>;
}

/** Tags all rows of a table. `isTied`: rows of one day stand in their declared order. */
export function taggedRows(scope: RowScope, sets: readonly RowSet[], isTied: boolean): TaggedRows {
  const { length } = scope.table;
  const tags: Tags = sets.length <= 8 ? new Uint8Array(length) : new Uint32Array(length);
  const unknown = new Map<number, number>();
  const conditions = new Map<Membership, Uses>();
  const usesOf = (condition: Membership, bit: number): Uses => {
    const uses = conditions.get(condition) ?? { bits: 0, asks: 0, choices: [] };
    conditions.set(condition, uses);
    uses.asks |= bit;
    return uses;
  };
  const chosen = sets.map(({ test, choice }, set): Chosen | null => {
    if (choice === null) {
      usesOf(test, 1 << set).bits |= 1 << set;
      return null;
    }
    const own = newChosen(scope, choice, 1 << set, isTied);
    usesOf(choice.candidate, 1 << set).choices.push(own);
    return own;
  });
  const pass = (wanted: ReadonlyMap<Membership, Uses>): void => {
    forEachSpan(length, (span) => {
      const truths = span.borrow();
      for (const [condition, uses] of wanted) {
        condition.many(span, truths);
        useTruths(scope, span, truths, uses, tags, unknown);
      }
      span.release(truths);
    });
  };
  pass(conditions);
  // A set that asks more of the chosen rows than was asked of the candidates.
  const narrower = new Map<Membership, Uses>();
  sets.forEach(({ test, choice }, set) => {
    const best = chosen[set] ?? null;
    if (best === null || choice === null) return;
    const bit = 1 << set;
    if (test !== choice.candidate)
      narrower.set(test, { bits: 0, asks: bit, choices: [], among: { best, bit } });
    else for (const row of best.rows) if (row !== -1) tags[row]! |= bit;
  });
  if (narrower.size > 0) pass(narrower);
  return { tags, unknown };
}

/** What the truth of a condition goes into. */
interface Uses {
  bits: number;
  /** The bits of all sets that ask for it. */
  asks: number;
  readonly choices: Chosen[];
  /** A set of chosen rows for which it decides, too. */
  readonly among?: { readonly best: Chosen; readonly bit: number };
}

/** By the code of a choice: the chosen row, or −1, and its day. */
interface Chosen {
  /** The bit of its set. */
  readonly bit: number;
  readonly each: Choice['each'];
  readonly isFirst: boolean;
  /** Null where rows of one day stand in their order. */
  readonly ties: RowOrder | null;
  readonly rows: Int32Array;
  readonly days: Int32Array;
}

function newChosen(scope: RowScope, { kind, each }: Choice, bit: number, isTied: boolean): Chosen {
  const codes = each.dictionary.texts.length;
  const isFirst = kind === 'first';
  const ties = tieOrder(scope);
  const inOrder: RowOrder = isFirst ? ties : (a, b) => ties(b, a);
  return {
    bit,
    each,
    isFirst,
    ties: isTied ? null : inOrder,
    rows: new Int32Array(codes).fill(-1),
    // No row is so late (or so early) that it would not be taken first.
    days: new Int32Array(codes).fill(isFirst ? lastDay : openDay),
  };
}

const lastDay = 2 ** 31 - 1;

function useTruths(
  scope: RowScope,
  span: Span,
  truths: Float64Array,
  { bits, asks, choices, among }: Uses,
  tags: Tags,
  unknown: Map<number, number>,
): void {
  if (tagMembers(span, truths, tags, bits) > 0) noteUnknown(span, truths, asks, unknown);
  const { table, asOf } = scope;
  const days = countingDays(scope).values;
  const links = span.borrowCodes();
  for (const chosen of choices) {
    chosen.each.many(span, links);
    if (table.gone.size > 0) clearGone(table.gone, span, truths);
    const unlinked =
      chosen.ties === null && chosen.isFirst
        ? chooseFirst(span, truths, links, days, asOf, chosen)
        : choose(span, truths, links, days, asOf, chosen);
    if (unlinked > 0) noteUnlinked(span, truths, links, chosen.bit, unknown);
  }
  if (among !== undefined) {
    const { best, bit } = among;
    best.each.many(span, links);
    for (let index = 0; index < span.count; index += 1) {
      const row = span.firstRow + index;
      if (truths[index] === 1 && links[index]! >= 0 && best.rows[links[index]!] === row) tags[row]! |= bit;
    }
  }
  span.releaseCodes(links);
}

function noteUnknown(
  { firstRow, count }: Span,
  truths: Float64Array,
  bits: number,
  unknown: Map<number, number>,
): void {
  for (let index = 0; index < count; index += 1) {
    if (Number.isNaN(truths[index]!)) note(unknown, firstRow + index, bits);
  }
}

function noteUnlinked(
  { firstRow, count }: Span,
  truths: Float64Array,
  links: Int32Array,
  bits: number,
  unknown: Map<number, number>,
): void {
  for (let index = 0; index < count; index += 1) {
    if (truths[index] === 1 && links[index]! < 0) note(unknown, firstRow + index, bits);
  }
}

function note(unknown: Map<number, number>, row: number, bits: number): void {
  unknown.set(row, (unknown.get(row) ?? 0) | bits);
}

/** No branch asks which rows are members, since that cannot be guessed. Gives how many are not known. */
function tagMembers({ firstRow, count }: Span, truths: Float64Array, tags: Tags, bits: number): number {
  let unknown = 0;
  for (let index = 0; index < count; index += 1) {
    const row = firstRow + index;
    const truth = truths[index]!;
    unknown += Number(Number.isNaN(truth));
    tags[row] = tags[row]! | (bits * Number(truth === 1));
  }
  return unknown;
}

function clearGone(gone: ReadonlySet<number>, { firstRow, count }: Span, truths: Float64Array): void {
  for (let index = 0; index < count; index += 1) if (gone.has(firstRow + index)) truths[index] = 0;
}

/**
 * The usual case, rows in their order: of one day the first row stays. The surest question comes first. Gives how many
 * rows have no link.
 */
function chooseFirst(
  { firstRow, count }: Span,
  truths: Float64Array,
  links: Int32Array,
  onDays: Int32Array,
  asOf: number,
  { rows, days }: Chosen,
): number {
  let unlinked = 0;
  for (let index = 0; index < count; index += 1) {
    const code = links[index]!;
    if (code < 0) {
      unlinked += 1;
      continue;
    }
    const day = onDays[firstRow + index]!;
    // Most rows come too late.
    if (day >= days[code]! || truths[index] !== 1 || day <= openDay || day > asOf) continue;
    rows[code] = firstRow + index;
    days[code] = day;
  }
  return unlinked;
}

function choose(
  { firstRow, count }: Span,
  truths: Float64Array,
  links: Int32Array,
  onDays: Int32Array,
  asOf: number,
  { isFirst, ties, rows, days }: Chosen,
): number {
  const sign = isFirst ? 1 : -1;
  let unlinked = 0;
  for (let index = 0; index < count; index += 1) {
    const code = links[index]!;
    if (code < 0) {
      unlinked += 1;
      continue;
    }
    const row = firstRow + index;
    const day = onDays[row]!;
    const later = (day - days[code]!) * sign;
    if (later > 0 || truths[index] !== 1 || day <= openDay || day > asOf) continue;
    // Where rows stand in their order, a later one of the same day is the last.
    if (later === 0 && rows[code] !== -1 && (ties === null ? isFirst : ties(row, rows[code]!) > 0)) continue;
    rows[code] = row;
    days[code] = day;
  }
  return unlinked;
}
