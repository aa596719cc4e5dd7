// SPDX-License-Identifier: Apache-2.0
// Who belongs to a workspace, and keys for other systems.

import { acceptInvitation, readInvitation } from '../../actions/accept-invitation.ts';
import { changeMember } from '../../actions/change-member.ts';
import { createApiKey } from '../../actions/create-api-key.ts';
import { createWorkspace } from '../../actions/create-workspace.ts';
import { endSessions } from '../../actions/end-sessions.ts';
import { inviteMember } from '../../actions/invite-member.ts';
import { listApiKeys } from '../../actions/list-api-keys.ts';
import { listMembers } from '../../actions/list-members.ts';
import { removeMember } from '../../actions/remove-member.ts';
import { resetPassword } from '../../actions/reset-password.ts';
import { revokeApiKey } from '../../actions/revoke-api-key.ts';
import * as wire from '../../wire/access.ts';
import { type Route, route } from '../route.ts';

export const accessRoutes: readonly Route[] = [
  route(wire.createWorkspace, ({ context, identity, body }) => createWorkspace(context, identity!, body)),
  route(wire.readInvitation, ({ context, body }) => readInvitation(context, body)),
  route(wire.acceptInvitation, async ({ context, request: { headers }, body }) => {
    const identity = await context.access.identify({ cookie: headers.cookie });
    return await acceptInvitation(context, identity, body);
  }),
  route(wire.listMembers, ({ context, caller }) => listMembers(context, caller)),
  route(wire.inviteMember, ({ context, caller, body }) => inviteMember(context, caller, body)),
  route(wire.changeMember, ({ context, caller, params, body }) =>
    changeMember(context, caller, { member: params.member, ...body }),
  ),
  route(wire.removeMember, ({ context, caller, params }) => removeMember(context, caller, params)),
  route(wire.resetPassword, ({ context, caller, params }) => resetPassword(context, caller, params)),
  route(wire.endSessions, ({ context, caller, params }) => endSessions(context, caller, params)),
  route(wire.listApiKeys, ({ context, caller }) => listApiKeys(context, caller)),
  route(wire.createApiKey, ({ context, caller, body }) => createApiKey(context, caller, body)),
  route(wire.revokeApiKey, ({ context, caller, params }) => revokeApiKey(context, caller, params)),
];
