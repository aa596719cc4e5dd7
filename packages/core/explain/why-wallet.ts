// SPDX-License-Identifier: Apache-2.0
// The journal of a wallet: each lot as it is issued, becomes usable, is used, given back, taken back or expires, with
// what was given for it and the usable balance after it. Its rows are the very movements of the fold, so that used,
// expired, open and pending points, and what was given for points, each end in the same number.
import { type FoldedWallet, walletsOf } from '../engine/reference/points.ts';
import type { Scope } from '../engine/reference/scope.ts';
import type { Given } from '../engine/reference/wallet-acts.ts';
import { walletAsset } from '../engine/reference/wallet-asset.ts';
import type { LotState, Movement, Wallet } from '../ledger/lots.ts';
import type { Key } from '../program/entitlement.ts';
import type { Program } from '../program/program.ts';
import { type Day, isoDay } from '../values/date.ts';
import { add, type Rational, rational, zero } from '../values/rational.ts';
import { listed } from './english.ts';
import { amountFigure, quantityFigure } from './figures.ts';
import type { Reason } from './reason.ts';
import type { Part } from './why.ts';

/** One thing that happened to a wallet. */
export interface JournalRow {
  readonly day: Day;
  /** "used: 250 Points of Purchase P-1 and 250 Points of Purchase P-2, for Voucher USD 5". */
  readonly words: string;
  /** What it changes in the usable balance, in smallest units. */
  readonly change: bigint;
  /** The usable balance after it. */
  readonly balance: bigint;
}

export interface Journal {
  readonly asset: string;
  readonly owner: string;
  /** How many rows are left out before the first one shown. */
  readonly earlier: number;
  /** The usable balance before the first row shown. */
  readonly before: bigint;
  readonly rows: readonly JournalRow[];
}

/** What an explanation says of a wallet. */
export interface WalletPart {
  readonly journal: Journal;
  readonly parts: readonly Part[];
}

/** At most so many rows of a journal, and so many things given, are shown: the latest. */
const rowsMax = 20;

/** At most so many lots of one movement are named. */
const lotsMax = 3;

/** The journal behind a component of a wallet or behind a clause that points are given for; null for any other. */
export function walletPart(scopes: readonly Scope[], key: Key): WalletPart | null {
  const found = walletBehind(scopes, key);
  const program = scopes.at(-1)?.world.program;
  if (found === null || program === undefined) return null;
  const { asset, folded } = found;
  const changes = replayed(folded.wallet);
  const journal = journalOf(program, asset, folded, changes);
  const state = componentStates.get(key.clause.slice(key.clause.lastIndexOf('/') + 1));
  const parts =
    state !== undefined && key.clause.startsWith(`${asset}/`)
      ? [componentPart(program, key, state, folded, changes)]
      : givenParts(program, key, asset, folded);
  return { journal, parts };
}

const componentStates: ReadonlyMap<string, LotState> = new Map([
  ['used', 'spent'],
  ['expired', 'expired'],
  ['open', 'active'],
  ['pending', 'pending'],
  ['reversed', 'reversed'],
]);

function walletBehind(
  scopes: readonly Scope[],
  key: Key,
): { readonly asset: string; readonly folded: FoldedWallet } | null {
  for (const scope of scopes)
    for (const clause of scope.world.program.clauses) {
      const asset = walletAsset(clause, scope);
      if (asset === null) continue;
      const isComponent = [...componentStates.keys()].some((state) => key.clause === `${asset}/${state}`);
      const isExchange = clause.rows.some(({ kind }) => kind === 'for every' || kind === 'taking');
      if (!isComponent && !(isExchange && clause.id === key.clause)) continue;
      const { wallets } = walletsOf(asset, scopes);
      const folded = wallets.find((one) =>
        isComponent ? one.owner === key.payee : one.given.some((given) => isFor(given, key)),
      );
      if (folded !== undefined) return { asset, folded };
    }
  return null;
}

function isFor(given: Given, key: Key): boolean {
  return (
    given.clause === key.clause && given.payee === key.payee && (given.period?.label ?? '') === key.period
  );
}

/** A movement with what it changes in each state of its lot. */
interface Change {
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
function replayed(wallet: Wallet): readonly Change[] {
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

function journalOf(
  program: Program,
  asset: string,
  folded: FoldedWallet,
  changes: readonly Change[],
): Journal {
  let balance = 0n;
  const rows = grouped(changes).map((group): JournalRow => {
    const change = group.reduce((sum, { states }) => sum + states.active, 0n);
    balance += change;
    return { day: group[0]!.movement.day, words: rowWords(program, asset, folded, group), change, balance };
  });
  const earlier = rows.length > rowsMax + 1 ? rows.length - rowsMax : 0;
  const before = earlier === 0 ? 0n : rows[earlier - 1]!.balance;
  return { asset, owner: folded.owner, earlier, before, rows: rows.slice(earlier) };
}

function rowWords(
  program: Program,
  asset: string,
  { wallet, given }: FoldedWallet,
  group: readonly Change[],
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
  const forWhat = given
    .filter((one) => one.moved.some((moved) => group.some(({ movement }) => movement === moved)))
    .flatMap((one) => givenWords(program, one));
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

/** "Purchase P-1", "the balance brought in", "2026-01". */
function lotName({ lots }: Wallet, id: string): string {
  const source = lots.get(id)?.source;
  if (source === undefined) return id;
  if (source.kind === 'opening') return 'the balance brought in';
  if (source.kind === 'period') return source.id === '' ? 'the whole time' : source.id;
  return `${source.kind} ${source.id}`;
}

/** "Voucher USD 5"; nothing for a clause that is not given for points. */
function givenWords(program: Program, one: Given): readonly string[] {
  const clause = program.clauses.find(({ id }) => id === one.clause);
  const isExchange = clause?.rows.some(({ kind }) => kind === 'for every' || kind === 'taking') ?? false;
  return clause === undefined || !isExchange
    ? []
    : [`${clause.name} ${quantityFigure(clause.amount.type, one.exact)}`];
}

const kindWords: Readonly<Record<Movement['kind'], string>> = {
  issued: 'issued',
  activated: 'became usable',
  held: 'set aside',
  released: 'no longer set aside',
  spent: 'used',
  expired: 'expired',
  reversed: 'taken back',
  'given back': 'given back',
};

/** Used, expired, open, pending or reversed points: what each kind of movement adds. */
function componentPart(
  program: Program,
  key: Key,
  state: LotState,
  { wallet, scale }: FoldedWallet,
  changes: readonly Change[],
): Part {
  const sums = new Map<string, bigint>();
  for (const { movement, states } of changes) {
    // Becoming usable moves points inside what is open or pending: of open points the issue says it already.
    const isIssue = state === 'active' && (movement.kind === 'issued' || movement.kind === 'activated');
    const label = isIssue ? 'issued and usable' : kindWords[movement.kind];
    sums.set(label, (sums.get(label) ?? 0n) + states[state]);
  }
  if (state === 'active' && wallet.shortageMode === 'negative')
    sums.set('taken back beyond what there was', -wallet.shortage);
  const parts = [...sums].flatMap(([label, amount]): readonly Reason[] =>
    amount === 0n ? [] : [minorReason(program, label, amount, key.asset, scale)],
  );
  const total = [...sums.values()].reduce((sum, amount) => sum + amount, 0n);
  const reason = { ...minorReason(program, key.component, total, key.asset, scale), parts };
  return { fact: null, reason, rows: [], exact: reason.exact };
}

function minorReason(
  program: Program,
  label: string,
  amount: bigint,
  asset: string,
  scale: bigint,
): Reason & { readonly exact: Rational } {
  const figure = amountFigure(program, amount, asset);
  return { label, figure, exact: rational(amount, scale), fact: null, parts: [] };
}

/** What a clause gave for points: each time with the lots that went into it; earlier ones as one sum. */
function givenParts(
  program: Program,
  key: Key,
  asset: string,
  { wallet, given, scale }: FoldedWallet,
): readonly Part[] {
  const type = program.clauses.find(({ id }) => id === key.clause)?.amount.type;
  const own = given.filter((one) => isFor(one, key));
  const first = own.length > rowsMax + 1 ? own.length - rowsMax : 0;
  const partOf = (label: string, exact: Rational, parts: readonly Reason[]): Part => {
    const figure = type === undefined ? '' : quantityFigure(type, exact);
    return { fact: null, reason: { label, figure, exact, fact: null, parts }, rows: [], exact };
  };
  const earlier = own.slice(0, first).reduce((sum, { exact }) => add(sum, exact), zero);
  return [
    ...(first === 0 ? [] : [partOf(`${first} earlier times`, earlier, [])]),
    ...own.slice(first).map((one) => {
      const at = one.record === null ? '' : ` at ${one.record.kind} ${one.record.fact.id}`;
      const times = one.times === null || one.times === 1n ? '' : `, ${one.times} times`;
      const moved = one.moved.filter(({ kind }) => kind === 'spent' || kind === 'given back');
      const lots = moved.map(({ kind, lot, amount }) =>
        minorReason(program, `${kindWords[kind]}, of ${lotName(wallet, lot)}`, amount, asset, scale),
      );
      return partOf(`${isoDay(one.day)}${at}${times}`, one.exact, lots);
    }),
  ];
}
