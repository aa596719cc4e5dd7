// SPDX-License-Identifier: Apache-2.0
// Wallets, folded day by day: lots become usable, then the facts of the day in their order, after each fact the
// clauses in document order, then lots expire at the day's end. Every clause that issues an asset or takes from its
// usable balance is computed here, as are the components that come of themselves: used, expired, open,
// pending, reversed.

import {
  activate,
  advance,
  burnCommitted,
  burnUpTo,
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
import type { Grant, NewPromises, Use } from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import { rational } from '../../values/rational.ts';
import { isDayUnderVersion } from './amendment.ts';
import { attributeOn } from './attributes.ts';
import type { Cell } from './cell.ts';
import { assetDecimals } from './cell.ts';
import { CellGathering, clauseScope, factOccurrences } from './clause.ts';
import { hasCome, noteDay, today } from './horizon.ts';
import { loweringsOf } from './lowering.ts';
import { compareRecords, type FactRecord } from './order.ts';
import { periodsOf } from './participation.ts';
import { grantPlace, openGrants, placeOfGrant, promisedGrants } from './promised-grants.ts';
import { isTaking, nameLots, openUses, promisedUses, takingPlace, usesLeft } from './promised-uses.ts';
import { takesBack } from './returns.ts';
import type { Scope, WalletView } from './scope.ts';
import {
  activityOf,
  actOn,
  bookExchange,
  type Given,
  issueGrant,
  keepAlive,
  type WalletClause,
  type WalletState,
} from './wallet-acts.ts';
import { walletAsset } from './wallet-asset.ts';
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

/** What was promised before, by the owner of the wallet. */
interface PromisedBefore {
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
}

/** Something that happens to a wallet at a fact, a period's end, or an opening. */
interface Event {
  readonly day: Day;
  readonly record: FactRecord | null;
  readonly acts: readonly {
    readonly clause: WalletClause;
    readonly payee: string;
    readonly period: Period | null;
    readonly record: FactRecord | null;
  }[];
  /** Whose points the fact keeps alive, under which clause. */
  readonly keptAlive: readonly { readonly clause: WalletClause; readonly payee: string }[];
  readonly opening: { readonly of: string; readonly amount: bigint; readonly through: Day | null } | null;
  /** At the end of a day: what was used and nothing else has booked. */
  readonly isUse: boolean;
  /** What was granted for facts that have gone. */
  readonly granted: readonly Grant[];
}

/** All wallets of an asset, folded through the day of evaluation, over all versions of the agreement. */
export function walletsOf(asset: string, scopes: readonly Scope[]): WalletResult {
  const scope = scopes.at(-1)!;
  return keptOf(scope.world, scope.world.program.clauses, `wallets of ${asset}`, () => {
    const clauses = scopes.flatMap((version) => walletClauses(asset, version));
    const burn = scope.world.program.burns.find((candidate) => candidate.asset === asset) ?? null;
    const folded: FoldedWallet[] = [];
    const promises = { uses: [] as Use[], grants: [] as Grant[] };
    const promised = {
      uses: promisedUses(scope.world, asset),
      grants: promisedGrants(scope.world, asset),
    };
    const events = [...eventsByWallet(asset, clauses, burn, promised, scope)]
      .filter(([owner, own]) => isAskedFor(owner, own, scope))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const components = events.flatMap(([owner, own]) => {
      const state = foldWallet(asset, owner, own, clauses, burn, promised, scope);
      folded.push(state);
      promises.uses.push(...state.uses.made);
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

/** A wallet of the payee that is asked for, or one in which it has points. */
function isAskedFor(owner: string, events: readonly Event[], { world }: Scope): boolean {
  const { only } = world.asked;
  return (
    only === null ||
    owner === only.payee ||
    events.some(
      ({ acts, opening, granted }) =>
        opening?.of === only.payee ||
        acts.some(({ payee }) => payee === only.payee) ||
        granted.some(({ payee }) => payee === only.payee),
    )
  );
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

const walletStates: readonly string[] = ['used', 'expired', 'open', 'pending', 'reversed', 'waived'];

function stateOf({ clause }: Entitlement): string {
  return clause.slice(clause.lastIndexOf('/') + 1);
}

/** Whose wallet the points of a party are in: its own, or the one of its household on that day. */
function walletOwner(burn: BurnOrder | null, party: string, payee: string, day: Day, scope: Scope): string {
  if (burn === null || burn.pool === null) return payee;
  const pool = attributeOn(scope.world, party, payee, burn.pool.attribute, day);
  return pool.kind === 'party' ? pool.value : payee;
}

function eventsByWallet(
  asset: string,
  clauses: readonly WalletClause[],
  burn: BurnOrder | null,
  promised: PromisedBefore,
  scope: Scope,
): Map<string, Event[]> {
  const wallets = new Map<string, Map<string, { -readonly [name in keyof Event]: Event[name] }>>();
  // Clauses that treat late facts differently have records of their own of one fact.
  const eventOf = (owner: string, at: FactRecord | string, day: Day) => {
    const events = wallets.get(owner) ?? new Map();
    wallets.set(owner, events);
    const key = typeof at === 'string' ? at : recordKey(at);
    const event = events.get(key) ?? {
      day,
      record: typeof at === 'string' ? null : at,
      acts: [],
      keptAlive: [],
      opening: null,
      isUse: false,
      granted: [],
    };
    events.set(key, event);
    return event;
  };
  for (const walletClause of clauses) {
    const { clause, scope: inner } = walletClause;
    const { party } = clause.payee;
    const { occasion } = clause;
    if (clause.rows.some(({ kind }) => kind === 'usable while active'))
      for (const payee of scope.world.parties.get(party) ?? [])
        for (const record of activityOf(walletClause, payee)) {
          const event = eventOf(walletOwner(burn, party, payee, record.day, scope), record, record.day);
          event.keptAlive = [...event.keptAlive, { clause: walletClause, payee }];
        }
    if (occasion.kind === 'fact')
      for (const { record, payee, period } of factOccurrences(clause, occasion, inner)) {
        const event = eventOf(walletOwner(burn, party, payee, record.day, scope), record, record.day);
        event.acts = [...event.acts, { clause: walletClause, payee, period, record }];
        if (takesBack(clause)) noteReturns(record, payee, eventOf, burn, party, inner);
      }
    else if (occasion.kind === 'period')
      for (const payee of scope.world.parties.get(party) ?? [])
        for (const period of periodsOf(scope.world, party, payee, occasion.unit)) {
          if (!hasCome(scope.world, period.end) || !isDayUnderVersion(inner, period.end)) continue;
          const owner = walletOwner(burn, party, payee, period.end, scope);
          const event = eventOf(owner, `${period.end} end`, period.end);
          event.acts = [...event.acts, { clause: walletClause, payee, period, record: null }];
        }
    else if (occasion.kind === 'ever' && !clause.rows.some(({ kind }) => kind === 'for every'))
      for (const payee of scope.world.parties.get(party) ?? []) {
        const owner = walletOwner(burn, party, payee, scope.world.asOf, scope);
        const event = eventOf(owner, 'as of', today(scope.world));
        event.acts = [...event.acts, { clause: walletClause, payee, period: null, record: null }];
      }
  }
  for (const [owner, grants] of promised.grants) {
    const acted = new Set(
      [...(wallets.get(owner)?.values() ?? [])].flatMap(({ acts }) =>
        acts.flatMap((act) => grantPlace(act.clause.clause, act) ?? []),
      ),
    );
    for (const grant of grants)
      if (!acted.has(placeOfGrant(grant))) {
        const event = eventOf(owner, `${grant.day} granted`, grant.day);
        event.granted = [...event.granted, grant];
      }
  }
  for (const [owner, uses] of promised.uses)
    for (const use of uses) if (!isTaking(use)) eventOf(owner, `${use.day} use`, use.day).isUse = true;
  const scale = 10n ** BigInt(assetDecimals(scope.world.program, asset));
  scope.world.known.openings.forEach((balance, index) => {
    if (balance.component !== asset && balance.component !== `${asset} open`) return;
    if (!hasCome(scope.world, balance.on)) return;
    const amount = (balance.amount.n * scale) / balance.amount.d;
    eventOf(balance.of, `opening ${index}`, balance.on).opening = {
      of: balance.of,
      amount,
      through: balance.through,
    };
  });
  return new Map(
    [...wallets].map(([owner, events]) => [
      owner,
      [...events.values()].sort(
        (a, b) =>
          a.day - b.day ||
          placeInDay(a) - placeInDay(b) ||
          (a.record !== null && b.record !== null ? compareRecords(a.record, b.record) : 0),
      ),
    ]),
  );
}

function recordKey({ kind, fact, lowering, day }: FactRecord): string {
  return ['record', kind, fact.id, lowering?.id ?? '', day].join('\u0000');
}

/** Openings come first in a day, and what is kept, then facts, then what is issued at a period's end, then what was used otherwise. */
function placeInDay(event: Event): number {
  return event.opening !== null || event.granted.length > 0
    ? 0
    : event.record !== null
      ? 1
      : event.isUse
        ? 3
        : 2;
}

/** Makes events of the facts that lower a sale, so that they act on the wallet in their own place. */
function noteReturns(
  record: FactRecord,
  payee: string,
  eventOf: (owner: string, key: FactRecord, day: Day) => unknown,
  burn: BurnOrder | null,
  party: string,
  scope: Scope,
): void {
  for (const lowering of loweringsOf(scope.world, record.kind))
    for (const returned of scope.world.records.get(lowering.kind.id) ?? []) {
      const link = returned.fact.fields[lowering.link];
      if (link?.kind === 'fact' && link.value === record.fact.id)
        eventOf(walletOwner(burn, party, payee, returned.day, scope), returned, returned.day);
    }
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
    if (event.isUse) bookUsesLeft(clauses, event.day, state, view, scope.world);
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

/** Books what was redeemed, and what was exchanged at facts that have gone or count on another day by now. */
function bookUsesLeft(
  clauses: readonly WalletClause[],
  day: Day,
  state: WalletState,
  view: WalletView,
  world: World,
): void {
  for (const use of usesLeft(state.uses, day)) {
    const { by } = use;
    if (by === null) redeem(use, state);
    else {
      const own = clauses.filter(({ clause }) => clause.id === by.clause);
      const walletClause = own.find(({ scope }) => isDayUnderVersion(scope, day)) ?? own.at(-1);
      const record = by.fact === null ? null : world.recordsById.get(by.fact.kind)?.get(by.fact.id);
      if (walletClause !== undefined) bookExchange(walletClause, use, record ?? null, state, view);
    }
  }
}

/** Points that somebody redeemed: from the lots that were named, or in the order of use, and then they are named. */
function redeem(use: Use, state: WalletState): void {
  const cause = { kind: 'redemption', id: use.id };
  if (use.lots.length > 0) {
    burnCommitted(state.wallet, use.lots, state.day, cause);
    state.used.push({ record: null, amount: use.amount });
    return;
  }
  const lots = burnUpTo(state.wallet, use.amount, state.day, cause);
  nameLots(state.uses, use, lots);
  state.used.push({ record: null, amount: lots.reduce((sum, { amount }) => sum + amount, 0n) });
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

/** Used, expired, open, pending and reversed, per owner. */
function componentsOf(state: WalletState): readonly Entitlement[] {
  const { asset, owner, wallet, scale } = state;
  const totals = walletTotals(wallet);
  const shortage = wallet.shortageMode === 'negative' ? wallet.shortage : 0n;
  const amounts: readonly (readonly [string, bigint])[] = [
    ['used', usedOf(wallet)],
    ['expired', totals.expired],
    ['open', totals.active - shortage],
    ['pending', totals.pending],
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
