// SPDX-License-Identifier: Apache-2.0
// Who is calling, who belongs to a workspace, and keys for other systems. Passwords, passkeys and OIDC have the
// addresses of the sign-in library below /api/auth/.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { done, identifier, plainText, workspaceName } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

/** A role of access/roles.ts and a permission of access/permissions.ts; the action refuses others by name. */
export const role = plainText(60);
export const permission = plainText(60);

export const session = z.object({
  actor: z.string(),
  /** Of a person; null for an API key. */
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
    passkeyAddress: z
      .string()
      .nullable()
      .describe('Where passkeys work, since they belong to a name; null: the service has a number alone'),
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
  summary: 'Sign in with address and password; sets an http-only cookie',
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
export const createWorkspace = endpoint({
  name: 'createWorkspace',
  method: 'POST',
  path: '/api/v1/workspaces',
  demand: 'signed in',
  summary: 'Make another workspace, as an owner of one',
  tag: 'Access',
  body: z.object({ name: workspaceName, title: plainText(200) }),
  response: z.object({ workspace: workspaceName }),
  status: 201,
});

/** The token of the link, which stands in no address. */
const linkToken = z.string().min(20).max(100);
export const invitationView = z.object({
  purpose: z.enum(['join', 'new password']),
  email: z.string(),
  role,
  workspaceTitle: z.string(),
  /** The address has an account: its owner signs in and opens the link again. */
  needsSignIn: z.boolean(),
});
export type InvitationView = z.infer<typeof invitationView>;
export const readInvitation = endpoint({
  name: 'readInvitation',
  method: 'POST',
  path: '/api/v1/invitation',
  demand: 'nobody',
  summary: 'What a one-time link is for',
  tag: 'Access',
  body: z.object({ token: linkToken }),
  response: invitationView,
});
export const acceptInvitation = endpoint({
  name: 'acceptInvitation',
  method: 'POST',
  path: '/api/v1/invitation/accept',
  demand: 'nobody',
  summary: 'Become a member, or set a new password, by a one-time link',
  tag: 'Access',
  body: z.object({
    token: linkToken,
    name: plainText(200).nullable().default(null),
    password: z.string().max(1000).nullable().default(null),
  }),
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
export type Member = z.infer<typeof member>;
const invited = z.object({
  email: z.string(),
  role,
  party: z.string().nullable(),
  expiresAt: z.iso.datetime(),
});
export const members = z.object({
  items: z.array(member),
  invited: z.array(invited),
  /** What a member can be, in the order in which pages show it. */
  roles: z.array(z.string()),
});
export type Members = z.infer<typeof members>;
const inMember = inWorkspace.extend({ member: identifier });
export const listMembers = endpoint({
  name: 'listMembers',
  method: 'GET',
  path: `${workspacePath}/members`,
  demand: 'members.read',
  summary: 'Members and their roles, and who was invited',
  tag: 'Access',
  params: inWorkspace,
  response: members,
});
export const inviteMember = endpoint({
  name: 'inviteMember',
  method: 'POST',
  path: `${workspacePath}/members`,
  demand: 'members.change',
  summary: 'Invite somebody: the answer has a one-time link, shown once, to be handed over',
  tag: 'Access',
  params: inWorkspace,
  body: z.object({ email: z.email().max(320), role, party: identifier.nullable().default(null) }),
  response: invited.extend({ link: z.string() }),
  status: 201,
});
export const resetPassword = endpoint({
  name: 'resetPassword',
  method: 'POST',
  path: `${workspacePath}/members/:member/new-password`,
  demand: 'members.change',
  summary: 'A one-time link, shown once, with which a member sets a new password',
  tag: 'Access',
  params: inMember,
  response: z.object({ link: z.string(), expiresAt: z.iso.datetime() }),
  status: 201,
});
export const endSessions = endpoint({
  name: 'endSessions',
  method: 'DELETE',
  path: `${workspacePath}/members/:member/sessions`,
  demand: 'sessions.end',
  summary: 'End every session of a member',
  tag: 'Access',
  params: inMember,
  response: z.object({ ended: z.int() }),
});
export const changeMember = endpoint({
  name: 'changeMember',
  method: 'PATCH',
  path: `${workspacePath}/members/:member`,
  demand: 'members.change',
  summary: 'Change the role or the party of a member',
  tag: 'Access',
  params: inMember,
  body: z.object({
    role: role.optional(),
    party: identifier.nullable().optional(),
    /** The most that one act of goodwill may give: whole smallest units by asset. */
    goodwillLimits: z.record(plainText(60), z.string().regex(/^[0-9]{1,18}$/)).optional(),
  }),
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
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;
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
