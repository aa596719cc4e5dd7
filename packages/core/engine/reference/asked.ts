// SPDX-License-Identifier: Apache-2.0
// What an evaluation is asked for, and what it is told where it cannot compute: nothing of either changes what an
// agreement means. By default it is asked for everything, and is told nothing.
import type { Period } from '../../values/period.ts';
import type { Given } from './given.ts';

export interface Asked {
  /** Whose entitlements, and which; null: everybody's. */
  readonly only: Only | null;
  /** What stands for what others' facts give; null: everything is computed. */
  readonly given: Given | null;
}

/** The entitlements of one payee, of each clause in the periods that are wanted. Balances are always told. */
export interface Only {
  readonly payee: string;
  /** Label of the period; "" for none. */
  readonly isWanted: (clause: string, period: string) => boolean;
}

export const everything: Asked = { only: null, given: null };

/** All entitlements of one payee. */
export function allOf(payee: string): Asked {
  return { only: { payee, isWanted: () => true }, given: null };
}

/** Which cells of a clause are computed. */
export interface CellsAsked {
  /** Null: of everybody. */
  readonly payee: string | null;
  readonly isWanted: (period: Period | null) => boolean;
  /** Equal for equal questions: results are kept under it. */
  readonly key: string;
}

export const allCells: CellsAsked = { payee: null, isWanted: () => true, key: '' };

/** The cells of a clause that an evaluation gives. */
export function cellsAsked({ only }: Asked, clause: string): CellsAsked {
  if (only === null) return allCells;
  const { payee, isWanted } = only;
  return { payee, isWanted: (period) => isWanted(clause, period?.label ?? ''), key: 'asked for' };
}

/** The cells of a clause of one payee in periods within two days, which another clause reads. */
export function cellsRead({ only }: Asked, payee: string, from: number, through: number): CellsAsked {
  if (only === null) return allCells;
  return {
    payee,
    isWanted: (period) => period === null || (period.start >= from && period.end <= through),
    key: `read ${payee} ${from} ${through}`,
  };
}
