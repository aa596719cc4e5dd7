// SPDX-License-Identifier: Apache-2.0
// The service as a test sees it: HTTP over the real writers, access and database. A workspace comes with its owner
// signed in; `send` is a request of that owner, or of whoever has the headers given.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll } from 'vitest';
import { type Access, openAccess } from '../access/open-access.ts';
import type { Role } from '../access/roles.ts';
import { secretsWith } from '../access/secrets.ts';
import { signedCookie } from '../access/session-cookie.ts';
import type { Context } from '../actions/context.ts';
import { buildHttp, type HttpOptions } from '../http/build.ts';
import { appendErasure, type Erasure } from '../store/backup/erasure-journal.ts';
import { addMember } from '../store/member-rows.ts';
import { createUser } from '../store/user-rows.ts';
import { createWorkspace } from '../store/workspace-rows.ts';
import { openWriters } from '../writer/writers.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

export interface TestService {
  readonly database: TestDatabase;
  readonly app: FastifyInstance;
  readonly context: Context;
  readonly access: Access;
  /** A new workspace with its owner signed in. */
  newWorkspace(): Promise<TestWorkspace>;
  /** What was logged as an error: a test that expects none says so. */
  readonly failures: readonly string[];
}

export interface TestWorkspace {
  readonly workspace: number;
  readonly name: string;
  /** Headers of the owner. */
  readonly owner: Readonly<Record<string, string>>;
  /** A new member of that role with a session; `party`: who they are in the agreements. */
  join(role: Role, party?: string): Promise<TestMember>;
  signIn(role: Role, party?: string): Promise<Readonly<Record<string, string>>>;
  /** A request below the address of the workspace. */
  send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, given?: Sent): Promise<TestAnswer>;
}

export interface TestMember {
  readonly user: string;
  readonly email: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the owner. */
  readonly as?: Readonly<Record<string, string>>;
}

export interface TestAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects.
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Where the tests of this process keep who was erased. */
export const erasedPath = join(mkdtempSync(join(tmpdir(), 'rapport-erased-')), 'erasures.jsonl');
export const publicUrl = 'http://127.0.0.1:8080';

/** Call it at the top of a test file. */
export async function testService(
  given: Partial<HttpOptions> & { readonly clock?: () => Date } = {},
): Promise<TestService> {
  const { clock = () => new Date(), ...options } = given;
  const database = await testDatabase();
  const store = await database.store();
  const failures: string[] = [];
  const secrets = secretsWith([Buffer.alloc(32, 7)]);
  const access = openAccess({
    store,
    secrets,
    publicUrl,
    clock,
    providers: [],
    onError: (error) => failures.push(error.message),
  });
  const writers = openWriters(store, { owner: 'test', onEnded: () => undefined });
  const journalErasure = (erasure: Erasure) => appendErasure(erasedPath, erasure);
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, facts: object = {}) => failures.push(`${event} ${JSON.stringify(facts)}`),
  };
  const context: Context = {
    store,
    writers,
    clock,
    random: randomBytes,
    secrets,
    access,
    journalErasure,
    log,
  };
  const app = await buildHttp(context, { access, publicUrl, pages: null, version: 'test', ...options });
  afterAll(async () => {
    await app.close();
    await writers.close();
  });
  return {
    database,
    app,
    context,
    access,
    failures,
    newWorkspace: () => newWorkspace(app, context),
  };
}

async function newWorkspace(app: FastifyInstance, context: Context): Promise<TestWorkspace> {
  const name = `w-${randomBytes(6).toString('hex')}`;
  const workspace = (await context.store.accessing((query) =>
    createWorkspace(query, { name, title: 'Test' }),
  )) as number;
  const join = (role: Role, party: string | null = null) => newMember(context, { workspace, role, party });
  const signIn = async (role: Role, party?: string) => (await join(role, party)).headers;
  const owner = await signIn('owner');
  return {
    workspace,
    name,
    owner,
    join,
    signIn,
    send: (method, path, sent = {}) =>
      request(app, method, `/api/v1/workspaces/${name}${path}`, { as: owner, ...sent }),
  };
}

/** With a session but without a password: deriving one is slow on purpose, and only signing in needs it. */
async function newMember(
  { store, secrets, clock }: Context,
  {
    workspace,
    role,
    party,
  }: { readonly workspace: number; readonly role: Role; readonly party: string | null },
): Promise<TestMember> {
  const [user, token] = [randomUUID(), randomUUID()];
  const email = `${role.replace(' ', '-')}-${user.slice(0, 8)}@example.com`;
  await store.accessing(async (query) => {
    await createUser(query, { id: user, name: 'A Person', email, mustChangePassword: false });
    const row = { id: token, token, userId: user, ipAddress: null, userAgent: null };
    const expiresAt = new Date(clock().getTime() + 86_400_000);
    await query
      .insertInto('session')
      .values({ ...row, expiresAt })
      .execute();
  });
  await store.within(workspace, (scope) => addMember(scope, user, { role, party, goodwillLimits: {} }));
  const secret = secrets.derive('session cookies').toString('base64url');
  return { user, email, headers: { cookie: signedCookie(token, { isSecure: false, secret }) } };
}

/** A request to any address. */
export async function request(
  app: FastifyInstance,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  { body, headers = {}, as = {} }: Sent = {},
): Promise<TestAnswer> {
  const asked: InjectOptions = { method, url, headers: { ...as, ...headers } };
  if (body !== undefined) asked.payload = body as string | object;
  const answer = await app.inject(asked);
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    body: isJson ? JSON.parse(answer.body) : null,
    headers: answer.headers,
    text: answer.body,
  };
}
