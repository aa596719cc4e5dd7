// SPDX-License-Identifier: Apache-2.0
// A member as the API shows it.

import { isRole, type Role } from '../access/roles.ts';
import type { MemberRow } from '../store/member-rows.ts';
import type { Member } from '../wire/access.ts';

/** @param names of parties, by id. */
export function memberView(row: MemberRow, names: ReadonlyMap<string, string>): Member {
  const { user, name, email, role, party, createdAt } = row;
  const partyName = party === null ? null : (names.get(party) ?? null);
  return { member: user, name, email, role, party, partyName, since: createdAt.toISOString() };
}

/** A role of ours; that another one stands in the database would be our own mistake. */
export function roleOf(row: { readonly role: string }): Role {
  if (!isRole(row.role)) throw new Error(`The role ${row.role} is not one of ours.`);
  return row.role;
}
