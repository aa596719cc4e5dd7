// SPDX-License-Identifier: Apache-2.0
// Settings of a workspace.
import { changeSettings, readSettings } from '../../actions/workspace-settings.ts';
import * as wire from '../../wire/workspaces.ts';
import { type Route, route } from '../route.ts';

export const workspaceRoutes: readonly Route[] = [
  route(wire.readSettings, ({ context, caller }) => readSettings(context, caller)),
  route(wire.changeSettings, ({ context, caller, body }) => changeSettings(context, caller, body)),
];
