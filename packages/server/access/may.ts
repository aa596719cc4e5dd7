// SPDX-License-Identifier: Apache-2.0
// Whether a caller may do something. Three questions, from the widest to the exact one: at all (a route asks it before
// anything is read), whose (a list is narrowed to these parties), and for this subject (an action asks it about the
// record in its hands). In doubt the answer is no.

import type { Caller, Subject } from './caller.ts';
import { matrix, type Reach } from './matrix.ts';
import type { Permission } from './permissions.ts';

/** How far the caller's permission reaches: role, narrowed by the scopes of the key. Null is not at all. */
export function reachOf(caller: Caller, permission: Permission): Reach | null {
  if (caller.scopes !== 'all' && !caller.scopes.has(permission)) return null;
  return matrix[caller.role][permission];
}

/** Whether there is anything at all for which this caller has the permission. */
export function mayAtAll(caller: Caller, permission: Permission): boolean {
  return reachOf(caller, permission) !== null;
}

/**
 * Whether the caller has the permission for this subject. Without a subject, only a permission that reaches the whole
 * workspace is one: whoever forgets to name the party refuses too much, never too little.
 */
export function may(caller: Caller, permission: Permission, subject: Subject = {}): boolean {
  const reach = reachOf(caller, permission);
  switch (reach) {
    case null:
      return false;
    case 'all':
      return true;
    case 'own':
      return partiesOf(subject).some((party) => isOwn(caller, party));
    case 'team':
      return partiesOf(subject).some((party) => isOwn(caller, party) || caller.team.has(party));
    case 'within limits':
      return isWithinLimits(caller, subject);
  }
}

/** The parties whose records a list may show: all of them, or these (none, when the caller may not at all). */
export function partiesWithin(caller: Caller, permission: Permission): 'all' | readonly string[] {
  const reach = reachOf(caller, permission);
  switch (reach) {
    case null:
      return [];
    case 'all':
    case 'within limits':
      return 'all';
    case 'own':
      return caller.party === null ? [] : [caller.party];
    case 'team':
      return [...(caller.party === null ? [] : [caller.party]), ...caller.team];
  }
}

function partiesOf(subject: Subject): readonly string[] {
  if (subject.party === undefined) return [];
  return typeof subject.party === 'string' ? [subject.party] : subject.party;
}

function isOwn(caller: Caller, party: string): boolean {
  return caller.party !== null && caller.party === party;
}

function isWithinLimits(caller: Caller, { amount }: Subject): boolean {
  if (amount === undefined || amount.minor <= 0n) return false;
  const limit = caller.goodwillLimits.get(amount.asset);
  return limit !== undefined && amount.minor <= limit;
}
