// SPDX-License-Identifier: Apache-2.0
// The first start without a demonstration: a workspace and its owner, with a one-time password that is shown once.
import { createOwner } from '../access/create-owner.ts';
import type { Store } from '../store/open.ts';
import { createWorkspace, listWorkspaces } from '../store/workspace-rows.ts';

/** Lines for people; none when there is a workspace already. */
export async function ensureOwner(store: Store, email: string): Promise<readonly string[]> {
  if ((await store.accessing(listWorkspaces)).length > 0) return [];
  const workspace = await store.accessing((query) => createWorkspace(query, { name: 'main', title: 'Main' }));
  if (workspace === null) return [];
  const { oneTimePassword } = await createOwner(store, { workspace, name: 'Owner', email });
  if (oneTimePassword === null) return [];
  return [
    `Sign in as ${email} with the one-time password ${oneTimePassword}`,
    'It is shown only now; you choose your own at once.',
  ];
}
