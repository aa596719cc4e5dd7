// SPDX-License-Identifier: Apache-2.0
// Seals everything anew under the key that stands first. What is sealed under it already stays, so that a run that was
// cut off goes on where it ended. Afterwards the older keys can be taken out.

import { recordAudit } from '../store/audit-rows.ts';
import type { Store } from '../store/open.ts';
import { sealedRows } from '../store/sealed-rows.ts';
import { listWorkspaces } from '../store/workspace-rows.ts';
import type { Secrets } from './secrets.ts';

/** How many secrets were sealed anew, over all workspaces; one workspace is one transaction. */
export async function resealAll(store: Store, secrets: Secrets, actor: string): Promise<number> {
  let total = 0;
  for (const { workspace } of await store.accessing(listWorkspaces)) {
    total += await store.within(workspace, async (scope) => {
      const stale = (await sealedRows(scope)).filter(({ sealed }) => !secrets.isCurrent(sealed.toString()));
      for (const { purpose, sealed, replace } of stale) {
        await replace(Buffer.from(secrets.seal(secrets.open(sealed.toString(), purpose), purpose)));
      }
      if (stale.length > 0) {
        const details = { sealed: stale.length, key: secrets.keyId };
        await recordAudit(scope, { actor, action: 'secrets.rotate', subject: 'workspace', details });
      }
      return stale.length;
    });
  }
  return total;
}
