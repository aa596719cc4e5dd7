// SPDX-License-Identifier: Apache-2.0
// Who acts: a member of a workspace, an API key of it, or a job of ours. A caller belongs to one workspace; somebody
// who is a member of two is two callers. What a caller may do is decided in may.ts, by the table in matrix.ts.

import type { Permission } from './permissions.ts';
import type { Role } from './roles.ts';

export interface Caller {
  readonly workspace: number;
  /** Who is named in the log and in the audit trail: `user:<id>`, `key:<id>`, `job:<name>`. Never a person's name. */
  readonly actor: string;
  readonly role: Role;
  /** The party that this caller is, for whom "own" means something; null for staff who take part in no agreement. */
  readonly party: string | null;
  /** Parties of the people who report to this caller, without the caller; empty for everyone who leads nobody. */
  readonly team: ReadonlySet<string>;
  /** What an API key or a job was given, within what its role may do. A person who signed in has 'all'. */
  readonly scopes: ReadonlySet<Permission> | 'all';
  /** The most that one act of goodwill may give, in smallest units by asset; an asset that is not named: nothing. */
  readonly goodwillLimits: ReadonlyMap<string, bigint>;
}

/** What a permission is asked about. */
export interface Subject {
  /** The parties whose data it is; with several (the seller and the customer of a deal), one that fits is enough. */
  readonly party?: string | readonly string[];
  /** What is to be given away, for permissions that have a limit. */
  readonly amount?: { readonly asset: string; readonly minor: bigint };
}

const nobody: ReadonlySet<string> = new Set();
const nothing: ReadonlyMap<string, bigint> = new Map();

/** A job of ours: it acts with the owner's rights, narrowed to what the job is for. */
export function jobCaller(workspace: number, job: string, scopes: readonly Permission[]): Caller {
  return {
    workspace,
    actor: `job:${job}`,
    role: 'owner',
    party: null,
    team: nobody,
    scopes: new Set(scopes),
    goodwillLimits: nothing,
  };
}

/** Somebody at the command line of the machine itself, such as at the first start: the owner, with every right. */
export function operatorCaller(workspace: number): Caller {
  return { ...jobCaller(workspace, 'operator', []), scopes: 'all' };
}
