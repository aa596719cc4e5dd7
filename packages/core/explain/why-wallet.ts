// SPDX-License-Identifier: Apache-2.0
// Why a component of a wallet is what it is: the journal of the wallet and what each kind of movement adds. Its rows are
// the very movements of the fold, so that used, expired, open, pending and held points, and what was given for points, each
// end in the same number.
import { type FoldedWallet, walletsOf } from '../engine/reference/points.ts';
import type { Scope } from '../engine/reference/scope.ts';
import type { Given } from '../engine/reference/wallet-acts.ts';
import { walletAsset } from '../engine/reference/wallet-asset.ts';
import type { LotState, Movement } from '../ledger/lots.ts';
import type { Key } from '../program/entitlement.ts';
import type { Program } from '../program/program.ts';
import { type Day, isoDay } from '../values/date.ts';
import { add, type Rational, rational, zero } from '../values/rational.ts';
import { amountFigure, quantityFigure } from './figures.ts';
import type { Reason } from './reason.ts';
import {
  type Change,
  isExchange,
  lotName,
  replayed,
  type WalletEvent,
  walletEvents,
} from './wallet-events.ts';
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

/** The journal behind a component of a wallet or behind a clause that points are given for; null for any other. */
export function walletPart(scopes: readonly Scope[], key: Key): WalletPart | null {
  const found = walletBehind(scopes, key);
  const program = scopes.at(-1)?.world.program;
  if (found === null || program === undefined) return null;
  const { asset, folded } = found;
  const changes = replayed(folded.wallet);
  const { earlier, before, events } = walletEvents(program, asset, folded, changes, rowsMax + 1);
  const journal = { asset, owner: folded.owner, ...latestRows(earlier, before, events) };
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
  ['held', 'held'],
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
      if (!isComponent && !(isExchange(clause) && clause.id === key.clause)) continue;
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

/** The latest rows, and what was usable before them: one row more where it is the only one left out. */
function latestRows(
  earlier: number,
  before: bigint,
  events: readonly WalletEvent[],
): Pick<Journal, 'earlier' | 'before' | 'rows'> {
  const [first, ...rest] = events;
  const isCut = earlier > 0 && first !== undefined;
  const shown = isCut ? rest : events;
  return {
    earlier: isCut ? earlier + 1 : 0,
    before: isCut ? first.balance : before,
    rows: shown.map(({ day, words, change, balance }) => ({ day, words, change, balance })),
  };
}

const kindWords: Readonly<Record<Movement['kind'], string>> = {
  issued: 'issued',
  activated: 'became usable',
  held: 'set aside',
  released: 'no longer set aside',
  spent: 'used',
  posted: 'used',
  expired: 'expired',
  reversed: 'taken back',
  'given back': 'given back',
};

/** Used, expired, open, pending, held or reversed points: what each kind of movement adds. */
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
