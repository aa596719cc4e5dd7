// SPDX-License-Identifier: Apache-2.0
// What happens to wallets, in order: facts that earn or use points, ends of periods, openings, what was granted or used
// before. Each wallet has its own events; a household's holds those of all its members.
import type { BurnOrder } from '../../program/declaration.ts';
import type { Grant, Use } from '../../program/promise.ts';
import type { Day } from '../../values/date.ts';
import type { Period } from '../../values/period.ts';
import { isDayUnderVersion } from './amendment.ts';
import { attributeOn } from './attributes.ts';
import { assetDecimals } from './cell.ts';
import { factOccurrences } from './clause.ts';
import { hasCome, today } from './horizon.ts';
import { loweringsOf } from './lowering.ts';
import { compareRecords, type FactRecord } from './order.ts';
import { periodsOf } from './participation.ts';
import { grantPlace, placeOfGrant } from './promised-grants.ts';
import { type Flight, type HoldMoment, momentsOf } from './promised-holds.ts';
import { isTaking } from './promised-uses.ts';
import { takesBack } from './returns.ts';
import type { Scope } from './scope.ts';
import { activityOf, type WalletClause } from './wallet-acts.ts';

/** What was promised before, by the owner of the wallet. */
export interface PromisedBefore {
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  readonly holds: ReadonlyMap<string, readonly Flight[]>;
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
}

/** Something that happens to a wallet at a fact, a period's end, or an opening. */
export interface Event {
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
  /** At the end of a day: what was used and nothing else has booked, and holds. At its beginning: holds that timed out. */
  readonly promised: HoldMoment['at'] | null;
  /** What was granted for facts that have gone. */
  readonly granted: readonly Grant[];
}

/** A wallet of the payee that is asked for, or one in which it has points. */
export function isAskedFor(owner: string, events: readonly Event[], { world }: Scope): boolean {
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

/** Whose wallet the points of a party are in: its own, or the one of its household on that day. */
function walletOwner(burn: BurnOrder | null, party: string, payee: string, day: Day, scope: Scope): string {
  if (burn === null || burn.pool === null) return payee;
  const pool = attributeOn(scope.world, party, payee, burn.pool.attribute, day);
  return pool.kind === 'party' ? pool.value : payee;
}

/** What happens to each wallet, by its owner, in order. */
export function eventsByWallet(
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
      promised: null,
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
    for (const { day } of uses.filter((use) => !isTaking(use)))
      eventOf(owner, `${day} promised end`, day).promised = 'end';
  for (const [owner, holds] of promised.holds)
    for (const { day, at } of holds.flatMap(momentsOf))
      eventOf(owner, `${day} promised ${at}`, day).promised = at;
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

/** First in a day come openings, what is kept and what is free again, then facts, then what a period's end issues, then promises. */
function placeInDay({ opening, granted, promised, record }: Event): number {
  if (opening !== null || granted.length > 0 || promised === 'beginning') return 0;
  if (record !== null) return 1;
  return promised === 'end' ? 3 : 2;
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
