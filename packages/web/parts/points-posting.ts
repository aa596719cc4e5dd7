// SPDX-License-Identifier: Apache-2.0
// Postings of what becomes of points. When points are used, expire or are taken back, a component of that name grows,
// and the party has fewer of them: shown with a minus, and without the colour of a gain.
import type { Amount } from '@rapport/server/wire/values.ts';
import { signOf } from './amount-words.ts';

interface Posted {
  /** Of what becomes of points: the asset and the state, such as "Points/used". */
  readonly clause: string;
  readonly due: Amount;
}

export function isOfUsedPoints({ clause, due }: Posted): boolean {
  return clause.startsWith(`${due.asset}/`);
}

/** What a posting changes for its party. */
export function changeOf(posting: Posted): Amount {
  const { due } = posting;
  if (!isOfUsedPoints(posting) || signOf(due) === 0) return due;
  return { ...due, amount: due.amount.startsWith('-') ? due.amount.slice(1) : `-${due.amount}` };
}
