// SPDX-License-Identifier: Apache-2.0
// Which sets each row of a table belongs to, as a bit for each. A condition is computed once, for all sets and choices
// that it goes into. Rows that do not count by the day of evaluation have bits too, but are never the chosen ones.

import { openDay } from '../../program/columns.ts';
import { type Choice, type Membership, type RowOrder, tieOrder } from './fact-set.ts';
import type { Stage } from './plan.ts';
import { countingDays } from './row-formula.ts';
import { forEachSpan, type Span } from './span.ts';

export type Tags = Uint8Array | Uint32Array;

export interface TaggedRows {
  /** By row: a bit for each set that it belongs to. */
  readonly tags: Tags;
  /** Rows of which it is not known whether they belong to some set, in their order. */
  readonly unknown: readonly number[];
}

/** Tags all rows of a stage. `isTied`: rows of one day stand in their declared order. */
export function taggedRows(stage: Stage, isTied: boolean): TaggedRows {
  const { length } = stage.scope.table;
  const tags: Tags = stage.sets.length <= 8 ? new Uint8Array(length) : new Uint32Array(length);
  const unknown = new Set<number>();
  const conditions = new Map<Membership, Uses>();
  const usesOf = (condition: Membership): Uses => {
    const uses = conditions.get(condition) ?? { bits: 0, choices: [] };
    conditions.set(condition, uses);
    return uses;
  };
  const chosen = stage.sets.map(({ test, choice }, set): Chosen | null => {
    if (choice === null) {
      usesOf(test).bits |= 1 << set;
      return null;
    }
    const own = newChosen(stage, choice, isTied);
    usesOf(choice.candidate).choices.push(own);
    return own;
  });
  const pass = (wanted: ReadonlyMap<Membership, Uses>): void => {
    forEachSpan(length, (span) => {
      const truths = span.borrow();
      for (const [condition, uses] of wanted) {
        condition.many(span, truths);
        useTruths(stage, span, truths, uses, tags, unknown);
      }
      span.release(truths);
    });
  };
  pass(conditions);
  // A set that asks more of the chosen rows than was asked of the candidates.
  const narrower = new Map<Membership, Uses>();
  stage.sets.forEach(({ test, choice }, set) => {
    const best = chosen[set] ?? null;
    if (best === null || choice === null) return;
    if (test !== choice.candidate)
      narrower.set(test, { bits: 0, choices: [], among: { best, bit: 1 << set } });
    else for (const row of best.rows) if (row !== -1) tags[row]! |= 1 << set;
  });
  if (narrower.size > 0) pass(narrower);
  return { tags, unknown: [...unknown].sort((a, b) => a - b) };
}

/** What the truth of a condition goes into. */
interface Uses {
  bits: number;
  readonly choices: Chosen[];
  /** A set of chosen rows for which it decides, too. */
  readonly among?: { readonly best: Chosen; readonly bit: number };
}

/** By the code of a choice: the chosen row, or −1, and its day. */
interface Chosen {
  readonly each: Choice['each'];
  readonly isFirst: boolean;
  /** Null where rows of one day stand in their order. */
  readonly ties: RowOrder | null;
  readonly rows: Int32Array;
  readonly days: Int32Array;
}

function newChosen(stage: Stage, { kind, each }: Choice, isTied: boolean): Chosen {
  const codes = each.dictionary.texts.length;
  const isFirst = kind === 'first';
  const ties = tieOrder(stage.scope);
  const inOrder: RowOrder = isFirst ? ties : (a, b) => ties(b, a);
  return {
    each,
    isFirst,
    ties: isTied ? null : inOrder,
    rows: new Int32Array(codes).fill(-1),
    days: new Int32Array(codes),
  };
}

function useTruths(
  stage: Stage,
  span: Span,
  truths: Float64Array,
  { bits, choices, among }: Uses,
  tags: Tags,
  unknown: Set<number>,
): void {
  noteUnknown(span, truths, unknown);
  if (bits !== 0) tagMembers(span, truths, tags, bits);
  const { table, asOf } = stage.scope;
  const days = countingDays(stage.scope).values;
  const links = span.borrowCodes();
  for (const chosen of choices) {
    chosen.each.many(span, links);
    noteUnlinked(span, truths, links, unknown);
    if (table.gone.size > 0) clearGone(table.gone, span, truths);
    choose(span, truths, links, days, asOf, chosen);
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

function noteUnknown({ firstRow, count }: Span, truths: Float64Array, unknown: Set<number>): void {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += truths[index]!;
  if (!Number.isNaN(sum)) return;
  for (let index = 0; index < count; index += 1) {
    if (Number.isNaN(truths[index]!)) unknown.add(firstRow + index);
  }
}

function noteUnlinked(
  { firstRow, count }: Span,
  truths: Float64Array,
  links: Int32Array,
  unknown: Set<number>,
): void {
  let all = 0;
  for (let index = 0; index < count; index += 1) all |= links[index]!;
  if (all >= 0) return;
  for (let index = 0; index < count; index += 1) {
    if (truths[index] === 1 && links[index]! < 0) unknown.add(firstRow + index);
  }
}

/** No branch asks which rows are members, since that cannot be guessed. */
function tagMembers({ firstRow, count }: Span, truths: Float64Array, tags: Tags, bits: number): void {
  for (let index = 0; index < count; index += 1) {
    const row = firstRow + index;
    tags[row] = tags[row]! | (bits * Number(truths[index] === 1));
  }
}

function clearGone(gone: ReadonlySet<number>, { firstRow, count }: Span, truths: Float64Array): void {
  for (let index = 0; index < count; index += 1) if (gone.has(firstRow + index)) truths[index] = 0;
}

function choose(
  { firstRow, count }: Span,
  truths: Float64Array,
  links: Int32Array,
  onDays: Int32Array,
  asOf: number,
  { isFirst, ties, rows, days }: Chosen,
): void {
  const sign = isFirst ? 1 : -1;
  // Where rows stand in their order, a later one of the same day is never the first, and always the last.
  const sameDay = ties !== null || !isFirst ? 0 : -1;
  for (let index = 0; index < count; index += 1) {
    const code = links[index]!;
    if (code < 0) continue;
    const row = firstRow + index;
    const day = onDays[row]!;
    // The surest question first: most rows come too late.
    const later = (day - days[code]!) * sign;
    if (later > sameDay && rows[code] !== -1) continue;
    if (truths[index] !== 1 || day <= openDay || day > asOf) continue;
    if (later === 0 && ties !== null && rows[code] !== -1 && ties(row, rows[code]!) > 0) continue;
    rows[code] = row;
    days[code] = day;
  }
}
