// SPDX-License-Identifier: Apache-2.0
// Members, links and keys over HTTP: who gets in, who cannot hand on more than they have, and what stays in the trail.
import { describe, expect, test } from 'vitest';
import { publicUrl, request, testService } from '../testing/test-service.ts';
import { rolesOfPeople } from './roles.ts';

let now = new Date();
const service = await testService({ clock: () => now });
const password = 'a long enough password';

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly cookie?: string;
  readonly key?: string;
}

function ask({ method = 'GET', path, body, cookie, key }: Asked) {
  return request(service.app, method, `/api/v1/${path}`, {
    body,
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
  });
}

async function workspaceWith(...roles: readonly ('admin' | 'finance' | 'representative')[]) {
  const { name, join, owner: headers } = await service.newWorkspace();
  const member = async (role: (typeof roles)[number]) => {
    const { user, email, headers } = await join(role);
    return { user, email, cookie: headers['cookie']! };
  };
  const session = await request(service.app, 'GET', '/api/v1/session', { headers });
  const { actor, email } = session.body;
  const owner = { user: actor.slice('user:'.length), email, cookie: headers['cookie']! };
  const others = [];
  for (const role of roles) others.push(await member(role));
  return { path: `workspaces/${name}`, owner, others };
}

async function signInAs(email: string, given = password) {
  const answer = await ask({ method: 'POST', path: 'session', body: { email, password: given } });
  return { status: answer.status, cookie: `${answer.headers['set-cookie']}`.split(';')[0]! };
}

const tokenOf = (link: string) => link.split('#')[1]!;
const use = (token: string, body: object = {}, cookie?: string) =>
  ask({
    method: 'POST',
    path: 'invitation/accept',
    body: { token, ...body },
    ...(cookie === undefined ? {} : { cookie }),
  });

describe('an invitation', () => {
  test('makes a member of whoever holds its link, once', async () => {
    const { path, owner } = await workspaceWith();
    const email = 'ada@example.com';
    const invited = await ask({
      method: 'POST',
      path: `${path}/members`,
      cookie: owner.cookie,
      body: { email, role: 'finance' },
    });
    expect(invited.status).toBe(201);
    expect(invited.body.link).toContain(`${publicUrl}/invitation#`);
    const token = tokenOf(invited.body.link);
    const seen = await ask({ method: 'POST', path: 'invitation', body: { token } });
    expect(seen.body).toMatchObject({ purpose: 'join', email, role: 'finance', needsSignIn: false });
    expect((await use(token, { name: 'Ada', password: 'too short' })).body.code).toBe('password_length');
    expect((await use(token, { name: 'Ada', password: password })).status).toBe(200);
    expect((await use(token, { name: 'Eve', password: password })).body.code).toBe('invitation_unknown');

    const session = await ask({ path: 'session', cookie: (await signInAs(email)).cookie });
    expect(session.body).toMatchObject({ name: 'Ada', email, mustChangePassword: false });
    expect(session.body.workspaces).toMatchObject([{ role: 'finance', party: null }]);
    expect(session.body.workspaces[0].may).toMatchObject({ 'periods.close': 'all' });
    const members = await ask({ path: `${path}/members`, cookie: owner.cookie });
    expect(members.body.items.map((one: { email: string }) => one.email)).toEqual(
      expect.arrayContaining([email, owner.email]),
    );
    expect(members.body.invited).toEqual([]);
    expect(members.body.roles).toEqual([...rolesOfPeople]);
  });

  test('for somebody with an account asks them to sign in, so that a link opens no account of another', async () => {
    const [here, elsewhere] = [await workspaceWith(), await workspaceWith()];
    const { email, cookie } = elsewhere.owner;
    const invited = await ask({
      method: 'POST',
      path: `${here.path}/members`,
      cookie: here.owner.cookie,
      body: { email, role: 'auditor' },
    });
    const token = tokenOf(invited.body.link);
    const stranger = await use(token, { name: 'Eve', password: 'another long password' });
    expect(stranger.body.code).toBe('sign_in_first');
    expect((await use(token, {}, here.owner.cookie)).body.code).toBe('sign_in_first');
    expect((await use(token, {}, cookie)).status).toBe(200);
    expect((await ask({ path: `${here.path}/members`, cookie })).status).toBe(200);
  });

  test('is over after three days, and when the next one is made', async () => {
    const { path, owner } = await workspaceWith();
    const invite = () =>
      ask({
        method: 'POST',
        path: `${path}/members`,
        cookie: owner.cookie,
        body: { email: 'late@example.com', role: 'auditor' },
      });
    const first = tokenOf((await invite()).body.link);
    const second = tokenOf((await invite()).body.link);
    expect((await ask({ method: 'POST', path: 'invitation', body: { token: first } })).status).toBe(404);
    const before = now;
    now = new Date(now.getTime() + 3 * 86_400_000 + 1);
    expect((await use(second, { name: 'Late', password: password })).body.code).toBe('invitation_unknown');
    now = before;
  });
});

describe('nobody hands on more than they have', () => {
  test.each([
    ['owner', 403],
    ['finance', 403],
    ['legal', 403],
    ['auditor', 201],
    ['representative', 201],
    ['manager', 201],
    ['partner', 201],
  ])('an admin inviting a member as %s is answered %i', async (role, status) => {
    const { path, others } = await workspaceWith('admin');
    const answer = await ask({
      method: 'POST',
      path: `${path}/members`,
      cookie: others[0]!.cookie,
      body: { email: `${role}@example.com`, role },
    });
    expect(answer.status).toBe(status);
  });

  test('an admin can neither change, remove nor reset an owner', async () => {
    const { path, owner, others } = await workspaceWith('admin');
    const member = `${path}/members/${owner.user}`;
    const { cookie } = others[0]!;
    const attempts = [
      await ask({ method: 'PATCH', path: member, cookie, body: { role: 'representative' } }),
      await ask({ method: 'DELETE', path: member, cookie }),
      await ask({ method: 'POST', path: `${member}/new-password`, cookie }),
    ];
    expect(attempts.map(({ body }) => body.code)).toEqual(['role_beyond', 'role_beyond', 'role_beyond']);
  });

  test('an admin gives a key no scope that the admin does not have', async () => {
    const { path, others } = await workspaceWith('admin');
    const create = (scopes: readonly string[], role = 'integration') =>
      ask({
        method: 'POST',
        path: `${path}/api-keys`,
        cookie: others[0]!.cookie,
        body: { title: 'CRM', role, scopes },
      });
    expect((await create(['payments.record'])).body.code).toBe('scope_beyond');
    expect((await create(['members.read'])).body.code).toBe('scope_unknown');
    expect((await create(['periods.close'], 'owner')).body.code).toBe('scope_beyond');
    expect((await create(['facts.record'])).status).toBe(201);
  });
});

describe('a member', () => {
  test('who is removed is out at once, and the account goes when it belongs nowhere else', async () => {
    const { path, owner, others } = await workspaceWith('finance');
    const { user, cookie, email } = others[0]!;
    expect((await ask({ path: `${path}/members`, cookie })).status).toBe(200);
    expect(
      (await ask({ method: 'DELETE', path: `${path}/members/${user}`, cookie: owner.cookie })).status,
    ).toBe(200);
    expect((await ask({ path: 'session', cookie })).status).toBe(401);
    expect((await signInAs(email)).status).toBe(401);
    expect(await service.database.asOwner('select 1 from access."user" where id = $1', [user])).toEqual([]);
  });

  test('of another workspace cannot be seen, changed or signed out', async () => {
    const [here, elsewhere] = [await workspaceWith(), await workspaceWith()];
    const { user, cookie } = elsewhere.owner;
    const member = `${here.path}/members/${user}`;
    const owner = here.owner.cookie;
    const attempts = [
      await ask({ method: 'PATCH', path: member, cookie: owner, body: { role: 'auditor' } }),
      await ask({ method: 'DELETE', path: member, cookie: owner }),
      await ask({ method: 'DELETE', path: `${member}/sessions`, cookie: owner }),
      await ask({ method: 'POST', path: `${member}/new-password`, cookie: owner }),
    ];
    expect(attempts.map(({ body }) => body.code)).toEqual(Array(4).fill('member_unknown'));
    expect((await ask({ path: 'session', cookie })).status).toBe(200);
    expect((await ask({ path: `${elsewhere.path}/members`, cookie: owner })).body.code).toBe(
      'workspace_unknown',
    );
  });

  test('gets a new password by a link, which ends every session', async () => {
    const { path, owner, others } = await workspaceWith('finance');
    const { user, cookie, email } = others[0]!;
    const reset = await ask({
      method: 'POST',
      path: `${path}/members/${user}/new-password`,
      cookie: owner.cookie,
    });
    expect((await use(tokenOf(reset.body.link), { password: 'an entirely new password' })).status).toBe(200);
    expect((await ask({ path: 'session', cookie })).status).toBe(401);
    expect((await signInAs(email, 'an entirely new password')).status).toBe(200);
  });

  test('whose sessions are ended by an administrator is signed out everywhere', async () => {
    const { path, owner, others } = await workspaceWith('finance');
    const { user, cookie } = others[0]!;
    const ended = await ask({
      method: 'DELETE',
      path: `${path}/members/${user}/sessions`,
      cookie: owner.cookie,
    });
    expect(ended.body).toEqual({ ended: 1 });
    expect((await ask({ path: 'session', cookie })).status).toBe(401);
  });

  test('who is the last owner stays one', async () => {
    const { path, owner } = await workspaceWith();
    const member = `${path}/members/${owner.user}`;
    const { cookie } = owner;
    expect((await ask({ method: 'DELETE', path: member, cookie })).body.code).toBe('last_owner');
    expect((await ask({ method: 'PATCH', path: member, cookie, body: { role: 'admin' } })).body.code).toBe(
      'last_owner',
    );
  });
});

describe('an API key', () => {
  async function keyFor(scopes: readonly string[], expiresAt: string | null = null) {
    const made = await workspaceWith();
    const answer = await ask({
      method: 'POST',
      path: `${made.path}/api-keys`,
      cookie: made.owner.cookie,
      body: { title: 'Payroll', scopes, expiresAt },
    });
    return { ...made, answer };
  }

  test('is shown once, kept as a hash, and works within its scopes', async () => {
    const { path, owner, answer } = await keyFor(['workspace.read', 'feeds.read']);
    const { secret, key } = answer.body;
    expect(secret.startsWith(key.prefix)).toBe(true);
    const listed = await ask({ path: `${path}/api-keys`, cookie: owner.cookie });
    expect(listed.text).not.toContain(secret);
    expect(listed.body.items).toMatchObject([{ key: key.key, scopes: ['workspace.read', 'feeds.read'] }]);
    const kept = await service.database.asOwner<{ row: string }>(
      'select k::text as row from access.api_key k',
    );
    expect(kept.some(({ row }) => row.includes(secret))).toBe(false);
    expect((await ask({ path: 'session', key: secret })).body).toMatchObject({
      actor: `key:${key.key}`,
      name: null,
    });
    expect((await ask({ path: `${path}/members`, key: secret })).body.code).toBe('scope_missing');
  });

  test('that was seen a moment ago costs well below a millisecond', async () => {
    const { answer } = await keyFor(['workspace.read']);
    const authorization = `Bearer ${answer.body.secret}`;
    await service.access.identify({ authorization });
    const begun = performance.now();
    for (let time = 0; time < 2_000; time += 1) await service.access.identify({ authorization });
    expect((performance.now() - begun) / 2_000).toBeLessThan(0.5);
  });

  test('is nobody at once when it is revoked', async () => {
    const { path, owner, answer } = await keyFor(['workspace.read']);
    const { secret, key } = answer.body;
    expect((await ask({ path: 'session', key: secret })).status).toBe(200);
    const revoke = () => ask({ method: 'DELETE', path: `${path}/api-keys/${key.key}`, cookie: owner.cookie });
    expect((await revoke()).status).toBe(200);
    expect((await ask({ path: 'session', key: secret })).status).toBe(401);
    expect((await revoke()).body.code).toBe('key_unknown');
  });

  test('is nobody after its day', async () => {
    const { answer } = await keyFor(['workspace.read'], new Date(now.getTime() + 60_000).toISOString());
    const before = now;
    now = new Date(now.getTime() + 61_000);
    expect((await ask({ path: 'session', key: answer.body.secret })).status).toBe(401);
    now = before;
  });

  test('that is not ours is nobody, whatever the cookie says', async () => {
    const { owner } = await workspaceWith();
    for (const key of [`rapport_00000000_${'x'.repeat(43)}`, "' or true --", 'x']) {
      expect((await ask({ path: 'session', key, cookie: owner.cookie })).status).toBe(401);
    }
  });
});

test('an owner makes another workspace and owns it; nobody else does', async () => {
  const { owner, others } = await workspaceWith('admin');
  const create = (cookie: string, name: string) =>
    ask({ method: 'POST', path: 'workspaces', cookie, body: { name, title: 'Second' } });
  expect((await create(others[0]!.cookie, 'second')).status).toBe(403);
  expect((await create(owner.cookie, 'second')).status).toBe(201);
  expect((await create(owner.cookie, 'second')).body.code).toBe('workspace_exists');
  expect((await ask({ path: 'workspaces/second/members', cookie: owner.cookie })).status).toBe(200);
});

test('every administrative act is in the audit trail, with who, what and to which', async () => {
  const { path, owner, others } = await workspaceWith('finance');
  const { user } = others[0]!;
  const { cookie } = owner;
  const member = `${path}/members/${user}`;
  await ask({
    method: 'POST',
    path: `${path}/members`,
    cookie,
    body: { email: 'x@example.com', role: 'auditor' },
  });
  await ask({ method: 'PATCH', path: member, cookie, body: { role: 'legal' } });
  await ask({ method: 'DELETE', path: `${member}/sessions`, cookie });
  await ask({ method: 'POST', path: `${member}/new-password`, cookie });
  const key = await ask({
    method: 'POST',
    path: `${path}/api-keys`,
    cookie,
    body: { title: 'K', scopes: ['facts.record'] },
  });
  await ask({ method: 'DELETE', path: `${path}/api-keys/${key.body.key.key}`, cookie });
  await ask({ method: 'DELETE', path: member, cookie });
  const trail = await ask({ path: `${path}/audit?limit=4`, cookie });
  const rest = await ask({ path: `${path}/audit?limit=4&after=${trail.body.next}`, cookie });
  const rows: readonly { action: string; actor: string }[] = [...trail.body.items, ...rest.body.items];
  expect(rows.map(({ action }) => action)).toEqual([
    'members.remove',
    'keys.revoke',
    'keys.create',
    'members.reset password',
    'sessions.end',
    'members.change',
    'members.invite',
  ]);
  expect(rest.body.next).toBeNull();
  expect(rows.every(({ actor }) => actor === `user:${owner.user}`)).toBe(true);
  expect(trail.text + rest.text).not.toContain('@example.com');
  const changes = await ask({ path: `${path}/audit?action=members.change`, cookie });
  expect(changes.body.items).toMatchObject([
    { subject: `user:${user}`, details: { from: { role: 'finance' } } },
  ]);
});
