// SPDX-License-Identifier: Apache-2.0
// Passkeys from end to end: a member adds one and signs in with it; a copy, another origin and a used challenge do not.
import { expect, test } from 'vitest';
import { newAuthenticator } from '../testing/authenticator.ts';
import { publicUrl, request, type TestAnswer, testService } from '../testing/test-service.ts';

const service = await testService();
const { join } = await service.newWorkspace();

const cookiesOf = ({ headers }: TestAnswer) =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((text) => `${text}`.split(';')[0])
    .join('; ');

async function member() {
  const { user, headers } = await join('representative');
  return { user, cookie: headers['cookie']! };
}

const get = (path: string, cookie = '') =>
  request(service.app, 'GET', `/api/auth/passkey/${path}`, { headers: cookie === '' ? {} : { cookie } });
const post = (path: string, body: object, cookie: string) =>
  request(service.app, 'POST', `/api/auth/passkey/${path}`, { body, headers: { cookie, origin: publicUrl } });

async function withPasskey() {
  const { user, cookie } = await member();
  const authenticator = newAuthenticator(publicUrl);
  const options = await get('generate-register-options', cookie);
  expect(options.body.rp.id).toBe('localhost');
  const response = authenticator.register(options.body);
  const added = await post(
    'verify-registration',
    { response, name: 'Key ring' },
    `${cookie}; ${cookiesOf(options)}`,
  );
  expect(added.status, added.text).toBe(200);
  return { user, cookie, authenticator };
}

test('a member adds a passkey, sees it, and signs in with it', async () => {
  const { user, cookie, authenticator } = await withPasskey();
  const listed = await get('list-user-passkeys', cookie);
  expect(listed.body).toMatchObject([{ name: 'Key ring' }]);
  const options = await get('generate-authenticate-options');
  const response = authenticator.signIn(options.body);
  const signedIn = await post('verify-authentication', { response }, cookiesOf(options));
  expect(signedIn.status, signedIn.text).toBe(200);
  const session = await request(service.app, 'GET', '/api/v1/session', {
    headers: { cookie: cookiesOf(signedIn) },
  });
  expect(session.body.actor).toBe(`user:${user}`);
});

test('a challenge is good for one answer', async () => {
  const { authenticator } = await withPasskey();
  const options = await get('generate-authenticate-options');
  const response = authenticator.signIn(options.body);
  expect((await post('verify-authentication', { response }, cookiesOf(options))).status).toBe(200);
  const again = await post('verify-authentication', { response }, cookiesOf(options));
  expect(again.body.code).toBe('passkey_refused');
  expect(cookiesOf(again)).not.toContain('session_token');
});

test('a signature for another origin, and a key that was never added, sign nobody in', async () => {
  const options = await get('generate-authenticate-options');
  const stranger = newAuthenticator(publicUrl).signIn(options.body);
  expect((await post('verify-authentication', { response: stranger }, cookiesOf(options))).status).toBe(401);
  const { cookie } = await member();
  const phished = newAuthenticator('https://evil.example');
  const offered = await get('generate-register-options', cookie);
  const added = await post(
    'verify-registration',
    { response: phished.register(offered.body) },
    `${cookie}; ${cookiesOf(offered)}`,
  );
  expect(added.body.code).toBe('passkey_refused');
});

test('nobody adds a passkey without being signed in, nor takes away one of somebody else', async () => {
  expect((await get('generate-register-options')).status).toBe(401);
  const [one, other] = [await withPasskey(), await member()];
  const [key] = (await get('list-user-passkeys', one.cookie)).body;
  const taken = await post('delete-passkey', { id: key.id }, other.cookie);
  expect(taken.status).toBeGreaterThanOrEqual(400);
  expect((await get('list-user-passkeys', one.cookie)).body).toHaveLength(1);
});
