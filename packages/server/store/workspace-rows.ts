// SPDX-License-Identifier: Apache-2.0
// Workspaces: whose data it is. They are made and found before one is chosen, so under the role of access.

import type { AccessQuery, Scope } from './open.ts';
import type { Row } from './tables.ts';

export type WorkspaceRow = Row<'workspace'> & { readonly workspace: number };

/** Gives the new number; its partition is made with it. Null when the name is taken. */
export async function createWorkspace(
  query: AccessQuery,
  { name, title }: { readonly name: string; readonly title: string },
): Promise<number | null> {
  const row = await query
    .insertInto('workspace')
    .values({ name, title })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('workspace')
    .executeTakeFirst();
  return row?.workspace ?? null;
}

export async function findWorkspace(query: AccessQuery, name: string): Promise<WorkspaceRow | null> {
  return (
    (await query.selectFrom('workspace').selectAll().where('name', '=', name).executeTakeFirst()) ?? null
  );
}

/** By number. */
export async function listWorkspaces(query: AccessQuery): Promise<readonly WorkspaceRow[]> {
  return await query.selectFrom('workspace').selectAll().orderBy('workspace').execute();
}

/** The name of the workspace at hand. */
export async function workspaceName({ workspace, query }: Scope): Promise<string> {
  const row = await query
    .selectFrom('workspace')
    .select('name')
    .where('workspace', '=', workspace)
    .executeTakeFirstOrThrow();
  return row.name;
}
