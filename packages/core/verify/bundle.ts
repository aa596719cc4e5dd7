// SPDX-License-Identifier: Apache-2.0
// The verification bundle of one issued statement, as data: what a party needs to recompute it without the service. It
// holds the signed texts, the entries of the log that concern the payee with the proof that each stands in the log, and
// signed values in place of what rests on facts of others. A bundle is one canonical text; all bytes are lower-case
// hexadecimal, so that each has one form only.

import type { Day } from '../values/date.ts';

export const bundleFormat = 'rapport bundle 1';

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

/** What the service says of values that rest on facts of others, in smallest units. */
export interface Attested {
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
  /** Restated amounts of before that the payee's own entries alone do not give: clause, earned period, asset. */
  readonly before: readonly { readonly clause: string; readonly period: string; readonly asset: string }[];
}

/** The verifier of the platform: Node's or the browser's. */
export type VerifySignature = (signed: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}) => boolean | Promise<boolean>;
