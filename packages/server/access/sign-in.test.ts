// SPDX-License-Identifier: Apache-2.0
// Signing in with a password against the real database: what a session is good for, when it ends, when one is locked out.
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { createOwner } from './create-owner.ts';
import { isCrossSite } from './cross-site.ts';
import { callerIn, type Identity } from './identity.ts';
import { type Access, openAccess } from './open-access.ts';
import { secretsWith } from './secrets.ts';

const database = await testDatabase();
const store = await database.store();
const publicUrl = 'https://pay.example.com';
const password = 'a long enough password';
let now = new Date();

function open(changed: { readonly publicUrl?: string } = {}): Access {
  return openAccess({
    store,
    secrets: secretsWith([Buffer.alloc(32, 7)]),
    publicUrl,
    clock: () => now,
    providers: [],
    onError: (error) => {
      throw error;
    },
    ...changed,
  });
}
const access = open();

let people = 0;
async function person(given: { readonly password?: string } = { password }) {
  people += 1;
  const email = `person-${people}@example.com`;
  const workspace = await database.newWorkspace();
  return {
    email,
    workspace,
    ...(await createOwner(store, { workspace, name: 'A Person', email, ...given })),
  };
}

async function post(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  from = '192.0.2.1',
) {
  const request = new Request(`${publicUrl}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: publicUrl, ...headers },
    body: JSON.stringify(body),
  });
  const answer = await access.handle(request, from);
  if (answer.kind === 'refused') {
    return { code: answer.code, status: null, cookie: '', setCookie: '', text: '' };
  }
  const setCookie = answer.response.headers.get('set-cookie') ?? '';
  const cookie = setCookie.split(';')[0]!;
  const text = await answer.response.text();
  return { code: null, status: answer.response.status, cookie, setCookie, text };
}

const signIn = (email: string, given = password, from?: string) =>
  post('/sign-in/email', { email, password: given }, {}, from);

function personOf(identity: Identity | null) {
  return identity?.kind === 'person' ? identity.person : null;
}

describe('signing in', () => {
  test('gives a cookie that scripts cannot read, for our site alone and over https alone', async () => {
    const { email } = await person();
    const { setCookie } = await signIn(email);
    expect(setCookie).toMatch(/^__Secure-rapport\.session_token=/);
    expect(setCookie).toMatch(/; HttpOnly/);
    expect(setCookie).toMatch(/; Secure/);
    expect(setCookie).toMatch(/; SameSite=Lax/);
    expect(setCookie).toMatch(/; Path=\//);
  });

  test('tells the token to nobody but the cookie', async () => {
    const { email } = await person();
    const { cookie, text } = await signIn(email);
    const token = decodeURIComponent(cookie.split('=')[1]!).split('.')[0]!;
    expect(token.length).toBeGreaterThan(20);
    expect(text).toContain(email);
    expect(text).not.toContain(token);
  });

  test('says who somebody is, and where they belong', async () => {
    const { email, user, workspace } = await person();
    const identity = await access.identify({ cookie: (await signIn(email)).cookie });
    expect(personOf(identity)).toMatchObject({ id: user, email, mustChangePassword: false });
    const [place] = identity!.places;
    expect(place!.caller).toMatchObject({ workspace, actor: `user:${user}`, role: 'owner', scopes: 'all' });
    expect(callerIn(identity!, place!.workspaceName)).toEqual(place!.caller);
    expect(callerIn(identity!, 'another')).toBeNull();
  });

  test.each([
    ['a wrong password', (email: string) => signIn(email, 'not the password at all')],
    ['an unknown address', () => signIn('nobody@example.com')],
  ])('with %s is refused in the same words', async (_case, attempt) => {
    const { email } = await person();
    expect(await attempt(email)).toMatchObject({ code: 'credentials_wrong', cookie: '' });
  });

  test('does not ask how an address is written', async () => {
    const { email } = await person();
    expect(await signIn(` ${email.toUpperCase()}`)).toMatchObject({ status: 200 });
  });

  test('with a one-time password leads to changing it', async () => {
    const { email, oneTimePassword } = await person({});
    const { cookie } = await signIn(email, oneTimePassword!);
    expect(personOf(await access.identify({ cookie }))?.mustChangePassword).toBe(true);
    const changed = await post(
      '/change-password',
      { currentPassword: oneTimePassword, newPassword: password },
      { cookie },
    );
    expect(changed.status).toBe(200);
    expect(personOf(await access.identify({ cookie: changed.cookie }))?.mustChangePassword).toBe(false);
  });
});

describe('a cookie', () => {
  test('that was changed, or signed with another key, is nobody', async () => {
    const { email } = await person();
    const { cookie } = await signIn(email);
    const changed = cookie.replace(/=(.)/, (_, first: string) => `=${first === 'A' ? 'B' : 'A'}`);
    expect(await access.identify({ cookie: changed })).toBeNull();
    const other = openAccess({
      store,
      secrets: secretsWith([Buffer.alloc(32, 8)]),
      publicUrl,
      clock: () => now,
      providers: [],
      onError: () => undefined,
    });
    expect(await other.identify({ cookie })).toBeNull();
  });

  test('is good for nothing after signing out', async () => {
    const { email } = await person();
    const { cookie } = await signIn(email);
    expect(await access.identify({ cookie })).not.toBeNull();
    await post('/sign-out', {}, { cookie });
    expect(await access.identify({ cookie })).toBeNull();
  });

  test('is over when its time is over', async () => {
    const { email } = await person();
    const { cookie } = await signIn(email);
    access.forget();
    const later = open();
    const before = now;
    now = new Date(now.getTime() + 8 * 24 * 60 * 60_000);
    expect(await later.identify({ cookie })).toBeNull();
    now = before;
  });
});

test('changing the password ends every other session at once', async () => {
  const { email } = await person();
  const [here, elsewhere] = [await signIn(email), await signIn(email)];
  expect(await access.identify({ cookie: elsewhere.cookie })).not.toBeNull();
  const changed = await post(
    '/change-password',
    { currentPassword: password, newPassword: `${password} of today`, revokeOtherSessions: false },
    { cookie: here.cookie },
  );
  expect(await access.identify({ cookie: elsewhere.cookie })).toBeNull();
  expect(await access.identify({ cookie: here.cookie })).toBeNull();
  expect(await access.identify({ cookie: changed.cookie })).not.toBeNull();
});

describe('a new password', () => {
  test.each([
    ['too short', 'short'],
    ['the old one', password],
  ])('that is %s is refused', async (_case, newPassword) => {
    const { email } = await person();
    const { cookie } = await signIn(email);
    const answer = await post('/change-password', { currentPassword: password, newPassword }, { cookie });
    expect(answer.status === 400 || answer.code === 'password_unchanged').toBe(true);
    expect((await signIn(email)).status).toBe(200);
  });

  test('is not given to somebody who is not signed in', async () => {
    const answer = await post('/change-password', { currentPassword: password, newPassword: 'x'.repeat(20) });
    expect(answer.code).toBe('not_signed_in');
  });
});

describe('after five wrong passwords', () => {
  test('the right one is refused too, from there, until a quarter of an hour has passed', async () => {
    const { email } = await person();
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn(email, 'wrong, wrong, wrong');
    expect(await signIn(email)).toMatchObject({ code: 'locked_out' });
    expect(await signIn(email, password, '192.0.2.77')).toMatchObject({ status: 200 });
    now = new Date(now.getTime() + 16 * 60_000);
    expect(await signIn(email)).toMatchObject({ status: 200 });
  });

  test('sent all at once, no more than five are checked', async () => {
    const { email } = await person();
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(email, 'wrong, wrong, wrong')));
    expect(answers.filter(({ code }) => code === 'credentials_wrong')).toHaveLength(5);
    expect(answers.filter(({ code }) => code === 'locked_out')).toHaveLength(7);
  });

  test('attempts that failed before a right one are forgiven', async () => {
    const { email } = await person();
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) await signIn(email, 'wrong, wrong, wrong');
      expect(await signIn(email)).toMatchObject({ status: 200 });
    }
  });
});

test.each([
  '/sign-up/email',
  '/delete-user',
  '/update-user',
  '/change-email',
  '/request-password-reset',
  '/reset-password',
  '/link-social',
  '/sign-in/email-otp',
  '/set-password',
  '/../v1/session',
])('%s of the library is not there', async (path) => {
  expect(await post(path, {})).toMatchObject({ code: 'address_unknown' });
});

test('a page of another site can neither sign in nor sign out', async () => {
  const { email } = await person();
  const { cookie } = await signIn(email);
  const foreign = { cookie, origin: 'https://evil.example' };
  expect((await post('/sign-out', {}, foreign)).code).toBe('cross_site_request');
  expect((await post('/sign-in/email', { email, password }, foreign)).code).toBe('cross_site_request');
  expect(await access.identify({ cookie })).not.toBeNull();
});

test.each([
  ['POST', 'https://pay.example.com', undefined, false],
  ['POST', 'https://evil.example', undefined, true],
  ['POST', 'null', undefined, true],
  ['DELETE', undefined, 'cross-site', true],
  ['DELETE', undefined, 'same-site', true],
  ['PUT', undefined, 'same-origin', false],
  ['POST', undefined, undefined, false],
  ['GET', 'https://evil.example', 'cross-site', false],
])('%s with Origin %s and Sec-Fetch-Site %s is cross-site: %s', (method, origin, fetchSite, expected) => {
  expect(isCrossSite({ method, origin, fetchSite }, [publicUrl])).toBe(expected);
});
