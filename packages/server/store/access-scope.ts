// SPDX-License-Identifier: Apache-2.0
// The tables of the schema `access` inside a workspace's transaction: what an administrator of it may see and change.

import type { Transaction } from 'kysely';
import type { AccessTables } from './access-tables.ts';
import type { Scope } from './open.ts';

/** The database shows rows of this workspace alone, as everywhere. */
export function accessTables(scope: Scope): Transaction<AccessTables> {
  return scope.query.withSchema('access') as unknown as Transaction<AccessTables>;
}
