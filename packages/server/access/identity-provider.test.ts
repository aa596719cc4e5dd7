// SPDX-License-Identifier: Apache-2.0
// Signing in at a company's own identity provider (OpenID Connect): a small provider answers as the standard says. Only
// somebody who is a member already gets in; what the provider says is checked before it is believed.
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { createOwner } from './create-owner.ts';
import { openAccess } from './open-access.ts';
import { secretsWith } from './secrets.ts';

const publicUrl = 'https://pay.example.com';
const database = await testDatabase();
const store = await database.store();
const clientId = 'rapport-client';

/** What the provider says of whoever signs in next. */
let says: { email: string; verified: boolean; audience?: string; isForged?: boolean } = {
  email: '',
  verified: true,
};
let nonce = '';

const provider = await startProvider();
const access = openAccess({
  store,
  secrets: secretsWith([Buffer.alloc(32, 7)]),
  publicUrl,
  clock: () => new Date(),
  providers: [
    {
      id: 'acme',
      name: 'Acme',
      discoveryUrl: `${provider.issuer}/.well-known/openid-configuration`,
      clientId,
      clientSecret: 'secret',
    },
  ],
  onError: () => undefined,
});
afterAll(() => provider.server.close());

async function startProvider(): Promise<{ readonly server: Server; readonly issuer: string }> {
  const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (issuer: string) => {
    const at = Math.floor(Date.now() / 1000);
    const claims = {
      ...{
        iss: issuer,
        sub: `sub-${says.email}`,
        aud: says.audience ?? clientId,
        iat: at,
        exp: at + 300,
        nonce,
      },
      ...{ email: says.email, email_verified: says.verified, name: 'From The Provider' },
    };
    const signed = `${base64({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${base64(claims)}`;
    const { privateKey } = says.isForged === true ? forger : ours;
    return {
      claims,
      idToken: `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`,
    };
  };
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const answers: Readonly<Record<string, () => unknown>> = {
      '/.well-known/openid-configuration': () => ({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }),
      '/jwks': () => ({
        keys: [{ ...ours.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
      }),
      '/token': () => ({
        access_token: randomUUID(),
        token_type: 'Bearer',
        expires_in: 300,
        id_token: token(issuer).idToken,
      }),
      '/userinfo': () => token(issuer).claims,
    };
    const answer = answers[`${request.url}`.split('?')[0]!];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');

async function asked(request: Request): Promise<Response> {
  const answer = await access.handle(request, '192.0.2.1');
  if (answer.kind === 'refused') throw new Error(answer.code);
  return answer.response;
}

/** The whole way: to the provider, back with its code, and what session comes of it. */
async function signInAtProvider(changed: { readonly state?: string } = {}) {
  const begun = await asked(
    new Request(`${publicUrl}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify({ provider: 'acme', callbackURL: '/' }),
    }),
  );
  const { url } = (await begun.json()) as { readonly url: string };
  const sent = new URL(url).searchParams;
  nonce = sent.get('nonce') ?? '';
  const back = new URL(`${publicUrl}/api/auth/callback/acme`);
  back.searchParams.set('code', 'code-1');
  back.searchParams.set('state', changed.state ?? sent.get('state')!);
  const ended = await asked(new Request(back, { headers: { cookie: cookiesOf(begun.headers) } }));
  const identity = await access.identify({ cookie: cookiesOf(ended.headers) });
  return { sent, identity, location: ended.headers.get('location') ?? '' };
}

let people = 0;
async function member(): Promise<{ readonly email: string; readonly user: string }> {
  people += 1;
  const email = `sso-${people}@example.com`;
  const workspace = await database.newWorkspace();
  const { user } = await createOwner(store, { workspace, name: 'A Member', email });
  return { email, user };
}

test('a member signs in there, with a code that only we can use', async () => {
  const { email, user } = await member();
  says = { email, verified: true };
  const { sent, identity } = await signInAtProvider();
  expect(sent.get('code_challenge_method')).toBe('S256');
  expect(sent.get('scope')).toContain('openid');
  expect(identity).toMatchObject({ kind: 'person', actor: `user:${user}` });
});

test('a password that was set before is gone: it may be that of whoever made the account', async () => {
  const { email, user } = await member();
  says = { email, verified: true };
  expect((await signInAtProvider()).identity).not.toBeNull();
  const kept = await database.asOwner('select "providerId" from access.account where "userId" = $1', [user]);
  expect(kept).toEqual([{ providerId: 'acme' }]);
  expect((await signInAtProvider()).identity).toMatchObject({ actor: `user:${user}` });
});

test('an address that the provider did not verify signs nobody in', async () => {
  const { email } = await member();
  says = { email, verified: false };
  expect((await signInAtProvider()).identity).toBeNull();
});

test('somebody who is no member gets no account', async () => {
  says = { email: 'stranger@example.com', verified: true };
  const { identity, location } = await signInAtProvider();
  expect(identity).toBeNull();
  expect(location).toContain('error');
  expect(await database.asOwner(`select 1 from access."user" where email = 'stranger@example.com'`)).toEqual(
    [],
  );
});

test.each([
  ['signed by somebody else', { isForged: true }],
  ['meant for another service', { audience: 'another-client' }],
])('what is %s is not believed', async (_case, changed) => {
  const { email } = await member();
  says = { email, verified: true, ...changed };
  expect((await signInAtProvider()).identity).toBeNull();
});

test('an answer that nobody here asked for signs nobody in', async () => {
  const { email } = await member();
  says = { email, verified: true };
  expect((await signInAtProvider({ state: 'x'.repeat(32) })).identity).toBeNull();
});
