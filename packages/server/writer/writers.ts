// SPDX-License-Identifier: Apache-2.0
// The writers of this process: one per workspace, opened when first asked for, and opened again after it has ended.

import type { Store } from '../store/open.ts';
import { openWriter } from './writer.ts';
import type { Writer, Writers } from './writing.ts';

/** Another process owns the workspace; it answers for it. */
export class WorkspaceOwnedElsewhere extends Error {
  override readonly name = 'WorkspaceOwnedElsewhere';
}

export interface WritersOptions {
  /** How this process calls itself, for the people who look. */
  readonly owner: string;
  /** Hears when a writer has ended otherwise than by `close`. */
  readonly onEnded: (workspace: number, reason: string) => void;
}

export function openWriters(store: Store, { owner, onEnded }: WritersOptions): Writers {
  const writers = new Map<number, Promise<Writer>>();
  let isClosed = false;

  async function open(workspace: number): Promise<Writer> {
    const writer = await openWriter({ store, workspace, owner });
    if ('kind' in writer)
      throw new WorkspaceOwnedElsewhere(
        `Workspace ${workspace} is owned by ${writer.owner || 'another process'}.`,
      );
    void writer.ended.then((reason) => {
      writers.delete(workspace);
      if (!isClosed) onEnded(workspace, reason);
    });
    return writer;
  }

  return {
    of: (workspace) => {
      const known = writers.get(workspace);
      if (known !== undefined) return known;
      if (isClosed) return Promise.reject(new Error('The writers are closed.'));
      const opening = open(workspace);
      writers.set(workspace, opening);
      opening.catch(() => writers.delete(workspace));
      return opening;
    },
    close: async () => {
      isClosed = true;
      const open = await Promise.allSettled(writers.values());
      await Promise.all(open.map((writer) => (writer.status === 'fulfilled' ? writer.value.close() : null)));
    },
  };
}
