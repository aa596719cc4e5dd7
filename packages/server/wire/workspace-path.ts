// SPDX-License-Identifier: Apache-2.0
// The beginning of every address that belongs to a workspace.
import { z } from 'zod';
import { workspaceName } from './values.ts';

export const workspacePath = '/api/v1/workspaces/:workspace';
export const inWorkspace = z.object({ workspace: workspaceName });
