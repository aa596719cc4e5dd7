// SPDX-License-Identifier: Apache-2.0
// Folders for a test. The database may run as another user, who must be able to pass through them.

import { chmodSync } from 'node:fs';

/** Lets every user pass, though not look inside. */
export function openedToAll(folder: string): string {
  chmodSync(folder, 0o711);
  return folder;
}
