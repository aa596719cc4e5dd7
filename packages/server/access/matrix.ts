// SPDX-License-Identifier: Apache-2.0
// The authorisation matrix: which role has which permission, and how far it reaches. What is not written is not
// allowed. docs/reference/roles.md is printed from this table and a test compares them.

import { type Permission, permissions } from './permissions.ts';
import { type Role, roles } from './roles.ts';

/**
 * How far a permission reaches: everything in the workspace; what is the caller's own; that and what belongs to the
 * people who report to the caller; or everybody's, up to the caller's limit for each act.
 */
export type Reach = 'all' | 'own' | 'team' | 'within limits';

type Grants = { readonly [reach in Reach]?: readonly Role[] };

/** Who runs the books. */
const staff = ['owner', 'admin', 'finance', 'legal'] as const;
/** Who sees the whole workspace. */
const readers = [...staff, 'auditor'] as const;
/** People and firms who see what is theirs. */
const parties = ['representative', 'member', 'partner'] as const;

const grants: Readonly<Record<Permission, Grants>> = {
  'workspace.read': { all: roles },
  'workspace.change': { all: ['owner', 'admin'] },
  'workspace.create': { all: ['owner'] },

  'facts.read': {
    all: [...readers, 'service agent', 'integration'],
    team: ['manager'],
    own: ['representative', 'member'],
  },
  'facts.record': { all: ['owner', 'admin', 'finance', 'integration'] },
  'feeds.read': { all: [...readers, 'integration'] },
  'feeds.change': { all: ['owner', 'admin'] },
  'loads.upload': { all: ['owner', 'admin', 'finance', 'integration'] },
  'loads.approve': { all: ['owner', 'admin', 'finance'] },
  'completeness.declare': { all: ['owner', 'admin', 'finance', 'integration'] },

  'parties.read': { all: [...readers, 'service agent', 'integration'], team: ['manager'], own: parties },
  'parties.change': { all: ['owner', 'admin', 'integration'] },
  'relations.change': { all: ['owner', 'admin', 'integration'] },
  'personal.read': { all: [...readers, 'service agent', 'integration'], team: ['manager'], own: parties },

  'agreements.read': { all: readers, team: ['manager'], own: parties },
  'agreements.draft': { all: ['owner', 'admin', 'legal'] },
  'agreements.activate': { all: ['owner', 'legal'] },
  'values.change': { all: ['owner', 'admin', 'legal'] },
  'decisions.record': { all: ['owner', 'finance', 'legal'] },
  'openings.record': { all: ['owner', 'admin', 'finance'] },

  'periods.read': { all: [...readers, 'manager', 'integration'] },
  'periods.close': { all: ['owner', 'finance'] },
  'books.read': { all: [...readers, 'integration'] },
  'books.check': { all: ['owner', 'admin', 'finance', 'legal', 'auditor'] },
  'books.recompute': { all: ['owner', 'admin', 'finance'] },
  'jobs.read': { all: readers },

  'earnings.read': { all: [...readers, 'integration'], team: ['manager'], own: ['representative', 'member'] },
  'earnings.forecast': { all: readers, team: ['manager'], own: ['representative', 'member'] },
  'statements.read': { all: [...readers, 'integration'], team: ['manager'], own: parties },
  'statements.issue': { all: ['owner', 'finance'] },
  'statements.approve': { all: ['owner', 'finance'] },
  'payments.record': { all: ['owner', 'finance', 'integration'] },

  'wallets.read': {
    all: [...readers, 'service agent', 'integration'],
    team: ['manager'],
    own: ['representative', 'member'],
  },
  'redemptions.place': { all: ['owner', 'service agent', 'integration'], own: ['member'] },
  'goodwill.grant': { all: ['owner'], 'within limits': ['service agent'] },

  'proofs.read': { all: roles },
  'bundles.read': { all: [...readers, 'integration'], team: ['manager'], own: parties },

  'members.read': { all: readers },
  'members.change': { all: ['owner', 'admin'] },
  'keys.read': { all: ['owner', 'admin', 'auditor'] },
  'keys.change': { all: ['owner', 'admin'] },
  'sessions.end': { all: ['owner', 'admin'] },
  'webhooks.read': { all: ['owner', 'admin', 'auditor'] },
  'webhooks.change': { all: ['owner', 'admin'] },
  'secrets.rotate': { all: ['owner'] },
  'audit.read': { all: ['owner', 'admin', 'legal', 'auditor'] },
  'persons.export': { all: ['owner', 'admin', 'legal', 'auditor'], own: ['manager', ...parties] },
  'persons.erase': { all: ['owner', 'legal'] },
  'retention.read': { all: readers },
  'retention.change': { all: ['owner', 'legal'] },
};

/** Role by role; null is no. */
export const matrix: Readonly<Record<Role, Readonly<Record<Permission, Reach | null>>>> = Object.fromEntries(
  roles.map((role) => [role, Object.fromEntries(permissions.map((name) => [name, granted(role, name)]))]),
) as Record<Role, Record<Permission, Reach | null>>;

function granted(role: Role, permission: Permission): Reach | null {
  const entry = Object.entries(grants[permission]).find(([, granted]) => granted.includes(role));
  return entry === undefined ? null : (entry[0] as Reach);
}
