// SPDX-License-Identifier: Apache-2.0
// Signing in and out, and who I am.
import type { Identity } from '../../access/identity.ts';
import { reachOf } from '../../access/may.ts';
import { permissions } from '../../access/permissions.ts';
import { authPath } from '../../access/sign-in-library.ts';
import { done, refused } from '../../actions/outcome.ts';
import * as wire from '../../wire/access.ts';
import { askLibrary, passCookies } from '../authentication.ts';
import { type Route, route } from '../route.ts';

export const sessionRoutes: readonly Route[] = [
  route(wire.readSignIn, async ({ access }) =>
    done({ passkeyAddress: access.ways.passkeyAddress, providers: [...access.ways.providers] }),
  ),
  route(wire.readSession, async ({ identity }) => done(sessionOf(identity!))),
  route(wire.signIn, async ({ access, publicUrl, request, reply, body }) => {
    const answer = await askLibrary(
      { access, publicUrl },
      request,
      `${authPath}/sign-in/email`,
      'POST',
      body,
    );
    if (answer.kind === 'refused') return refused(answer.code, answer.facts);
    if (!answer.response.ok) return refused('credentials_wrong');
    passCookies(answer.response, reply);
    const cookie = answer.response.headers
      .getSetCookie()
      .map((text) => text.split(';')[0]!)
      .join('; ');
    const identity = await access.identify({ cookie });
    return identity === null ? refused('not_signed_in') : done(sessionOf(identity));
  }),
  route(wire.signOut, async ({ access, publicUrl, request, reply }) => {
    const answer = await askLibrary({ access, publicUrl }, request, `${authPath}/sign-out`, 'POST', {});
    if (answer.kind === 'refused') return refused(answer.code, answer.facts);
    passCookies(answer.response, reply);
    return done({ done: true as const });
  }),
];

function sessionOf(identity: Identity) {
  const person = identity.kind === 'person' ? identity.person : null;
  return {
    actor: identity.actor,
    name: person?.name ?? null,
    email: person?.email ?? null,
    mustChangePassword: person?.mustChangePassword ?? false,
    workspaces: identity.places.map(({ workspaceName, workspaceTitle, caller }) => ({
      workspace: workspaceName,
      title: workspaceTitle,
      role: caller.role,
      party: caller.party,
      may: Object.fromEntries(
        permissions.flatMap((permission) => {
          const reach = reachOf(caller, permission);
          return reach === null ? [] : [[permission, reach] as const];
        }),
      ),
    })),
  };
}
