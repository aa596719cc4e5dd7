// SPDX-License-Identifier: Apache-2.0
// Folders for a test. The database may run as another user, who must be able to pass through them.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AtEnd } from './ended-well.ts';

/** Lets every user pass, though not look inside. */
export function openedToAll(folder: string): string {
  chmodSync(folder, 0o711);
  return folder;
}

/** An empty folder that every user can pass through; it goes at the end. */
export function temporaryFolder(prefix: string, atEnd: AtEnd): string {
  const folder = openedToAll(mkdtempSync(join(tmpdir(), prefix)));
  // A process that is just ending may still write into it.
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return folder;
}
