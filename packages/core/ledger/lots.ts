// SPDX-License-Identifier: Apache-2.0
// The moves of a wallet. Each takes the day on which it happens and first lets the days up to it pass: lots whose
// last day is over expire, lots whose first day has come become usable. Amounts are whole smallest units, above zero.
// Nothing is taken from a lot before its first day, after its last, or beyond what it has.

import type { Day } from '../values/date.ts';
import {
  amountOf,
  expireLot,
  fallShort,
  firstDayOf,
  freeIn,
  insert,
  isOver,
  least,
  move,
  record,
  removeClosed,
  reopen,
  settleShortage,
  sumOf,
  take,
} from './lot-moves.ts';
import { compareUse, freeOf, type Lot, type Part, type Source, type Wallet } from './wallet.ts';

export {
  copyWallet,
  isWalletSound,
  type Lot,
  type LotState,
  lotStates,
  type Movement,
  type MovementKind,
  newWallet,
  type Part,
  type Source,
  type UseOrder,
  usedOf,
  type Wallet,
  type WalletTotals,
  walletTotals,
} from './wallet.ts';

export interface Issue {
  readonly clause: string;
  readonly owner: string;
  readonly source: Source;
  readonly day: Day;
  readonly usableFrom: Day | null;
  readonly usableThrough: Day | null;
  readonly amount: bigint;
}

/** Adds a lot; it is pending until its first day. Null when there is nothing to issue. */
export function issue(wallet: Wallet, earning: Issue): Lot | null {
  advance(wallet, earning.day);
  if (amountOf(earning.amount) === 0n) return null;
  const name = `${earning.clause}/${earning.owner}/${earning.source.kind}/${earning.source.id}`;
  let id = name;
  for (let again = 2; wallet.lots.has(id); again += 1) id = `${name}/${again}`;
  const lot: Lot = {
    id,
    clause: earning.clause,
    owner: earning.owner,
    source: earning.source,
    issuedOn: earning.day,
    usableFrom: earning.usableFrom,
    usableThrough: earning.usableThrough,
    issued: earning.amount,
    number: wallet.lots.size,
    pending: earning.amount,
    active: 0n,
    held: 0n,
    spent: 0n,
    expired: 0n,
    reversed: 0n,
  };
  wallet.lots.set(id, lot);
  insert(wallet.waiting, lot, (a, b) => firstDayOf(a) - firstDayOf(b) || a.number - b.number);
  record(wallet, 'issued', lot, earning.amount, earning.day, earning.source);
  advance(wallet, earning.day);
  return lot;
}

/** Lets the days through `day` begin: what has come becomes usable, what was usable through an earlier day expires. */
export function advance(wallet: Wallet, day: Day): void {
  if (wallet.day !== null && day < wallet.day) throw new RangeError('The day of a wallet does not go back.');
  wallet.day = day;
  activate(wallet, day);
  expireThrough(wallet, day);
}

/** Makes the lots usable whose first day has come; a carried shortage is taken from them at once. */
export function activate(wallet: Wallet, day: Day): void {
  while (wallet.waiting.length > 0 && firstDayOf(wallet.waiting[0]!) <= day) {
    const lot = wallet.waiting.shift()!;
    if (lot.pending === 0n) continue;
    if (isOver(lot, firstDayOf(lot))) {
      expireLot(wallet, lot, 'pending', Math.max(lot.usableThrough! + 1, lot.issuedOn));
      continue;
    }
    const amount = lot.pending;
    lot.active += amount;
    lot.pending = 0n;
    insert(wallet.open, lot, (a, b) => compareUse(wallet.order, a, b));
    record(wallet, 'activated', lot, amount, Math.max(firstDayOf(lot), lot.issuedOn), lot.source);
    settleShortage(wallet, firstDayOf(lot));
  }
}

/** Expires every lot whose last day is before `day`. Held points stay held until they are released or spent. */
export function expireThrough(wallet: Wallet, day: Day): void {
  const over = wallet.open.filter((lot) => isOver(lot, day));
  if (over.length > 0) {
    removeClosed(wallet, (lot) => isOver(lot, day));
    over.sort((a, b) => a.usableThrough! - b.usableThrough! || a.number - b.number);
    for (const lot of over) expireLot(wallet, lot, 'active', Math.max(lot.usableThrough! + 1, lot.issuedOn));
  }
  for (const lot of wallet.waiting.filter((lot) => isOver(lot, day) && lot.pending > 0n))
    expireLot(wallet, lot, 'pending', Math.max(lot.usableThrough! + 1, lot.issuedOn));
}

/** What can be used on the day. Below zero only where the agreement lets a balance go below zero. */
export function usable(wallet: Wallet, day: Day): bigint {
  advance(wallet, day);
  const active = wallet.open.reduce((sum, lot) => sum + lot.active, 0n);
  return wallet.shortageMode === 'negative' ? active - wallet.shortage : active;
}

/** What of it nobody has been promised. */
export function free(wallet: Wallet, day: Day): bigint {
  const promised = wallet.open.reduce((sum, lot) => sum + lot.active - freeOf(wallet, lot), 0n);
  return usable(wallet, day) - promised;
}

/** What is issued and waits for its first day. */
export function pending(wallet: Wallet, day: Day): bigint {
  advance(wallet, day);
  return wallet.waiting.reduce((sum, lot) => sum + lot.pending, 0n);
}

/** Uses points for good, in the order of use, and names the lots; null and no change when there are too few. */
export function burn(
  wallet: Wallet,
  amount: bigint,
  day: Day,
  cause: Source | null = null,
): readonly Part[] | null {
  return free(wallet, day) < amountOf(amount) ? null : take(wallet, amount, 'spent', day, cause);
}

/** Uses points as far as they go. */
export function burnUpTo(
  wallet: Wallet,
  amount: bigint,
  day: Day,
  cause: Source | null = null,
): readonly Part[] {
  const available = free(wallet, day);
  const least = amountOf(amount) < available ? amount : available;
  return least <= 0n ? [] : take(wallet, least, 'spent', day, cause);
}

/** Sets the lots of a use that is promised aside, wherever they are: nothing else takes them before it is booked. */
export function promiseLots(wallet: Wallet, parts: readonly Part[]): void {
  for (const { lot, amount } of parts)
    wallet.promised.set(lot, (wallet.promised.get(lot) ?? 0n) + amountOf(amount));
}

/** What was set aside for a use is free again. */
export function releaseLots(wallet: Wallet, parts: readonly Part[]): void {
  for (const { lot, amount } of parts) {
    const promised = (wallet.promised.get(lot) ?? 0n) - amount;
    if (promised > 0n) wallet.promised.set(lot, promised);
    else wallet.promised.delete(lot);
  }
}

/**
 * Books a use that was promised with these very lots, whatever has happened to them since: first from the named
 * lots, then in the order of use; what is not there any more is a shortage.
 */
export function burnCommitted(
  wallet: Wallet,
  parts: readonly Part[],
  day: Day,
  cause: Source | null = null,
): readonly Part[] {
  advance(wallet, day);
  let missing = 0n;
  const taken: Part[] = [];
  for (const part of parts) {
    const lot = wallet.lots.get(part.lot);
    const amount = lot === undefined ? 0n : least(amountOf(part.amount), lot.active);
    releaseLots(wallet, [part]);
    if (lot !== undefined && amount > 0n) taken.push(move(wallet, lot, 'spent', amount, day, cause));
    missing += part.amount - amount;
  }
  removeClosed(wallet);
  return [...taken, ...useOrOwe(wallet, missing, day, cause)];
}

/** Uses what is free in the order of use; what is not there is a shortage that counts as used. */
export function useOrOwe(
  wallet: Wallet,
  amount: bigint,
  day: Day,
  cause: Source | null = null,
): readonly Part[] {
  advance(wallet, day);
  const parts = take(wallet, least(amountOf(amount), freeIn(wallet)), 'spent', day, cause);
  fallShort(wallet, amount - sumOf(parts), 'used');
  return parts;
}

/** What a reversal found, and what it did not find. */
export interface Reversal {
  readonly parts: readonly Part[];
  readonly shortage: bigint;
}

/**
 * Takes back what a fact earned: from its own lots first (pending, active, and then expired points, which nobody
 * has any more), then from usable lots in the order of use, then as the shortage rule says.
 */
export function reverse(
  wallet: Wallet,
  source: Source,
  amount: bigint,
  day: Day,
  cause: Source | null = source,
): Reversal {
  advance(wallet, day);
  let rest = amountOf(amount);
  const parts: Part[] = [];
  for (const lot of wallet.lots.values()) {
    if (lot.source.kind !== source.kind || lot.source.id !== source.id) continue;
    for (const state of ['pending', 'active', 'expired'] as const) {
      const taken = least(rest, state === 'active' ? freeOf(wallet, lot) : lot[state]);
      if (taken === 0n) continue;
      lot[state] -= taken;
      lot.reversed += taken;
      rest -= taken;
      record(wallet, 'reversed', lot, taken, day, cause);
      parts.push({ lot: lot.id, amount: taken });
    }
  }
  removeClosed(wallet);
  const others = take(wallet, least(rest, freeIn(wallet)), 'reversed', day, cause);
  const shortage = rest - sumOf(others);
  fallShort(wallet, shortage, 'taken back');
  return { parts: [...parts, ...others], shortage };
}

/**
 * Gives used points back to the lots they came from, those used last first, so that it is as if fewer had been used.
 * `amount` is at most the sum of the parts. Points of a lot whose last day is over expire at once.
 */
export function giveBack(
  wallet: Wallet,
  parts: readonly Part[],
  amount: bigint,
  day: Day,
  cause: Source | null = null,
): readonly Part[] {
  advance(wallet, day);
  let rest = least(amountOf(amount), sumOf(parts));
  const given: Part[] = [];
  for (const part of parts.toReversed()) {
    const lot = wallet.lots.get(part.lot);
    const back = lot === undefined ? 0n : least(least(rest, part.amount), lot.spent);
    if (lot === undefined || back === 0n) continue;
    lot.spent -= back;
    rest -= back;
    reopen(wallet, lot, back, 'given back', day, cause);
    given.push({ lot: lot.id, amount: back });
  }
  settleShortage(wallet, day);
  return given;
}

/** Takes a use back, which its own fact says was smaller: first what no lot has paid for, then from the lots used last. */
export function useLess(
  wallet: Wallet,
  parts: readonly Part[],
  amount: bigint,
  day: Day,
  cause: Source | null = null,
): void {
  const short = least(amount, wallet.shortOfUse);
  wallet.shortOfUse -= short;
  wallet.shortage -= short;
  giveBack(wallet, parts, amount - short, day, cause);
}

/** Activity: lots that are still alive can be used through the later day. Null `clause`: lots of every clause. */
export function extend(
  wallet: Wallet,
  { day, through, clause }: { readonly day: Day; readonly through: Day; readonly clause: string | null },
): void {
  advance(wallet, day);
  const inFlight = [...wallet.inFlight].map((id) => wallet.lots.get(id)!).filter((lot) => !isOver(lot, day));
  for (const lot of [...wallet.open, ...wallet.waiting, ...inFlight])
    if (
      (clause === null || lot.clause === clause) &&
      lot.usableThrough !== null &&
      lot.usableThrough < through
    )
      lot.usableThrough = through;
  wallet.open.sort((a, b) => compareUse(wallet.order, a, b));
}
