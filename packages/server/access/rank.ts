// SPDX-License-Identifier: Apache-2.0
// Nobody hands on more than they have: a role can be given, changed or taken away only by a caller who may do all that
// the role may, and a key gets only permissions that its maker has. So nobody makes a second self with other rights.

import type { Caller } from './caller.ts';
import { matrix, type Reach } from './matrix.ts';
import { reachOf } from './may.ts';
import { type Permission, permissions } from './permissions.ts';
import type { Role } from './roles.ts';

/** Each reach holds those before it: what is one's own is part of the team's, and that part of everything. */
const widths: Readonly<Record<Reach, number>> = { own: 1, team: 2, 'within limits': 3, all: 4 };

export function mayGiveRole(caller: Caller, role: Role): boolean {
  return permissions.every((name) => isWithin(matrix[role][name], reachOf(caller, name)));
}

/** Those of the scopes that the caller must not give to a key of this role. */
export function scopesBeyond(
  caller: Caller,
  role: Role,
  scopes: readonly Permission[],
): readonly Permission[] {
  return scopes.filter((name) => !isWithin(matrix[role][name], reachOf(caller, name)));
}

function isWithin(given: Reach | null, own: Reach | null): boolean {
  if (given === null) return true;
  return own !== null && widths[given] <= widths[own];
}
