// SPDX-License-Identifier: Apache-2.0
// What the rows of a clause did to one amount: each row that bounds, multiplies, dates, prorates, releases or vests as
// a node with what it changed, and what returns took back on their own day. Every row is applied by the engine's own
// rules again, in the order in which the engine applies them.
import { merged, type Share, sharesOf, sumOf } from '../engine/reference/attribution.ts';
import { takenBackUnder } from '../engine/reference/clause.ts';
import { loweringsOf } from '../engine/reference/lowering.ts';
import type { FactRecord } from '../engine/reference/order.ts';
import { shareOfPeriod } from '../engine/reference/participation.ts';
import { releaseSteps } from '../engine/reference/release.ts';
import { applyRow, type Occurrence } from '../engine/reference/rows.ts';
import type { Scope } from '../engine/reference/scope.ts';
import type { Clause, Row } from '../program/clause.ts';
import type { Entitlement } from '../program/entitlement.ts';
import type { Expression } from '../program/expression.ts';
import { isoDay } from '../values/date.ts';
import { isZero, multiply, type Rational, subtract } from '../values/rational.ts';
import { quantityFigure } from './figures.ts';
import { readCondition } from './reading-condition.ts';
import { readExpression, readFigure } from './reading-expression.ts';
import { type Place, type Reason, reasonOf } from './reason.ts';
import type { Part } from './why.ts';

/** The rows that act on an amount, and what is left of it; null while a row, or the amount itself, waits. */
export function rowReasons(
  place: Place,
  occurrence: Occurrence,
  before: Rational | null,
): Pick<Part, 'rows' | 'exact'> {
  if (before === null) return { rows: [], exact: null };
  const { clause, record } = occurrence;
  const { scope } = place;
  const rows: Reason[] = [];
  let shares: readonly Share[] =
    record === null
      ? merged(sharesOf(clause.amount, before, clause.asset, scope))
      : [{ record, amount: before, note: 'credit' }];
  for (const row of clause.rows) {
    const words = changeWords(place, occurrence, row);
    if (words === null) continue;
    const changed = applyRow(row, shares, occurrence, scope);
    if ('for' in changed) {
      rows.push({ label: words, figure: 'waits', exact: null, fact: null, parts: partsOf(place, row) });
      return { rows, exact: null };
    }
    const change = subtract(sumOf(changed.shares), sumOf(shares));
    rows.push(changeReason(place, clause, row, words, change));
    shares = changed.shares;
  }
  const earned = sumOf(shares);
  let released = earned;
  for (const { row, split } of releaseSteps(occurrence, scope, [])) {
    const now = multiply(earned, split.released);
    rows.push(changeReason(place, clause, row, releaseWords(place, row), subtract(now, released)));
    released = now;
  }
  return { rows, exact: released };
}

function changeReason(place: Place, clause: Clause, row: Row, label: string, change: Rational): Reason {
  const figure = isZero(change) ? 'no change' : quantityFigure(clause.amount.type, change);
  return { label, figure, exact: change, fact: null, parts: partsOf(place, row) };
}

/** The words of a row that changes the amount; null for any other row. */
function changeWords(place: Place, occurrence: Occurrence, row: Row): string | null {
  const { voice, scope } = place;
  switch (row.kind) {
    case 'at most':
    case 'at least':
      return `${row.kind} ${readExpression(voice, row.limit)}`;
    case 'times':
      return `times ${readExpression(voice, row.factor)}`;
    case 'during': {
      const from = row.from === null ? '' : ` from ${readFigure(voice, row.from)}`;
      const through = row.through === null ? '' : ` through ${readFigure(voice, row.through)}`;
      return `only what counts${from}${through}`;
    }
    case 'prorated': {
      const { clause, payee, period } = occurrence;
      if (period === null) return null;
      const { parts, whole } = shareOfPeriod(scope.world, clause.payee.party, payee, period, row.by);
      return `in proportion to the ${row.by}: ${parts} of ${whole}`;
    }
    default:
      return null;
  }
}

function releaseWords({ voice }: Place, row: Row): string {
  switch (row.kind) {
    case 'released when':
      return `held until ${readCondition(voice, row.condition)}`;
    case 'released in share':
      return `released in the share that ${readExpression(voice, row.part)} bears to ${readExpression(voice, row.whole)}`;
    case 'held back': {
      const end =
        row.until !== null
          ? ` until ${readCondition(voice, row.until)}`
          : row.through !== null
            ? ` through ${readExpression(voice, row.through)}`
            : '';
      return `held back ${readFigure(voice, row.share)}${end}`;
    }
    case 'vests':
      return `vests in ${readFigure(voice, row.parts)} equal parts, one every ${readFigure(voice, row.every)} after ${readExpression(voice, row.from)}`;
    default:
      throw new Error(`A row ${row.kind} releases nothing.`);
  }
}

/** What a row rests on: its condition, and what it reads, where that is more than a term of the agreement. */
function partsOf(place: Place, row: Row): readonly Reason[] {
  return readBy(row).flatMap((part) =>
    part === null || part.kind === 'literal' || part.kind === 'blank' ? [] : [reasonOf(place, part)],
  );
}

function readBy(row: Row): readonly (Expression | null)[] {
  switch (row.kind) {
    case 'at most':
    case 'at least':
      return [row.when, row.limit];
    case 'times':
      return [row.when, row.factor];
    case 'released when':
      return [row.condition];
    case 'released in share':
      return [row.part, row.whole];
    case 'held back':
      return [row.share, row.until, row.through];
    case 'vests':
      return [row.from];
    default:
      return [];
  }
}

/** What returns took back of a key on their own day, each with the sale that it lowers. */
export function takenBackParts(top: Scope, clause: Clause, key: Entitlement): readonly Part[] {
  const type = clause.amount.type;
  return takenBackUnder(clause, top)
    .filter(({ payee, period }) => payee === key.payee && (period?.label ?? '') === key.period)
    .flatMap(({ portions }) => portions)
    .flatMap(({ record, amount }): readonly Part[] => {
      if (record === null) return [];
      const { kind, id } = record.fact;
      const what = clause.returns === 'what was paid' ? 'was paid for' : 'was earned by';
      const label = `of ${isoDay(record.day)} takes back of what ${what} ${loweredBy(record, top)}`;
      const figure = quantityFigure(type, amount);
      const reason = { label, figure, exact: amount, fact: { kind, id }, parts: [] };
      return [{ fact: { kind, id }, reason, rows: [], exact: amount }];
    });
}

/** The sale that a return lowers: "Order O-1". */
function loweredBy(returned: FactRecord, { world }: Scope): string {
  for (const kind of world.program.factKinds)
    for (const lowering of loweringsOf(world, kind.id)) {
      const link = returned.fact.fields[lowering.link];
      if (lowering.kind.id === returned.kind && link?.kind === 'fact') return `${kind.id} ${link.value}`;
    }
  return 'the sale';
}
