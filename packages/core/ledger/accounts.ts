// SPDX-License-Identifier: Apache-2.0
// Accounts and transfers. A transfer is one row with a debit and a credit account of the same asset and an amount
// above zero, so that books balance by construction: whatever is recorded, all accounts of an asset sum to zero.

/** What an account is for. */
export type Purpose =
  /** The payer's side of what agreements entitle to. */
  | 'cost'
  /** Earned by the payee and flowing into a settlement, which pays from here. Below zero: paid ahead of earning. */
  | 'earned'
  /** Owed to the payee, released and unpaid. */
  | 'due'
  /** Earned by the payee, and not released yet. */
  | 'held'
  /** On its way to the payee: a payment or a grant that is not confirmed. */
  | 'in flight'
  /** Paid or handed out. */
  | 'paid'
  /** A named account of the agreement's own, between which a clause moves amounts. */
  | `account ${string}`;

export interface Account {
  readonly party: string;
  readonly asset: string;
  readonly purpose: Purpose;
}

/** One row of the journal: the credit account rises by `amount` smallest units, the debit account falls by it. */
export interface Transfer {
  readonly debit: Account;
  readonly credit: Account;
  readonly asset: string;
  /** Above zero. */
  readonly amount: bigint;
}

/** One text per account; equal exactly for equal accounts. */
export function accountText({ party, asset, purpose }: Account): string {
  return JSON.stringify([party, asset, purpose]);
}

/** A transfer that raises the credit account's claim by a signed amount; below zero the sides change places; null at zero. */
export function transferOf(amount: bigint, debit: Account, credit: Account): Transfer | null {
  if (debit.asset !== credit.asset) throw new RangeError('A transfer is of one asset.');
  if (amount === 0n) return null;
  return amount > 0n
    ? { debit, credit, asset: debit.asset, amount }
    : { debit: credit, credit: debit, asset: debit.asset, amount: -amount };
}

/** What each account stands at, credits above zero, by account text; accounts at zero are left out. */
export function balances(transfers: Iterable<Transfer>): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { debit, credit, amount } of transfers) {
    addTo(sums, accountText(credit), amount);
    addTo(sums, accountText(debit), -amount);
  }
  return sums;
}

function addTo(sums: Map<string, bigint>, account: string, amount: bigint): void {
  const sum = (sums.get(account) ?? 0n) + amount;
  if (sum === 0n) sums.delete(account);
  else sums.set(account, sum);
}
