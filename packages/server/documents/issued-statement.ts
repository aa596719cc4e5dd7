// SPDX-License-Identifier: Apache-2.0
// What every document of a statement is made from: its body, and what is known of that version beside it. The names
// stand in the body already (core/explain/named.ts); a document never looks anything up.

import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';

/** Where an issued version stands now: the body never changes, this does. */
export type StatementStatus = 'provisional' | 'earned' | 'approved' | 'paid';

export interface StatementNow {
  readonly approval: { readonly version: number; readonly on: string } | null;
  /** By asset that is paid, exact decimals. */
  readonly accounts: readonly {
    readonly asset: string;
    readonly paid: string;
    readonly stillToPay: string;
    readonly paidTooMuch: string;
  }[];
  readonly payments: readonly {
    readonly on: string | null;
    readonly asset: string;
    readonly amount: string;
    readonly reference: string;
  }[];
  /** Feeds that still owe something of the period, in words. */
  readonly awaited: readonly string[];
}

export interface IssuedStatement {
  /** With names in place of ids. */
  readonly body: StatementBody;
  readonly status: StatementStatus;
  /** What is approved and paid of its period by now, whatever came after the version. */
  readonly now: StatementNow;
  /** SHA-256 of the canonical text of the body with ids, 64 hexadecimal digits. */
  readonly hash: string;
  /** Place in the log of the entry that issued it. */
  readonly sequence: number;
  /** "2026-04-05". */
  readonly issuedOn: string;
  /** Name of the party that pays, as the agreement says it: "Northwind Hardware Inc.". */
  readonly company: string;
  /** All versions issued so far, oldest first. */
  readonly versions: readonly {
    readonly version: number;
    readonly issuedOn: string;
    readonly sequence: number;
  }[];
}
