// SPDX-License-Identifier: Apache-2.0
// From the headers of a request to the identity behind it. What was looked up is remembered for some seconds; ending a
// session, revoking a key or changing a member in this process forgets it at once.

import { findApiKey, noteUseOfApiKey } from '../store/api-key-rows.ts';
import { membershipsOf } from '../store/member-rows.ts';
import type { AccessQuery, Store } from '../store/open.ts';
import { findSession } from '../store/session-rows.ts';
import { reportsTo } from '../store/team-rows.ts';
import type { Caller } from './caller.ts';
import type { Identity, Place } from './identity.ts';
import { isPermission } from './permissions.ts';
import { isRole } from './roles.ts';
import { sessionTokenOf } from './session-cookie.ts';
import { shortMemory } from './short-memory.ts';
import { hashOf, isApiKey } from './tokens.ts';

export interface Credentials {
  /** Header `Authorization`. */
  readonly authorization?: string | undefined;
  /** Header `Cookie`. */
  readonly cookie?: string | undefined;
}

export interface Identifying {
  /** Null for nobody we know. A key that is given and wrong is nobody, whatever the cookie says. */
  identify(credentials: Credentials): Promise<Identity | null>;
  forget(): void;
}

/** Milliseconds: the longest that another process may go on taking a key that was revoked here. */
const lifetime = 5_000;
const identitiesMax = 10_000;
/** Milliseconds between two notes of when a key was last used. */
const noteEvery = 60_000;

export function openIdentifying(options: {
  readonly store: Store;
  readonly clock: () => Date;
  readonly isSecure: boolean;
  readonly cookieSecret: string;
}): Identifying {
  const { store, clock } = options;
  const memory = shortMemory<Identity>(lifetime, identitiesMax, () => performance.now());
  const remembered = async (
    hash: string,
    look: (query: AccessQuery) => Promise<Found | null>,
  ): Promise<Identity | null> => {
    const known = memory.get(hash);
    if (known !== undefined) return known;
    const found = await store.accessing(look);
    if (found === null) return null;
    const identity = await withTeams(store, found, clock());
    memory.set(hash, identity);
    return identity;
  };
  return {
    async identify({ authorization, cookie }) {
      if (authorization !== undefined) {
        const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
        if (!isApiKey(key)) return null;
        const hash = hashOf(key);
        return await remembered(hash, (query) => keyIdentity(query, hash, clock()));
      }
      const token =
        cookie === undefined
          ? null
          : sessionTokenOf(cookie, { isSecure: options.isSecure, secret: options.cookieSecret });
      if (token === null) return null;
      return await remembered(hashOf(token), (query) => personIdentity(query, token, clock()));
    },
    forget: memory.forgetAll,
  };
}

type Found = Identity;

async function keyIdentity(query: AccessQuery, hash: string, now: Date): Promise<Found | null> {
  const key = await findApiKey(query, hash);
  if (key === null || key.revoked_at !== null) return null;
  if (key.expires_at !== null && key.expires_at <= now) return null;
  if (key.last_used_at === null || now.getTime() - key.last_used_at.getTime() > noteEvery) {
    await noteUseOfApiKey(query, key.id, now);
  }
  const actor = `key:${key.id}`;
  const caller = callerOf({ ...key, actor, goodwillLimits: key.goodwill_limits });
  return {
    kind: 'key',
    actor,
    places: [
      {
        workspaceName: key.workspaceName,
        workspaceTitle: key.workspaceTitle,
        caller: { ...caller, scopes: new Set(key.scopes.filter(isPermission)) },
      },
    ],
  };
}

async function personIdentity(query: AccessQuery, token: string, now: Date): Promise<Found | null> {
  const session = await findSession(query, token);
  if (session === null || session.expiresAt <= now) return null;
  const { user, name, email, mustChangePassword } = session;
  const actor = `user:${user}`;
  const places = (await membershipsOf(query, user)).map(
    (membership): Place => ({
      workspaceName: membership.workspaceName,
      workspaceTitle: membership.workspaceTitle,
      caller: callerOf({ ...membership, actor }),
    }),
  );
  return { kind: 'person', actor, person: { id: user, name, email, mustChangePassword }, places };
}

function callerOf(row: {
  readonly workspace: number;
  readonly actor: string;
  readonly role: string;
  readonly party: string | null;
  readonly goodwillLimits: Readonly<Record<string, string>>;
}): Caller {
  if (!isRole(row.role)) throw new Error(`The role ${row.role} is not one of ours.`);
  return {
    workspace: row.workspace,
    actor: row.actor,
    role: row.role,
    party: row.party,
    team: new Set(),
    scopes: 'all',
    goodwillLimits: new Map(Object.entries(row.goodwillLimits).map(([asset, text]) => [asset, BigInt(text)])),
  };
}

/** A manager's team is read from the dated relations of the workspace, as they are today. */
async function withTeams(store: Store, identity: Identity, now: Date): Promise<Identity> {
  const places: Place[] = [];
  for (const place of identity.places) {
    const { role, party, workspace } = place.caller;
    if (role !== 'manager' || party === null) places.push(place);
    else {
      const team = await store.within(workspace, (scope) => reportsTo(scope, party, now));
      places.push({ ...place, caller: { ...place.caller, team } });
    }
  }
  return { ...identity, places };
}
