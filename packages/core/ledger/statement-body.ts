// SPDX-License-Identifier: Apache-2.0
// The body of one version of a statement as plain data: what JSON, pages, PDF, files and verification bundles share.
// It holds texts, whole numbers, booleans and null alone, so that its canonical text reads back as the same data.
// Amounts are exact decimals in whole units of their asset, with all of its decimals ("1620.00"). People stand in it
// as their ids; whoever shows it puts the names in (explain/named.ts). Once issued, a body never changes.

import type { LineNote } from '../program/entitlement.ts';
import type { WaitingFor } from '../program/value.ts';

export const statementFormat = 'rapport statement 1';

export interface StatementBody {
  readonly format: typeof statementFormat;
  readonly agreement: AgreementNamed;
  /** Party id. */
  readonly payee: string;
  readonly period: { readonly label: string; readonly from: string; readonly through: string };
  /** Counts from 1. */
  readonly version: number;
  /** The latest day that had begun; "2026-07-03". */
  readonly asOf: string;
  /** Entries of the log through this sequence are in it. */
  readonly recorded: number;
  /** `earned` when nothing in it is provisional. */
  readonly standing: 'provisional' | 'earned';
  /** What is waited for beyond single items: feeds that are not complete through the period. */
  readonly incomplete: readonly { readonly feed: string; readonly through: string | null }[];
  readonly assets: readonly { readonly id: string; readonly decimals: number }[];
  /** One for each asset of the payee. Empty in a statement of nothing. */
  readonly totals: readonly StatementTotal[];
  /** By the order of the agreement's clauses, then earned period; empty when nothing was posted. */
  readonly items: readonly StatementBodyItem[];
  /** Clauses that gave nothing, and why not. */
  readonly nothing: readonly StatementNothing[];
  /** What stands open: debts, carried excess, points; shown, not posted. */
  readonly balances: readonly StatementBalance[];
  /** All payments of ours since the version or statement before, oldest first. */
  readonly payments: readonly StatementPayment[];
  /** What differs from the version before, one for each item that changed; empty in a first version. */
  readonly changes: readonly StatementBodyChange[];
}

/** The version of the agreement in force on the period's last day, or the latest before it. */
export interface AgreementNamed {
  readonly id: string;
  readonly title: string;
  /** Kind of the party that pays; "Company". */
  readonly payer: string;
  readonly version: number;
  /** SHA-256 of the signed bytes, 64 hexadecimal digits. */
  readonly hash: string;
}

/** carried + arising − paid = payable. */
export interface StatementTotal {
  readonly asset: string;
  /** Due from accounting periods before, less what had been paid of it by the statement before. */
  readonly carried: string;
  /** What the items of this statement raise in what is due. */
  readonly arising: string;
  readonly paid: string;
  readonly payable: string;
  /** What the items change in what is earned and not released. */
  readonly held: string;
}

export interface FactNamed {
  readonly kind: string;
  readonly id: string;
}
export interface FieldShown {
  readonly name: string;
  /** "USD 32,400", "2026-02-10", "yes"; parties and things as their ids. */
  readonly figure: string;
}

/** One component, earned in one period: what was posted for it in this statement's period, and why. */
export interface StatementBodyItem {
  readonly clause: string;
  readonly component: string;
  readonly section: string;
  /** Label of the earned period; "" when there is none. */
  readonly earned: string;
  readonly asset: string;
  /** `settled` flows into a settlement, which pays it: it raises nothing by itself. */
  readonly role: 'owed' | 'settled' | 'settlement' | 'used' | 'expired' | 'waived' | 'moved';
  /** Posted here; with `before` it makes the whole. */
  readonly due: string;
  /** Posted for the same component and earned period in statements before. */
  readonly before: string;
  /** Earned, and not released by now. */
  readonly held: string;
  readonly standing: 'provisional' | 'earned';
  readonly waiting: readonly WaitingFor[];
  readonly why: Why;
  /** What bears the whole, in the declared order; adds up to before + due. */
  readonly lines: readonly StatementBodyLine[];
  /** For what was earned in a period accounted before: what changed in it, folded under the one net effect `due`. */
  readonly restates: Restatement | null;
}

/** Which facts changed an amount, and which lines moved with it. */
export interface Restatement {
  readonly before: string;
  readonly after: string;
  readonly causes: readonly CauseShown[];
  /** The lines that are not what they were, in the declared order; their changes add up where all lines before are known. */
  readonly moved: readonly {
    readonly fact: FactNamed | null;
    readonly note: LineNote;
    readonly before: string;
    readonly after: string;
    readonly change: string;
  }[];
  /** False where no statement before held the lines, so that `moved` cannot be told. */
  readonly isMovedKnown: boolean;
}

export interface CauseShown extends FactNamed {
  /** Of a fact; 0 for what has no revisions. */
  readonly revision: number;
  readonly sequence: number;
  readonly fields: readonly FieldShown[];
}

export interface StatementBodyLine {
  /** Null where no single fact is. */
  readonly fact: FactNamed | null;
  readonly note: LineNote;
  readonly amount: string;
  /** The day on which the fact counts. */
  readonly on: string | null;
  /** The first amount of the fact, as people read it: "USD 32,400". */
  readonly basis: string | null;
  readonly fields: readonly FieldShown[];
  /** Facts that belong to the same deal: those it names, and those that name it (invoices, receipts, returns). */
  readonly linked: readonly (FactNamed & { readonly fields: readonly FieldShown[] })[];
  /** "Base Rate (5%) of USD 10,000" with what it gives; of an amount that a sliced table or a rate gives. */
  readonly slices: readonly { readonly label: string; readonly figure: string }[];
}

/** Why the amount is what it is, as `explain` tells it. */
export interface Why {
  /** The clause in plain sentences; those that begin with "- " are items of a list. */
  readonly sentences: readonly string[];
  readonly parts: readonly WhyPart[];
  /** How many occasions there are beyond the parts. */
  readonly partsMore: number;
  readonly blanks: readonly FieldShown[];
  /** Facts and attributes of others that it rests on, in words: "Deals", "the Manager of each Representative". */
  readonly attested: readonly string[];
  readonly journal: WhyJournal | null;
}
export interface WhyPart {
  readonly fact: FactNamed | null;
  readonly reason: WhyNode;
  /** Rows of the clause that change or release the amount, in the order in which they act. */
  readonly rows: readonly WhyNode[];
}
export interface WhyNode {
  readonly label: string;
  readonly figure: string;
  readonly parts: readonly WhyNode[];
}
/** What happened to a wallet; balances are what is usable after each row. */
export interface WhyJournal {
  readonly asset: string;
  readonly owner: string;
  readonly earlier: number;
  readonly before: string;
  readonly rows: readonly {
    readonly day: string;
    readonly words: string;
    readonly change: string;
    readonly balance: string;
  }[];
}

/** A clause that could have given something in a period, and did not. */
export interface StatementNothing {
  readonly clause: string;
  readonly component: string;
  readonly section: string;
  readonly earned: string;
  readonly why: Why;
}

export interface StatementBalance {
  readonly clause: string;
  readonly component: string;
  readonly earned: string;
  readonly asset: string;
  readonly amount: string;
}

export interface StatementPayment {
  readonly id: string;
  readonly on: string | null;
  readonly asset: string;
  readonly amount: string;
  readonly reference: string;
  readonly sequence: number;
}

export interface StatementBodyChange {
  readonly clause: string;
  readonly component: string;
  readonly earned: string;
  readonly asset: string;
  readonly restatement: Restatement;
}
