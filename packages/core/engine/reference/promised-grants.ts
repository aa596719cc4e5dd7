// SPDX-License-Identifier: Apache-2.0
// Points that a clause issued "once, and kept", in the fold of a wallet. While the fact that earned them is there, its
// lot holds at least what was granted; when it has gone, the lot is issued as it was.
import { isKept } from '../../ledger/roles.ts';
import type { Clause } from '../../program/clause.ts';
import type { Grant } from '../../program/promise.ts';
import type { Period } from '../../values/period.ts';
import { add, type Rational, sign, subtract, zero } from '../../values/rational.ts';
import { hasCome } from './horizon.ts';
import type { FactRecord } from './order.ts';
import type { World } from './world.ts';

/** What earned points: one fact, or a period of a payee. */
interface Act {
  readonly payee: string;
  readonly period: Period | null;
  readonly record: FactRecord | null;
}

/** The promised grants of one wallet while it is folded. */
export interface PromisedGrants {
  readonly at: ReadonlyMap<string, readonly Grant[]>;
  readonly ids: Set<string>;
  /** What the fold itself promises. */
  readonly made: Grant[];
}

/** The grants in the wallets of an asset, by owner, as far as they had come by the day of evaluation. */
export function promisedGrants(world: World, asset: string): ReadonlyMap<string, readonly Grant[]> {
  const byOwner = new Map<string, readonly Grant[]>();
  for (const [owner, grants] of world.known.promised?.grants ?? []) {
    const own = grants.filter((grant) => grant.asset === asset && hasCome(world, grant.day));
    if (own.length > 0) byOwner.set(owner, own);
  }
  return byOwner;
}

export function openGrants(grants: readonly Grant[]): PromisedGrants {
  const at = new Map<string, Grant[]>();
  for (const grant of grants) {
    const place = placeOfGrant(grant);
    const same = at.get(place);
    if (same === undefined) at.set(place, [grant]);
    else same.push(grant);
  }
  return { at, ids: new Set(grants.map(({ id }) => id)), made: [] };
}

export function placeOfGrant({ clause, payee, source }: Pick<Grant, 'clause' | 'payee' | 'source'>): string {
  return [clause, payee, source.kind, source.id].join('\u0000');
}

/** The place of what a clause earns; null where nothing of it is kept, or where a return lowers it. */
export function grantPlace(clause: Clause, act: Act): string | null {
  if (!isKept(clause) || act.record?.lowering != null) return null;
  return placeOfGrant({ clause: clause.id, payee: act.payee, source: earnedBy(act) });
}

export function earnedBy({ record, period }: Act): Grant['source'] {
  return record === null
    ? { kind: 'period', id: period?.label ?? '' }
    : { kind: record.kind, id: record.fact.id };
}

/** What was granted for a fact or a period; zero where nothing was. */
export function grantedFor(grants: PromisedGrants, clause: Clause, act: Act): Rational {
  if (!isKept(clause)) return zero;
  const place = placeOfGrant({ clause: clause.id, payee: act.payee, source: earnedBy(act) });
  return (grants.at.get(place) ?? []).reduce((sum, { exact }) => add(sum, exact), zero);
}

/** Notes what is issued beyond what was granted, under an id that no other grant of the wallet has. */
export function noteGrant(grants: PromisedGrants, grant: Omit<Grant, 'id'>, granted: Rational): void {
  const exact = subtract(grant.exact, granted);
  if (sign(exact) <= 0 || grant.amount <= 0n) return;
  const base = [grant.clause, grant.payee, grant.source.kind, grant.source.id].join('/');
  let id = base;
  for (let again = 2; grants.ids.has(id); again += 1) id = `${base}/${again}`;
  grants.ids.add(id);
  grants.made.push({ ...grant, id, exact });
}
