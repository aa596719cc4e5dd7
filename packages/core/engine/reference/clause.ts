// SPDX-License-Identifier: Apache-2.0
// One clause over everybody and all time: which payees and periods exist for it, the exact amount of each, its rows,
// what is released, and what returns take back. Clauses about points that can be used are folded in points.ts.
import type { Clause, Occasion } from '../../program/clause.ts';
import type { Expression } from '../../program/expression.ts';
import type { Value, WaitingFor } from '../../program/value.ts';
import type { Day } from '../../values/date.ts';
import { addDuration } from '../../values/duration.ts';
import type { Period } from '../../values/period.ts';
import { isDayUnderVersion, scopeInPeriod, underVersion } from './amendment.ts';
import { allCells, type CellsAsked } from './asked.ts';
import { merged, type Share, sharesOf } from './attribution.ts';
import { borneWithin, type Cell, mergedPortions, type Portion } from './cell.ts';
import { answer } from './expression.ts';
import { amountOf } from './given.ts';
import { hasCome } from './horizon.ts';
import type { FactRecord } from './order.ts';
import { partySpan, periodHolding, periodsFrom, periodsOf } from './participation.ts';
import { release } from './release.ts';
import { isValue, numberOf } from './result.ts';
import { type CellReturned, portionsTakenBack, shareTakenBack, takesBack } from './returns.ts';
import { applyRows, type Occurrence } from './rows.ts';
import { bind, bindRecord, type Scope } from './scope.ts';
import { factsIn } from './sets.ts';
import { keptOf, worldUnder } from './world.ts';

interface GatheredCell extends Cell {
  readonly portions: Portion[];
  readonly earned: Portion[];
  readonly waits: WaitingFor[];
}

/** The cells of a clause while they are gathered, by payee and period. */
export class CellGathering {
  readonly #cells = new Map<string, Map<string, GatheredCell>>();
  readonly #clause: Clause;
  readonly #scope: Scope;

  constructor(clause: Clause, scope: Scope) {
    this.#clause = clause;
    this.#scope = scope;
  }

  add(
    payee: string,
    period: Period | null,
    part: {
      readonly portions: readonly Portion[];
      readonly earned: readonly Portion[];
      readonly waits: readonly WaitingFor[];
    },
  ): void {
    const ofPayee = this.#cells.get(payee) ?? new Map<string, GatheredCell>();
    this.#cells.set(payee, ofPayee);
    const label = period?.label ?? '';
    const cell = ofPayee.get(label);
    if (cell === undefined)
      ofPayee.set(label, {
        clause: this.#clause,
        payee,
        period,
        portions: [...part.portions],
        earned: [...part.earned],
        waits: [...part.waits],
        postsOn: postingDay(this.#clause, payee, period, this.#scope),
      });
    else {
      cell.portions.push(...part.portions);
      cell.earned.push(...part.earned);
      cell.waits.push(...part.waits);
    }
  }

  /** What is gathered for a payee so far, in periods within two days. */
  borneBy(payee: string, from: Day, through: Day): ReturnType<typeof borneWithin> {
    return borneWithin([...(this.#cells.get(payee)?.values() ?? [])], payee, from, through);
  }

  /** The cells by payee and period, their portions in the declared order. */
  cells(): readonly Cell[] {
    return [...this.#cells.values()]
      .flatMap((ofPayee) => [...ofPayee.values()])
      .map((cell) => underVersion({ ...cell, portions: mergedPortions(cell.portions) }, this.#scope))
      .sort((a, b) =>
        a.payee === b.payee ? (a.period?.start ?? 0) - (b.period?.start ?? 0) : a.payee < b.payee ? -1 : 1,
      );
  }
}

/** The day from which a cell is more than a forecast. */
function postingDay(clause: Clause, payee: string, period: Period | null, scope: Scope): Day {
  const { posts } = clause;
  if (posts.kind === 'grows' || (posts.kind === 'ends' && period === null)) return -Infinity;
  if (posts.kind === 'ends') return period?.end ?? -Infinity;
  const day = answer(posts.date, occasionScope(clause, payee, period, scope));
  return day.kind === 'date' ? day.value : Infinity;
}

/** The scope in which a clause is computed: how returns act, and what it sees of facts that came late. */
export function clauseScope(clause: Clause, scope: Scope): Scope {
  const unit = 'unit' in clause.occasion ? clause.occasion.unit : null;
  return {
    ...scope,
    world: worldUnder(scope.world, clause.late, unit),
    bound: null,
    returns: takesBack(clause) ? 'none' : clause.returns,
  };
}

export function occasionScope(clause: Clause, payee: string, period: Period | null, scope: Scope): Scope {
  let inner = bind(scope, clause.payee.variable, { kind: 'party', value: payee });
  const { occasion } = clause;
  const variable = 'period' in occasion ? occasion.period : null;
  if (variable !== null && period !== null) inner = bind(inner, variable, { kind: 'period', value: period });
  return inner;
}

/** The cells of a clause that no wallet has a part in, under one of the versions of the agreement. */
export function cellsOf(
  clause: Clause,
  scope: Scope,
  scopes: readonly Scope[] = [scope],
  asked: CellsAsked = allCells,
): readonly Cell[] {
  if (!takesBack(clause)) return cellsBefore(clause, scope, asked);
  // A return acts in another period than its sale: all periods of the payee belong together.
  const { payee } = asked;
  const ofPayee = payee === null ? allCells : { payee, isWanted: () => true, key: `of ${payee}` };
  return keptOf(scope.world, clause, `cells ${ofPayee.key}`, () => {
    const gathering = new CellGathering(clause, clauseScope(clause, scope));
    for (const cell of cellsBefore(clause, scope, ofPayee)) gathering.add(cell.payee, cell.period, cell);
    for (const taken of takenBack(clause, scope, scopes, ofPayee))
      gathering.add(taken.payee, taken.period, { portions: taken.portions, earned: [], waits: [] });
    return gathering.cells();
  });
}

/** The cells before returns take anything back. */
function cellsBefore(clause: Clause, scope: Scope, asked: CellsAsked): readonly Cell[] {
  return keptOf(scope.world, clause, `cells before returns ${asked.key}`, () => {
    const inner = clauseScope(clause, scope);
    const gathering = new CellGathering(clause, inner);
    gather(clause, inner, asked, gathering);
    return gathering.cells();
  });
}

function gather(clause: Clause, scope: Scope, asked: CellsAsked, gathering: CellGathering): void {
  const { occasion } = clause;
  const payees = () => {
    const all = scope.world.parties.get(clause.payee.party) ?? [];
    return asked.payee === null ? all : all.filter((payee) => payee === asked.payee);
  };
  switch (occasion.kind) {
    case 'ever':
      if (scope.part !== null && !scope.part.isNewest) return;
      for (const payee of payees())
        if (asked.isWanted(null)) gathering.add(payee, null, periodAmount(clause, payee, null, scope));
      return;
    case 'period':
      for (const payee of payees())
        for (const period of periodsOf(scope.world, clause.payee.party, payee, occasion.unit)) {
          if (!asked.isWanted(period)) continue;
          const inPeriod = scopeInPeriod(scope, period);
          if (inPeriod !== null) gathering.add(payee, period, periodAmount(clause, payee, period, inPeriod));
        }
      return;
    case 'fact':
      for (const { record, payee, period } of factOccurrences(clause, occasion, scope, asked))
        gathering.add(payee, period, factAmount({ clause, payee, period, record }, occasion, scope));
      return;
    case 'lasting':
      for (const { record, payee, period } of lastingOccurrences(clause, occasion, scope, asked))
        gathering.add(payee, period, factAmount({ clause, payee, period, record }, occasion, scope));
      return;
  }
}

type Part = Parameters<CellGathering['add']>[2];

/** The amount for a payee and a period, borne by the facts behind it. */
export function periodAmount(clause: Clause, payee: string, period: Period | null, scope: Scope): Part {
  const waits: WaitingFor[] = [];
  const inner = { ...occasionScope(clause, payee, period, scope), waits, during: duringOf(clause, scope) };
  const { amount, isGiven } = amountOf(clause, { payee, period: period?.label ?? '', record: null }, inner);
  if (amount.kind === 'waiting') return { portions: [], earned: [], waits: [...waits, ...amount.for] };
  if (!isValue(amount)) return { portions: [], earned: [], waits };
  const total = numberOf(amount);
  const shares: readonly Share[] = isGiven
    ? [{ record: null, amount: total, note: 'unattributed' }]
    : merged(sharesOf(clause.amount, total, clause.asset, inner));
  return rowed(shares, { clause, payee, period, record: null }, inner, waits);
}

function rowed(shares: readonly Share[], occurrence: Occurrence, scope: Scope, waits: WaitingFor[]): Part {
  const { clause } = occurrence;
  const after = applyRows(shares, occurrence, scope);
  waits.push(...after.waits);
  return {
    portions: release(after.shares, occurrence, scope, waits),
    earned: takesBack(clause) ? release(after.earned, occurrence, scope, []) : [],
    waits,
  };
}

/** The dates to which a row confines the facts of a clause per period. */
export function duringOf(clause: Clause, scope: Scope): Scope['during'] {
  if (clause.occasion.kind !== 'period' && clause.occasion.kind !== 'ever') return scope.during;
  for (const row of clause.rows)
    if (row.kind === 'during') {
      const from = row.from === null ? null : answer(row.from, scope);
      const through = row.through === null ? null : answer(row.through, scope);
      return {
        from: from?.kind === 'date' ? from.value : -Infinity,
        through: through?.kind === 'date' ? through.value : Infinity,
      };
    }
  return scope.during;
}

/** The amount for one fact. */
export function factAmount(
  occurrence: Occurrence & { readonly record: FactRecord },
  occasion: Occasion & { kind: 'fact' | 'lasting' },
  scope: Scope,
): Part {
  const { clause, payee, period, record } = occurrence;
  const waits: WaitingFor[] = [];
  const inner = {
    ...bindRecord(occasionScope(clause, payee, period, scope), occasion.fact, record),
    waits,
  };
  const { amount } = amountOf(clause, { payee, period: period?.label ?? '', record }, inner);
  if (amount.kind === 'waiting') return { portions: [], earned: [], waits: [...waits, ...amount.for] };
  if (!isValue(amount)) return { portions: [], earned: [], waits };
  const note = record.lowering === null ? 'credit' : 'return';
  return rowed([{ record, amount: numberOf(amount), note }], occurrence, inner, waits);
}

export interface FactOccurrence {
  readonly record: FactRecord;
  readonly payee: string;
  readonly period: Period | null;
}

/** The facts of a clause with whom and in which period each is booked. */
export function factOccurrences(
  clause: Clause,
  occasion: Occasion & { kind: 'fact' },
  scope: Scope,
  asked: CellsAsked = allCells,
): readonly FactOccurrence[] {
  const bookedWith = (record: FactRecord): FactOccurrence | null => {
    if (!isDayUnderVersion(scope, record.day)) return null;
    if (record.lowering !== null && !readsLowered(clause, record, scope)) return null;
    const inner = bindRecord({ ...scope, waits: [] }, occasion.fact, record);
    const payee = payeeOf(clause, inner);
    if (payee === null || (asked.payee !== null && payee !== asked.payee)) return null;
    const day = record.lowering !== null || record.isLate === true ? record.day : dayOf(occasion.date, inner);
    if (day === null || !hasCome(scope.world, day)) return null;
    const anchor = () => partySpan(scope.world, clause.payee.party, payee).from;
    const period = occasion.unit === null ? null : periodHolding(scope.world, occasion.unit, day, anchor);
    return asked.isWanted(period) ? { record, payee, period } : null;
  };
  const found = new Map<FactRecord, FactOccurrence>();
  const isAsked = (record: FactRecord): boolean => {
    const occurrence = bookedWith(record);
    if (occurrence !== null) found.set(record, occurrence);
    return occurrence !== null;
  };
  return factsIn(occasion.facts, { ...scope, waits: [] }, isAsked).map((record) => found.get(record)!);
}

/** A return lowers a bonus only where the bonus depends on the lowered field; a late correction, on what it corrects. */
function readsLowered(clause: Clause, record: FactRecord, scope: Scope): boolean {
  const kind = scope.world.program.factKinds.find(({ id }) => id === record.lowering?.kind);
  const fields =
    kind?.id === record.kind
      ? kind.fields.filter(({ type }) => type.kind === 'quantity').map(({ name }) => name)
      : [kind?.lowers?.field ?? ''];
  return fields.some((field) => readsFieldOf(clause, field, scope));
}

function readsFieldOf(clause: Clause, field: string, scope: Scope): boolean {
  return keptOf(scope.world, clause, `reads ${field}`, () =>
    readsField(clause.amount, field, scope, new Set()),
  );
}

function readsField(node: unknown, field: string, scope: Scope, seen: Set<string>): boolean {
  if (Array.isArray(node)) return node.some((part) => readsField(part, field, scope, seen));
  if (node === null || typeof node !== 'object') return false;
  if ('kind' in node && node.kind === 'field' && 'field' in node && node.field === field) return true;
  if ('kind' in node && node.kind === 'call' && 'value' in node && typeof node.value === 'string') {
    const name = node.value;
    const body = scope.world.program.values.find(({ id }) => id === name)?.body;
    if (!seen.has(name) && body !== undefined) {
      seen.add(name);
      if (readsField(body, field, scope, seen)) return true;
    }
  }
  return Object.entries(node).some(
    ([name, part]) => name !== 'at' && name !== 'type' && readsField(part, field, scope, seen),
  );
}

function payeeOf(clause: Clause, scope: Scope): string | null {
  if (clause.payee.from === null) return clause.payee.party;
  const payee = answer(clause.payee.from, scope);
  return payee.kind === 'party' ? payee.value : null;
}

function dayOf(date: Expression, scope: Scope): Day | null {
  const day: Value | { readonly kind: string } = answer(date, scope);
  return day.kind === 'date' && 'value' in day && typeof day.value === 'number' ? day.value : null;
}

/** Each fact in each period at whose end it lasts, for at most the stated length after it began. */
function lastingOccurrences(
  clause: Clause,
  occasion: Occasion & { kind: 'lasting' },
  scope: Scope,
  asked: CellsAsked = allCells,
): readonly FactOccurrence[] {
  return factsIn(occasion.facts, scope).flatMap((record): FactOccurrence[] => {
    const lasts = scope.world.program.factKinds.find(({ id }) => id === record.kind)?.lasts ?? null;
    const from = lasts === null ? undefined : record.fact.fields[lasts.from];
    const through = lasts === null ? undefined : record.fact.fields[lasts.through];
    const inner = bindRecord(scope, occasion.fact, record);
    const payee = payeeOf(clause, inner);
    if (from?.kind !== 'date' || through === undefined || payee === null) return [];
    if (asked.payee !== null && payee !== asked.payee) return [];
    const last = Math.min(
      through.kind === 'date' ? through.value : Infinity,
      lastDayOfTerm(clause, from.value, inner),
    );
    return periodsFrom(scope.world, occasion.unit, from.value, from.value, Math.min(last, scope.world.asOf))
      .filter(
        (period) => period.end <= last && isDayUnderVersion(scope, period.end) && asked.isWanted(period),
      )
      .map((period) => ({ record, payee, period }));
  });
}

function lastDayOfTerm(clause: Clause, from: Day, scope: Scope): Day {
  for (const row of clause.rows)
    if (row.kind === 'while it lasts' && row.atMost !== null) {
      const length = answer(row.atMost, scope);
      if (length.kind === 'duration') return addDuration(from, length.value) - 1;
    }
  return Infinity;
}

/** What returns take back for a payee, in the period that holds each return. */
export interface TakenBackFor {
  readonly payee: string;
  readonly period: Period | null;
  readonly portions: readonly Portion[];
}

/** What returns take back on their own day, in the period that holds it. A period that versions share is rounded as one. */
function takenBack(
  clause: Clause,
  scope: Scope,
  scopes: readonly Scope[],
  asked: CellsAsked,
): readonly TakenBackFor[] {
  const parts = scopes.map((version) => {
    const own = version.world.program.clauses.find(({ id }) => id === clause.id);
    const cells = own === undefined || !takesBack(own) ? [] : cellsBefore(own, version, asked);
    return { version, own, byKey: new Map(cells.map((cell) => [cellKey(cell), cell])) };
  });
  return cellsBefore(clause, scope, asked).flatMap((cell) => {
    const versions = parts.flatMap(({ version, own, byKey }): readonly CellReturned[] => {
      const part = byKey.get(cellKey(cell));
      if (part === undefined || own === undefined) return [];
      const inner = clauseScope(own, version);
      return [{ cell: part, share: shareTakenBack(own, inner), scope: inner }];
    });
    const place = parts
      .slice(0, scopes.indexOf(scope))
      .filter(({ byKey }) => byKey.has(cellKey(cell))).length;
    return portionsTakenBack(versions, place).map((taken) => ({ ...taken, payee: cell.payee }));
  });
}

function cellKey({ payee, period }: Cell): string {
  return `${payee}\u0000${period?.label ?? ''}`;
}

/** What returns take back under a clause, over everybody and all time: for an explanation. */
export function takenBackUnder(clause: Clause, scope: Scope): readonly TakenBackFor[] {
  if (!takesBack(clause)) return [];
  return keptOf(scope.world, clause, 'taken back', () => takenBack(clause, scope, [scope], allCells));
}

/** Each fact for which a clause gives an amount, with whom and in which period; none for a clause of periods. */
export function occurrencesOf(clause: Clause, scope: Scope): readonly FactOccurrence[] {
  const { occasion } = clause;
  if (occasion.kind === 'fact') return factOccurrences(clause, occasion, scope);
  return occasion.kind === 'lasting' ? lastingOccurrences(clause, occasion, scope) : [];
}
