// SPDX-License-Identifier: Apache-2.0
// Wallets, folded day by day: lots become usable, then the facts of the day in their order, after each fact the
// clauses in document order, then lots expire at the day's end. Every clause that issues an asset or takes from its
// usable balance is computed here, as are the components that come of themselves: used, expired, open,
// pending, held, reversed.

import {
  activate,
  advance,
  issue,
  newWallet,
  pending,
  usable,
  usedOf,
  type Wallet,
  walletTotals,
} from '../../ledger/lots.ts';
import type { Clause } from '../../program/clause.ts';
import type { BurnOrder } from '../../program/declaration.ts';
import type { Entitlement, Line } from '../../program/entitlement.ts';
import type { Grant, HeldPoints, NewPromises, Use } from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
import { rational } from '../../values/rational.ts';
import { isDayUnderVersion } from './amendment.ts';
import type { Cell } from './cell.ts';
import { assetDecimals } from './cell.ts';
import { CellGathering, clauseScope } from './clause.ts';
import { noteDay } from './horizon.ts';
import { openGrants, promisedGrants } from './promised-grants.ts';
import { openHolds, promisedHolds, releaseHolds } from './promised-holds.ts';
import { openUses, promisedUses, takingPlace } from './promised-uses.ts';
import { takesBack } from './returns.ts';
import type { Scope, WalletView } from './scope.ts';
import {
  actOn,
  type Given,
  issueGrant,
  keepAlive,
  type WalletClause,
  type WalletState,
} from './wallet-acts.ts';
import { walletAsset } from './wallet-asset.ts';
import { endDay } from './wallet-day.ts';
import { type Event, eventsByWallet, isAskedFor, type PromisedBefore } from './wallet-events.ts';
import { actOnReturn } from './wallet-returns.ts';
import { keptOf, type World } from './world.ts';

/** What all wallets of an asset give. */
export interface WalletResult {
  /** By the world of a version and the clause's id: versions may share the clause itself. */
  readonly cells: ReadonlyMap<World, ReadonlyMap<string, readonly Cell[]>>;
  readonly components: readonly Entitlement[];
  /** Each wallet as it stands on the day of evaluation, with its movements and what was given for them. */
  readonly wallets: readonly FoldedWallet[];
  /** What the folds used and granted that nobody had promised. */
  readonly promises: NewPromises;
}

/** One wallet after its fold. */
export interface FoldedWallet {
  readonly owner: string;
  readonly wallet: Wallet;
  /** Smallest units in one. */
  readonly scale: bigint;
  readonly given: readonly Given[];
}

/** All wallets of an asset, folded through the day of evaluation, over all versions of the agreement. */
export function walletsOf(asset: string, scopes: readonly Scope[]): WalletResult {
  const scope = scopes.at(-1)!;
  return keptOf(scope.world, scope.world.program.clauses, `wallets of ${asset}`, () => {
    const clauses = scopes.flatMap((version) => walletClauses(asset, version));
    const burn = scope.world.program.burns.find((candidate) => candidate.asset === asset) ?? null;
    const folded: FoldedWallet[] = [];
    const promises = { uses: [] as Use[], holds: [] as HeldPoints[], grants: [] as Grant[] };
    const promised = {
      uses: promisedUses(scope.world, asset),
      holds: promisedHolds(scope.world, asset),
      grants: promisedGrants(scope.world, asset),
    };
    const events = [...eventsByWallet(asset, clauses, burn, promised, scope)]
      .filter(([owner, own]) => isAskedFor(owner, own, scope))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const components = events.flatMap(([owner, own]) => {
      const state = foldWallet(asset, owner, own, clauses, burn, promised, scope);
      folded.push(state);
      promises.uses.push(...state.uses.made);
      promises.holds.push(...state.holds.named);
      promises.grants.push(...state.grants.made);
      return componentsOf(state);
    });
    components.sort((a, b) => walletStates.indexOf(stateOf(a)) - walletStates.indexOf(stateOf(b)));
    const cells = new Map(scopes.map(({ world }) => [world, new Map<string, readonly Cell[]>()]));
    for (const { clause, scope: version, gathering } of clauses)
      cells.get(version.world)?.set(clause.id, gathering.cells());
    return { cells, components, wallets: folded, promises };
  });
}

/** The clauses of a version that have to do with the wallets; they read each other as far as the fold has come. */
function walletClauses(asset: string, version: Scope): readonly WalletClause[] {
  const clauses: WalletClause[] = [];
  const readHere: Scope['entitlement'] = (id, payee, from, through) => {
    const here = clauses.find(({ clause }) => clause.id === id);
    return here === undefined
      ? version.entitlement(id, payee, from, through)
      : here.gathering.borneBy(payee, from, through);
  };
  for (const clause of version.world.program.clauses) {
    if (walletAsset(clause, version) !== asset) continue;
    const scope = clauseScope(clause, { ...version, entitlement: readHere });
    clauses.push({ clause, scope, gathering: new CellGathering(clause, scope), rounded: new Map() });
  }
  return clauses;
}

const walletStates: readonly string[] = ['used', 'expired', 'open', 'pending', 'held', 'reversed', 'waived'];

function stateOf({ clause }: Entitlement): string {
  return clause.slice(clause.lastIndexOf('/') + 1);
}

function foldWallet(
  asset: string,
  owner: string,
  events: readonly Event[],
  clauses: readonly WalletClause[],
  burn: BurnOrder | null,
  promised: PromisedBefore,
  scope: Scope,
): WalletState {
  const { asOf } = scope.world;
  const wallet = newWallet(burn?.order ?? ['expiry', 'issue'], shortageMode(clauses));
  const decimals = assetDecimals(scope.world.program, asset);
  const scale = 10n ** BigInt(decimals);
  const takingPlaces = new Set(
    events.flatMap(({ acts }) => acts.map((act) => takingPlace(act.clause.clause.id, act))),
  );
  const state: WalletState = {
    asset,
    owner,
    wallet,
    scale,
    day: -Infinity,
    earned: new Map(),
    taken: new Map(),
    used: [],
    returned: new Map(),
    given: [],
    grants: openGrants(promised.grants.get(owner) ?? []),
    holds: openHolds(promised.holds.get(owner) ?? [], wallet),
    uses: openUses(promised.uses.get(owner) ?? [], wallet, (place) => takingPlaces.has(place)),
  };
  const view: WalletView = {
    balance: (_asset, kind) =>
      rational(kind === 'usable' ? usable(wallet, state.day) : pending(wallet, state.day), scale),
  };
  const exchanges = clauses.filter(({ clause }) => clause.rows.some(({ kind }) => kind === 'for every'));
  const isTakingBack = clauses.some(({ clause }) => takesBack(clause));
  const exchangeAll = (event: Event | null): void => {
    for (const exchange of exchanges)
      if (exchange.clause.occasion.kind !== 'fact' && isDayUnderVersion(exchange.scope, state.day))
        actOn(
          exchange,
          {
            payee: payeeAt(event, owner, exchange.clause, burn),
            period: null,
            record: event?.record ?? null,
          },
          state,
          view,
        );
  };
  for (const event of events) {
    letDaysPass(wallet, event.day, state, () => exchangeAll(null));
    state.day = event.day;
    advance(wallet, event.day);
    if (event.opening !== null && event.opening.amount > 0n)
      issue(wallet, {
        clause: `${asset}/opening`,
        owner: event.opening.of,
        source: { kind: 'opening', id: event.opening.of },
        day: event.day,
        usableFrom: null,
        usableThrough: event.opening.through,
        amount: event.opening.amount,
      });
    for (const kept of event.keptAlive) keepAlive(kept.clause, kept.payee, state);
    for (const grant of event.granted) {
      const own = clauses.filter(({ clause }) => clause.id === grant.clause);
      const walletClause = own.find(({ scope: under }) => isDayUnderVersion(under, event.day)) ?? own.at(-1);
      if (walletClause !== undefined) issueGrant(walletClause, grant, state);
    }
    if (event.promised === 'beginning')
      releaseHolds(state.holds, wallet, { day: event.day, at: event.promised });
    if (event.promised === 'end') endDay(clauses, event.day, state, view, scope.world);
    if (event.record !== null && isTakingBack) actOnReturn(clauses, event.record, state);
    // Clauses in document order; those that exchange as soon as there is enough stand among them.
    for (const walletClause of clauses) {
      const acts = event.acts.filter(({ clause }) => clause === walletClause);
      for (const act of acts) actOn(walletClause, act, state, view);
      if (acts.length > 0) continue;
      if (
        exchanges.includes(walletClause) &&
        walletClause.clause.occasion.kind !== 'fact' &&
        isDayUnderVersion(walletClause.scope, event.day)
      )
        actOn(
          walletClause,
          { payee: payeeAt(event, owner, walletClause.clause, burn), period: null, record: event.record },
          state,
          view,
        );
    }
  }
  letDaysPass(wallet, asOf, state, () => exchangeAll(null));
  if (wallet.day === null || wallet.day < asOf) advance(wallet, asOf);
  for (const { usableFrom, usableThrough, pending: waiting, active, held } of wallet.lots.values()) {
    noteDay(scope.world, usableFrom ?? -Infinity);
    if (waiting + active + held > 0n) noteDay(scope.world, (usableThrough ?? -Infinity) + 1);
  }
  return state;
}

/** Who is paid for an exchange: the member whose fact completed it, or the pool itself where the clause pays pools. */
function payeeAt(event: Event | null, owner: string, clause: Clause, burn: BurnOrder | null): string {
  const paysPools = burn !== null && burn.pool !== null && clause.payee.party !== burn.pool.party;
  return paysPools ? owner : (event?.acts[0]?.payee ?? event?.opening?.of ?? owner);
}

/** Lots that become usable on days without facts can complete an exchange. */
function letDaysPass(wallet: Wallet, day: Day, state: { day: Day }, exchange: () => void): void {
  while (wallet.waiting.length > 0) {
    const lot = wallet.waiting[0]!;
    const first = Math.max(lot.usableFrom ?? lot.issuedOn, lot.issuedOn);
    if (first >= day && !(first === day && state.day < day)) return;
    state.day = first;
    advance(wallet, first);
    activate(wallet, first);
    exchange();
  }
}

function shortageMode(clauses: readonly WalletClause[]): Wallet['shortageMode'] {
  for (const { clause } of clauses)
    for (const row of clause.rows) if (row.kind === 'on a shortage') return row.mode;
  return 'carried';
}

/** Used, expired, open, pending, held and reversed, per owner. */
function componentsOf(state: WalletState): readonly Entitlement[] {
  const { asset, owner, wallet, scale } = state;
  const totals = walletTotals(wallet);
  const shortage = wallet.shortageMode === 'negative' ? wallet.shortage : 0n;
  const amounts: readonly (readonly [string, bigint])[] = [
    ['used', usedOf(wallet)],
    ['expired', totals.expired],
    ['open', totals.active - shortage],
    ['pending', totals.pending],
    ['held', totals.held],
    ['reversed', totals.reversed],
    ['waived', wallet.waived],
  ];
  return amounts.flatMap(([name, amount]): Entitlement[] => {
    if (amount === 0n) return [];
    return [
      {
        clause: `${asset}/${name}`,
        component: `${asset} ${name}`,
        payee: owner,
        period: '',
        asset,
        exact: rational(amount, scale),
        amount,
        held: 0n,
        state: 'final',
        waiting: [],
        lines: name === 'used' ? usedLines(state, amount, scale) : [lineWithout(amount, scale)],
      },
    ];
  });
}

function lineWithout(amount: bigint, scale: bigint): Line {
  return { fact: null, exact: rational(amount, scale), amount, note: 'unattributed' };
}

function usedLines(state: WalletState, total: bigint, scale: bigint): readonly Line[] {
  const lines = state.used.map(({ record, amount }): Line => {
    const fact = record === null ? null : { kind: record.fact.kind, id: record.fact.id };
    return { fact, exact: rational(amount, scale), amount, note: 'taken' };
  });
  const left = total - lines.reduce((sum, { amount }) => sum + amount, 0n);
  return left === 0n ? lines : [...lines, { ...lineWithout(left, scale), note: 'adjustment' }];
}
