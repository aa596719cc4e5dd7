// SPDX-License-Identifier: Apache-2.0
// What the key of an entitlement is in the books: something owed, something that first flows into a settlement, what a
// settlement pays, points used or expired, a move between two accounts of the payer, or a balance that is only shown.

import type { Clause } from '../program/clause.ts';
import type { Key } from '../program/entitlement.ts';
import type { Program } from '../program/program.ts';
import type { Calendar } from '../values/calendar.ts';

export type Role =
  | { readonly kind: 'owed' }
  /** Flows into a settlement, which pays it. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'settlement' }
  | { readonly kind: 'used' | 'expired' | 'waived' }
  | { readonly kind: 'moved'; readonly from: string; readonly to: string }
  /** Follows from the rest (points open, a debt, carried excess): never posted. */
  | { readonly kind: 'shown' };

export type RoleKey = Pick<Key, 'clause' | 'asset'>;

export interface BookRules {
  readonly calendar: Calendar;
  /** Who bears what a clause entitles to. */
  readonly payerOf: (clause: string) => string;
  readonly roleOf: (key: RoleKey) => Role;
  /** Whether what a clause was once posted with is kept, whatever becomes of what it was given for. */
  readonly keeps: (clause: string) => boolean;
  /** Whether the lines of issued statements stay as they are. */
  readonly freezes: boolean;
  /** Whether an asset is held in lots: points that clauses issue. */
  readonly isInLots: (asset: string) => boolean;
  readonly settlements: readonly { readonly id: string; readonly from: readonly string[] }[];
}

/** True for a clause that says `once, and kept`. */
export function isKept({ rows }: Clause): boolean {
  return rows.some((row) => row.kind === 'once' && !row.reversible);
}

const owed: Role = { kind: 'owed' };
const shown: Role = { kind: 'shown' };

/** The rules of an agreement's versions, the latest last; what an earlier version alone knows keeps its role. */
export function bookRules(programs: readonly [Program, ...Program[]]): BookRules {
  const clauses = new Map(
    programs.flatMap((program) => program.clauses.map((clause) => [clause.id, clause] as const)),
  );
  const settlements = new Set(programs.flatMap((program) => program.settlements.map(({ id }) => id)));
  const settled = new Set(programs.flatMap((program) => program.settlements.flatMap(({ from }) => from)));
  const inLots = new Set(
    programs.flatMap(({ clauses: own, assets }) =>
      own.flatMap(({ action, asset }) =>
        action === 'issues' && assets.some(({ id }) => id === asset) ? [asset] : [],
      ),
    ),
  );
  const kept = new Set([...clauses.values()].filter(isKept).map(({ id }) => id));
  return {
    calendar: programs.at(-1)!.policies.calendar,
    settlements: [...settlements].map((id) => ({
      id,
      from: programs.flatMap((program) => program.settlements.find((one) => one.id === id)?.from ?? []),
    })),
    freezes: programs.at(-1)!.policies.attribution === 'freeze',
    isInLots: (asset) => inLots.has(asset),
    keeps: (clause) => kept.has(clause),
    payerOf: (clause) => clauses.get(clause)?.payer ?? '',
    roleOf: ({ clause, asset }) => {
      if (settled.has(clause)) return { kind: 'settled' };
      if (settlements.has(clause)) return { kind: 'settlement' };
      const accounts = clauses.get(clause)?.accounts ?? null;
      if (accounts !== null) return { kind: 'moved', ...accounts };
      if (clauses.has(clause)) return owed;
      const cut = clause.lastIndexOf('/');
      const [owner, part] = [clause.slice(0, Math.max(cut, 0)), clause.slice(cut + 1)];
      if (settlements.has(owner)) return part === 'ahead' ? { kind: 'settlement' } : shown;
      if (owner !== asset) return owed;
      return part === 'used' || part === 'expired' || part === 'waived' ? { kind: part } : shown;
    },
  };
}
