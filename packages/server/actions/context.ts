// SPDX-License-Identifier: Apache-2.0
// What every action is given: the database, the writers, and what comes from outside (the time, randomness, secrets,
// the log), so that a test can give its own.
import type { Access } from '../access/open-access.ts';
import type { Secrets } from '../access/secrets.ts';
import type { Erasure } from '../store/backup/erasure-journal.ts';
import type { Store } from '../store/open.ts';
import type { Writers } from '../writer/writing.ts';

/** Structured lines; a value is never personal data nor a secret. */
export interface Log {
  info(event: string, facts?: Readonly<Record<string, string | number>>): void;
  warn(event: string, facts?: Readonly<Record<string, string | number>>): void;
  error(event: string, facts?: Readonly<Record<string, string | number>>): void;
}

export interface Context {
  readonly store: Store;
  readonly writers: Writers;
  /** For audit and deadlines of messages; nothing that is computed depends on it. */
  readonly clock: () => Date;
  readonly random: (bytes: number) => Buffer;
  readonly secrets: Secrets;
  readonly access: Access;
  /** Writes outside the database who is about to be erased, so that a restore erases them again. */
  readonly journalErasure: (erasure: Erasure) => void;
  readonly log: Log;
}
