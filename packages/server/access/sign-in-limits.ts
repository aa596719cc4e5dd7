// SPDX-License-Identifier: Apache-2.0
// When signing in is refused because too many attempts failed. Three counts over one window: for an account from one
// address (somebody guesses), for an account from anywhere (many guess together), for an address over all accounts
// (somebody tries one password everywhere). The first locks early; the second is high, so that a stranger cannot easily
// lock somebody out. An attempt counts as failed before it is checked, so that a hundred at once are a hundred.

export interface FailedAttempts {
  readonly accountFromAddress: number;
  readonly account: number;
  readonly address: number;
}

/** Minutes that are looked back over; a lock ends when its attempts are older. */
export const windowMinutes = 15;

const limits: FailedAttempts = { accountFromAddress: 5, account: 50, address: 100 };

/** @param failed attempts in the window before this one. */
export function isLockedOut(failed: FailedAttempts): boolean {
  return (
    failed.accountFromAddress >= limits.accountFromAddress ||
    failed.account >= limits.account ||
    failed.address >= limits.address
  );
}
