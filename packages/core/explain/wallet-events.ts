// SPDX-License-Identifier: Apache-2.0
// What happened to a wallet, told from the movements of its fold: each lot as it is issued, becomes usable, is used,
// given back, taken back or expires, with what was given for it and the usable balance after it. Movements that
// happened together are one event, and the changes of all events add up to the usable balance.
import type { FoldedWallet } from '../engine/reference/points.ts';
import type { Given } from '../engine/reference/wallet-acts.ts';
import type { LotState, Movement, Source, Wallet } from '../ledger/lots.ts';
import type { Clause } from '../program/clause.ts';
import type { Program } from '../program/program.ts';
import { type Day, isoDay } from '../values/date.ts';
import { type Rational, sign } from '../values/rational.ts';
import { listed } from './english.ts';
import { amountFigure, quantityFigure } from './figures.ts';

/** One thing that happened to a wallet. */
export interface WalletEvent {
  readonly kind: Movement['kind'];
  readonly day: Day;
  /** "used: 250 Points of Purchase P-1 and 250 Points of Purchase P-2, for Voucher USD 5". */
  readonly words: string;
  /** How much moved, in smallest units; never negative. */
  readonly moved: bigint;
  /** What it changes in the usable balance, in smallest units. */
  readonly change: bigint;
  /** The usable balance after it. */
  readonly balance: bigint;
  /** Names of the lots that moved, as they were issued for. */
  readonly lots: readonly string[];
  /** What caused it: the fact, or for an issue what it was issued for; null where a day did. */
  readonly cause: Source | null;
  /** What was given for points that were used. */
  readonly given: readonly GivenForPoints[];
  /** The clause or component that explains it, and the earned period of that. */
  readonly why: { readonly clause: string; readonly period: string };
}

/** What a clause gave for points. */
export interface GivenForPoints {
  readonly clause: string;
  readonly component: string;
  readonly period: string;
  readonly day: Day;
  /** "USD 5". */
  readonly figure: string;
  readonly exact: Rational;
  readonly asset: string;
  readonly fact: Source | null;
}

/** Everything that happened to a wallet, in its order; with `latest`, the last so many alone. */
export function walletEvents(
  program: Program,
  asset: string,
  folded: FoldedWallet,
  changes: readonly Change[] = replayed(folded.wallet),
  latest = Infinity,
): { readonly earlier: number; readonly before: bigint; readonly events: readonly WalletEvent[] } {
  const groups = grouped(changes);
  const earlier = Math.max(0, groups.length - latest);
  const before = groups.slice(0, earlier).reduce((sum, group) => sum + changeOf(group), 0n);
  const givenFor = givenTogether(folded);
  let balance = before;
  const events = groups.slice(earlier).map((group): WalletEvent => {
    const { kind, day, lot, cause } = group[0]!.movement;
    const change = changeOf(group);
    balance += change;
    const issued = folded.wallet.lots.get(lot);
    const given = givenFor(group);
    return {
      ...{ kind, day, change, balance },
      words: eventWords(program, asset, folded.wallet, group, given),
      moved: group.reduce((sum, { movement }) => (movement.kind === kind ? sum + movement.amount : sum), 0n),
      lots: [...new Set(group.map(({ movement }) => lotName(folded.wallet, movement.lot)))],
      cause: kind === 'issued' ? (issued?.source ?? null) : cause,
      given: givenForPoints(program, given),
      why: whyOf(program, asset, group, given),
    };
  });
  return { earlier, before, events };
}

/** What a group changes in the usable balance. */
function changeOf(group: readonly Change[]): bigint {
  return group.reduce((sum, { states }) => sum + states.active, 0n);
}

/** What of it was given for points: an issue is noted beside it. */
export function givenForPoints(program: Program, given: readonly Given[]): readonly GivenForPoints[] {
  return given.flatMap((one): readonly GivenForPoints[] => {
    const clause = program.clauses.find(({ id }) => id === one.clause);
    if (clause === undefined || !isExchange(clause) || sign(one.exact) === 0) return [];
    const { record, period, day, exact } = one;
    return [
      {
        ...{ clause: clause.id, component: clause.name, asset: clause.asset, day, exact },
        period: period?.label ?? '',
        figure: quantityFigure(clause.amount.type, exact),
        fact: record === null ? null : { kind: record.kind, id: record.fact.id },
      },
    ];
  });
}

/** Where a movement that no clause made is explained. */
const explainedBy: Readonly<Record<Movement['kind'], string>> = {
  issued: 'open',
  activated: 'open',
  held: 'held',
  released: 'held',
  spent: 'used',
  posted: 'used',
  expired: 'expired',
  reversed: 'reversed',
  'given back': 'used',
};

function whyOf(
  program: Program,
  asset: string,
  group: readonly Change[],
  given: readonly Given[],
): WalletEvent['why'] {
  const { kind } = group[0]!.movement;
  const made = given.find(({ clause: id }) => {
    const clause = program.clauses.find((one) => one.id === id);
    return clause !== undefined && (kind === 'issued' ? clause.asset === asset : isExchange(clause));
  });
  return made === undefined
    ? { clause: `${asset}/${explainedBy[kind]}`, period: '' }
    : { clause: made.clause, period: made.period?.label ?? '' };
}

/** At most so many lots of one movement are named. */
const lotsMax = 3;

/** A movement with what it changes in each state of its lot. */
export interface Change {
  readonly movement: Movement;
  readonly states: Readonly<Record<LotState, bigint>>;
}

const nothing: Readonly<Record<LotState, bigint>> = {
  pending: 0n,
  active: 0n,
  held: 0n,
  spent: 0n,
  expired: 0n,
  reversed: 0n,
};

/** Each movement with the states between which it moved, found by letting the lots pass through them again. */
export function replayed(wallet: Wallet): readonly Change[] {
  const lots = new Map<string, Record<LotState, bigint>>();
  return wallet.movements.map((movement) => {
    const lot = lots.get(movement.lot) ?? { ...nothing };
    lots.set(movement.lot, lot);
    const [from, to] = statesOf(movement, lot);
    const states = { ...nothing, [to]: movement.amount };
    if (from !== null) states[from] = -movement.amount;
    for (const state of ['pending', 'active', 'held', 'spent', 'expired', 'reversed'] as const)
      lot[state] += states[state];
    return { movement, states };
  });
}

/** From which state to which; a lot is pending or usable, never both. */
function statesOf(
  { kind }: Movement,
  lot: Readonly<Record<LotState, bigint>>,
): readonly [LotState | null, LotState] {
  const alive: LotState = lot.pending > 0n ? 'pending' : 'active';
  switch (kind) {
    case 'issued':
      return [null, 'pending'];
    case 'activated':
      return ['pending', 'active'];
    case 'held':
      return ['active', 'held'];
    case 'released':
      return ['held', 'active'];
    case 'spent':
      return ['active', 'spent'];
    case 'posted':
      return ['held', 'spent'];
    case 'given back':
      return ['spent', 'active'];
    case 'expired':
      return [alive, 'expired'];
    case 'reversed':
      return [lot[alive] > 0n ? alive : 'expired', 'reversed'];
  }
}

/** Movements that happened together: one use of several lots, or a lot that is usable as soon as it is issued. */
function grouped(changes: readonly Change[]): readonly (readonly Change[])[] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const last = group?.at(-1)?.movement;
    const { kind, day, cause, lot } = change.movement;
    const isSame =
      last?.kind === kind && last.day === day && isSameCause(last.cause, cause) && kind !== 'issued';
    const isUsableAtOnce =
      kind === 'activated' && last?.kind === 'issued' && last.lot === lot && last.day === day;
    if (group !== undefined && (isSame || isUsableAtOnce)) group.push(change);
    else groups.push([change]);
  }
  return groups;
}

function isSameCause(a: Movement['cause'], b: Movement['cause']): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}

function eventWords(
  program: Program,
  asset: string,
  wallet: Wallet,
  group: readonly Change[],
  given: readonly Given[],
): string {
  const { kind, cause } = group[0]!.movement;
  const figure = (amount: bigint) => amountFigure(program, amount, asset);
  const named = group.length > lotsMax + 1 ? group.slice(0, lotsMax) : group;
  const others = group.slice(named.length);
  const rest = others.reduce((sum, { movement }) => sum + movement.amount, 0n);
  const lots = listed([
    ...named.map(({ movement }) => `${figure(movement.amount)} of ${lotName(wallet, movement.lot)}`),
    ...(others.length === 0 ? [] : [`${figure(rest)} of ${others.length} more`]),
  ]);
  const forWhat = given.flatMap((one) => givenWords(program, one));
  const purpose = forWhat.length === 0 ? '' : ` for ${listed(forWhat)}`;
  const at = cause === null ? '' : ` at ${cause.kind} ${cause.id}`;
  switch (kind) {
    case 'issued': {
      const lot = wallet.lots.get(group[0]!.movement.lot)!;
      const from = lot.usableFrom === null ? '' : `, usable from ${isoDay(lot.usableFrom)}`;
      const through =
        lot.usableThrough === null
          ? ''
          : `${from === '' ? ', usable' : ''} through ${isoDay(lot.usableThrough)}`;
      return `issued ${figure(lot.issued)} for ${lotName(wallet, lot.id)}${from}${through}`;
    }
    case 'activated':
      return `usable from here on: ${lots}`;
    case 'held':
      return `set aside${at}: ${lots}`;
    case 'released':
      return `no longer set aside${at}: ${lots}`;
    case 'spent':
      return `used${at}${purpose}: ${lots}`;
    case 'posted':
      return `used${at}, having been set aside: ${lots}`;
    case 'given back':
      return `given back${at}: ${lots}`;
    case 'expired':
      return `expired: ${lots}`;
    case 'reversed': {
      const wasExpired = group.every(({ states }) => states.expired < 0n);
      return `taken back${cause === null ? ' for an earlier shortage' : at}${wasExpired ? ', though expired already' : ''}: ${lots}`;
    }
  }
}

/** What was given together with some movements, in the order in which it was given. */
function givenTogether({ given }: FoldedWallet): (group: readonly Change[]) => readonly Given[] {
  const places = new Map<Movement, number[]>();
  for (const [place, { moved }] of given.entries())
    for (const movement of moved) {
      const list = places.get(movement);
      if (list === undefined) places.set(movement, [place]);
      else list.push(place);
    }
  return (group) => {
    const own = new Set(group.flatMap(({ movement }) => places.get(movement) ?? []));
    return [...own].sort((a, b) => a - b).map((place) => given[place]!);
  };
}

/** "Purchase P-1", "the balance brought in", "2026-01". */
export function lotName({ lots }: Wallet, id: string): string {
  const source = lots.get(id)?.source;
  if (source === undefined) return id;
  if (source.kind === 'opening') return 'the balance brought in';
  if (source.kind === 'period') return source.id === '' ? 'the whole time' : source.id;
  return `${source.kind} ${source.id}`;
}

/** Whether a clause gives something for points. */
export function isExchange({ rows }: Clause): boolean {
  return rows.some(({ kind }) => kind === 'for every' || kind === 'taking');
}

/** "Voucher USD 5"; nothing for a clause that is not given for points. */
function givenWords(program: Program, one: Given): readonly string[] {
  return givenForPoints(program, [one]).map(({ component, figure }) => `${component} ${figure}`);
}
