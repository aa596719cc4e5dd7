// SPDX-License-Identifier: Apache-2.0
// Who is calling, who belongs to a workspace, and keys for other systems. Passwords, passkeys and OIDC have the
// addresses of the sign-in library below /api/v1/auth/.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { done, identifier, plainText } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

/** A role of access/roles.ts and a permission of access/permissions.ts; the action refuses others by name. */
export const role = plainText(60);
export const permission = plainText(60);

export const session = z.object({
  actor: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** Nothing else is answered before the password was changed. */
  mustChangePassword: z.boolean(),
  workspaces: z.array(
    z.object({
      workspace: z.string(),
      title: z.string(),
      role,
      party: z.string().nullable(),
      /** What the role may do, and over whose records. */
      may: z.record(z.string(), z.enum(['all', 'own', 'team', 'within limits'])),
    }),
  ),
});
export type Session = z.infer<typeof session>;

/** Which ways to sign in there are beside a password. */
export const readSignIn = endpoint({
  name: 'readSignIn',
  method: 'GET',
  path: '/api/v1/sign-in',
  demand: 'nobody',
  summary: 'Ways to sign in beside a password',
  tag: 'Access',
  response: z.object({
    passkeys: z.boolean(),
    providers: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});
export const readSession = endpoint({
  name: 'readSession',
  method: 'GET',
  path: '/api/v1/session',
  demand: 'signed in',
  summary: 'Who I am and what I may do',
  tag: 'Access',
  response: session,
});
export const signIn = endpoint({
  name: 'signIn',
  method: 'POST',
  path: '/api/v1/session',
  demand: 'nobody',
  summary: 'Sign in with name and password; sets an http-only cookie',
  tag: 'Access',
  body: z.object({ email: z.email().max(320), password: z.string().min(1).max(1000) }),
  response: session,
});
export const signOut = endpoint({
  name: 'signOut',
  method: 'DELETE',
  path: '/api/v1/session',
  demand: 'signed in',
  summary: 'Sign out',
  tag: 'Access',
  response: done,
});

export const member = z.object({
  member: z.string(),
  name: z.string().nullable(),
  email: z.string(),
  role,
  party: z.string().nullable(),
  partyName: z.string().nullable(),
  since: z.iso.datetime(),
});
const inMember = inWorkspace.extend({ member: identifier });
export const listMembers = endpoint({
  name: 'listMembers',
  method: 'GET',
  path: `${workspacePath}/members`,
  demand: 'members.read',
  summary: 'Members and their roles',
  tag: 'Access',
  params: inWorkspace,
  response: z.object({ items: z.array(member) }),
});
export const addMember = endpoint({
  name: 'addMember',
  method: 'POST',
  path: `${workspacePath}/members`,
  demand: 'members.change',
  summary: 'Add a member; the first password is shown once where the person has no account yet',
  tag: 'Access',
  params: inWorkspace,
  body: z.object({
    email: z.email().max(320),
    name: plainText(200),
    role,
    party: identifier.nullable().default(null),
  }),
  response: z.object({ member, firstPassword: z.string().nullable() }),
  status: 201,
});
export const changeMember = endpoint({
  name: 'changeMember',
  method: 'PATCH',
  path: `${workspacePath}/members/:member`,
  demand: 'members.change',
  summary: 'Change the role or the party of a member',
  tag: 'Access',
  params: inMember,
  body: z.object({ role: role.optional(), party: identifier.nullable().optional() }),
  response: member,
});
export const removeMember = endpoint({
  name: 'removeMember',
  method: 'DELETE',
  path: `${workspacePath}/members/:member`,
  demand: 'members.change',
  summary: 'Remove a member',
  tag: 'Access',
  params: inMember,
  response: done,
});

export const apiKey = z.object({
  key: z.string(),
  prefix: z.string(),
  title: z.string(),
  role,
  scopes: z.array(permission),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  createdBy: z.string(),
});
export const listApiKeys = endpoint({
  name: 'listApiKeys',
  method: 'GET',
  path: `${workspacePath}/api-keys`,
  demand: 'keys.read',
  summary: 'API keys, without their secrets',
  tag: 'Access',
  params: inWorkspace,
  response: z.object({ items: z.array(apiKey) }),
});
export const createApiKey = endpoint({
  name: 'createApiKey',
  method: 'POST',
  path: `${workspacePath}/api-keys`,
  demand: 'keys.change',
  summary: 'Make an API key; its secret is shown once',
  tag: 'Access',
  params: inWorkspace,
  body: z.object({
    title: plainText(200),
    role: role.default('integration'),
    scopes: z.array(permission).min(1),
    expiresAt: z.iso.datetime().nullable().default(null),
  }),
  response: z.object({ key: apiKey, secret: z.string() }),
  status: 201,
});
export const revokeApiKey = endpoint({
  name: 'revokeApiKey',
  method: 'DELETE',
  path: `${workspacePath}/api-keys/:key`,
  demand: 'keys.change',
  summary: 'Revoke an API key',
  tag: 'Access',
  params: inWorkspace.extend({ key: identifier }),
  response: done,
});
