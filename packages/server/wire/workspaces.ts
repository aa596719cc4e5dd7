// SPDX-License-Identifier: Apache-2.0
// Settings of a workspace that belong to no other address.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { identifier } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

export const workspaceSettings = z.object({
  /** Dated relations by which somebody reports to somebody, such as Manager: a manager sees those below. */
  teamRelations: z.array(identifier).max(20),
});
export type WorkspaceSettings = z.infer<typeof workspaceSettings>;

export const readSettings = endpoint({
  name: 'readSettings',
  method: 'GET',
  path: `${workspacePath}/settings`,
  demand: 'workspace.read',
  summary: 'Settings of the workspace',
  tag: 'Workspace',
  params: inWorkspace,
  response: workspaceSettings,
});
export const changeSettings = endpoint({
  name: 'changeSettings',
  method: 'PUT',
  path: `${workspacePath}/settings`,
  demand: 'workspace.change',
  summary: 'Change the settings of the workspace',
  tag: 'Workspace',
  params: inWorkspace,
  body: workspaceSettings,
  response: workspaceSettings,
});
