// SPDX-License-Identifier: Apache-2.0
// Who was erased, kept outside the database as well: a backup that is older than an erasure would bring the person back.
// One JSON object per line, only ever added to; random ids and dates, no personal data.

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface Erasure {
  readonly workspace: number;
  readonly party: string;
  /** Time in UTC, ISO 8601. */
  readonly at: string;
  readonly actor: string;
  readonly reason: string;
}

/** Adds a line and waits until the disk has it. Call it before the database erases: a line too many does no harm. */
export function appendErasure(file: string, erasure: Erasure): void {
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(erasure)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** All of them; none when there is no file. A last line that was cut off is left out: its erasure did not happen. */
export function readErasures(file: string): readonly Erasure[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Erasure);
}
