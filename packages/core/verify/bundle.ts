// SPDX-License-Identifier: Apache-2.0
// The verification bundle of one issued statement, as data: what a party needs to recompute it without the service. It
// holds the signed texts, the entries of the log that concern the payee with the proof that each stands in the log, and
// signed values in place of what rests on facts of others. A bundle is one canonical text; all bytes are lower-case
// hexadecimal, so that each has one form only.

import type { Day } from '../values/date.ts';
import type { AttestedPromises } from './attested-promises.ts';
import type { AttestedValue } from './attested-value.ts';

export const bundleFormat = 'rapport bundle 2';

export interface Bundle {
  readonly format: typeof bundleFormat;
  readonly workspace: string;
  readonly agreement: string;
  /** Every version in force by the statement's day, oldest first. */
  readonly versions: readonly BundleVersion[];
  readonly statement: {
    /** Place in the log of the entry that issued it. */
    readonly sequence: number;
    /** SHA-256 of the body. */
    readonly hash: string;
    /** The canonical text of a `StatementBody`. */
    readonly body: string;
  };
  /** Entries of the log in its order: of the payee, of nobody, and the issue itself. */
  readonly entries: readonly BundleEntry[];
  readonly attested: Attested;
  /** Personal values that stand in the entries as seals, opened for the payee. */
  readonly opened: readonly {
    readonly record: string;
    readonly field: string;
    readonly value: string;
    readonly salt: string;
  }[];
  readonly checkpoint: BundleCheckpoint;
  /** Ed25519, SPKI. */
  readonly publicKey: string;
  /** Ed25519 over `bundleMessage`: the service stands by everything above. */
  readonly signature: string;
}

export interface BundleVersion {
  readonly version: number;
  readonly text: string;
  readonly semantics: number;
  /** Place in the log of the entry that put it in force. */
  readonly sequence: number;
}

export interface BundleEntry {
  readonly sequence: number;
  /** What the log holds, byte for byte. */
  readonly text: string;
  /** From its leaf to the root of the checkpoint, the nearest first. */
  readonly proof: readonly string[];
}

/** A signed head of the Merkle tree over the log. */
export interface BundleCheckpoint {
  readonly size: number;
  readonly root: string;
  readonly keyId: string;
  readonly signedAt: string;
  /** Ed25519 over `checkpointMessage`. */
  readonly signature: string;
}

/** What the service signs for, since the payee's own entries do not give it. */
export interface Attested {
  /** Values about others from which amounts are recomputed: totals, means, counts, places. They name no colleague. */
  readonly values: readonly AttestedValue[];
  /** What the books promised the payee before, where the entries alone give something else by now; null: nothing is needed. */
  readonly promised: AttestedPromises | null;
  /** Amounts that are not recomputed at all, in smallest units. */
  readonly entitlements: readonly {
    readonly clause: string;
    readonly component: string;
    readonly period: string;
    readonly asset: string;
    readonly amount: string;
    readonly held: string;
    /** The facts of others that it rests on, in words. */
    readonly because: readonly string[];
  }[];
  /** Balances of settlements whose periods are closed and over: they are never computed again. */
  readonly settled: readonly {
    readonly settlement: string;
    readonly through: Day;
    readonly due: string;
    readonly debt: string;
    readonly carried: string;
  }[];
  /** Restated amounts of before that the payee's own entries alone do not give. */
  readonly before: readonly AttestedKey[];
  /** Balances that are shown beside the items (points that are open, a debt) and that the entries alone do not give. */
  readonly balances: readonly AttestedKey[];
  /** Amounts that are recomputed, and whose lines are signed: facts of others bear them. */
  readonly lines: readonly AttestedKey[];
  /** Items, and clauses that gave nothing, whose explanation is signed: it tells of facts of others. */
  readonly told: readonly AttestedKey[];
}

/** An item of the statement: clause, earned period, asset ("" for a clause that gave nothing). */
export interface AttestedKey {
  readonly clause: string;
  readonly period: string;
  readonly asset: string;
}

/** The verifier of the platform: Node's or the browser's. */
export type VerifySignature = (signed: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}) => boolean | Promise<boolean>;
