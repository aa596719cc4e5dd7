// SPDX-License-Identifier: Apache-2.0
// The gate before the sign-in library: only these addresses of it, attempts counted and locked out, every other session
// ended when a password changes. What is not listed here is not there.

import type { RequestOrigin } from './cross-site.ts';
import type { Identity } from './identity.ts';

/** The library's answer, or a refusal of ours, whose sentences the caller knows. */
export type Answer =
  | { readonly kind: 'answered'; readonly response: Response }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'cross_site_request'
        | 'not_signed_in'
        | 'passkey_refused'
        | 'address_unknown'
        | 'locked_out'
        | 'credentials_wrong'
        | 'request_malformed'
        | 'password_unchanged';
      readonly facts: Readonly<Record<string, string>>;
    };

export interface Guarding {
  passOn(request: Request): Promise<Response>;
  isCrossSite(request: RequestOrigin): boolean;
  signedIn(cookie: string): Promise<Identity | null>;
  /** Counts an attempt for an account; null when it is locked out. */
  begin(account: string): Promise<number | null>;
  succeeded(attempt: number): Promise<void>;
  passwordChanged(user: string): Promise<void>;
  forget(): void;
  lockedUntil(): Date;
}

const addresses: ReadonlySet<string> = new Set([
  'POST /sign-in/email',
  'POST /sign-in/social',
  'POST /sign-out',
  'POST /change-password',
  'GET /get-session',
  'POST /revoke-other-sessions',
  'GET /passkey/generate-register-options',
  'POST /passkey/verify-registration',
  'GET /passkey/generate-authenticate-options',
  'POST /passkey/verify-authentication',
  'GET /passkey/list-user-passkeys',
  'POST /passkey/delete-passkey',
  'POST /passkey/update-passkey',
]);
const callbackAddress = /^GET \/callback\/[\w-]+$/;
/** Where somebody is sent after signing in: a page of ours. */
const ownPage = /^\/(?![/\\])/;

/** Answers without the token of the session: only the cookie has it, where no script can read it. */
export async function guarded(request: Request, guarding: Guarding): Promise<Answer> {
  const answer = await admitted(request, guarding);
  if (answer.kind === 'refused') return answer;
  return { kind: 'answered', response: await withoutToken(answer.response) };
}

async function admitted(request: Request, guarding: Guarding): Promise<Answer> {
  const path = new URL(request.url).pathname.replace(/^\/api\/auth/, '');
  const address = `${request.method} ${path}`;
  if (!addresses.has(address) && !callbackAddress.test(address)) {
    return { kind: 'refused', code: 'address_unknown', facts: { path } };
  }
  const [origin, fetchSite] = ['origin', 'sec-fetch-site'].map(
    (name) => request.headers.get(name) ?? undefined,
  );
  if (guarding.isCrossSite({ method: request.method, origin, fetchSite })) {
    return { kind: 'refused', code: 'cross_site_request', facts: { origin: new URL(request.url).origin } };
  }
  switch (address) {
    case 'POST /sign-in/email':
      return await signIn(request, guarding);
    case 'POST /change-password':
      return await changePassword(request, guarding);
    case 'POST /sign-in/social':
      return await signInAtProvider(request, guarding);
    default:
      return await passedOn(request, address, guarding);
  }
}

async function signIn(request: Request, guarding: Guarding): Promise<Answer> {
  const given = await bodyOf(request);
  if (typeof given['email'] !== 'string' || typeof given['password'] !== 'string') return malformed;
  const email = given['email'].trim().toLowerCase();
  const attempt = await guarding.begin(email);
  if (attempt === null) return lockedOut(guarding);
  const response = await guarding.passOn(
    withBody(request, { email, password: given['password'], rememberMe: given['rememberMe'] !== false }),
  );
  if ([400, 401].includes(response.status)) return { kind: 'refused', code: 'credentials_wrong', facts: {} };
  if (response.ok) await guarding.succeeded(attempt);
  return { kind: 'answered', response };
}

async function changePassword(request: Request, guarding: Guarding): Promise<Answer> {
  const given = await bodyOf(request);
  const { currentPassword, newPassword } = given;
  if (typeof currentPassword !== 'string' || typeof newPassword !== 'string') return malformed;
  if (currentPassword === newPassword) return { kind: 'refused', code: 'password_unchanged', facts: {} };
  const identity = await guarding.signedIn(request.headers.get('cookie') ?? '');
  if (identity?.kind !== 'person') return { kind: 'refused', code: 'not_signed_in', facts: {} };
  const { id, email } = identity.person;
  const attempt = await guarding.begin(email);
  if (attempt === null) return lockedOut(guarding);
  const body = { currentPassword, newPassword, revokeOtherSessions: true };
  const response = await guarding.passOn(withBody(request, body));
  if (!response.ok) return { kind: 'answered', response };
  await guarding.succeeded(attempt);
  await guarding.passwordChanged(id);
  guarding.forget();
  return { kind: 'answered', response };
}

/** Only the way over the provider's own page: the library would take a token from anywhere in its place. */
async function signInAtProvider(request: Request, guarding: Guarding): Promise<Answer> {
  const { provider, callbackURL = '/' } = await bodyOf(request);
  if (typeof provider !== 'string' || typeof callbackURL !== 'string') return malformed;
  if (!ownPage.test(callbackURL)) return malformed;
  const body = { provider, callbackURL, errorCallbackURL: '/sign-in', disableRedirect: true };
  return { kind: 'answered', response: await guarding.passOn(withBody(request, body)) };
}

async function passedOn(request: Request, address: string, guarding: Guarding): Promise<Answer> {
  const response = await guarding.passOn(request);
  if (request.method === 'POST') guarding.forget();
  if (address.startsWith('POST /passkey/verify-') && !response.ok) {
    return { kind: 'refused', code: 'passkey_refused', facts: {} };
  }
  if (response.status === 401) return { kind: 'refused', code: 'not_signed_in', facts: {} };
  return { kind: 'answered', response };
}

const malformed: Answer = { kind: 'refused', code: 'request_malformed', facts: {} };

function lockedOut(guarding: Guarding): Answer {
  return { kind: 'refused', code: 'locked_out', facts: { until: guarding.lockedUntil().toISOString() } };
}

async function withoutToken(response: Response): Promise<Response> {
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  const isJson = text !== '' && (headers.get('content-type') ?? '').includes('json');
  const shown = isJson
    ? JSON.stringify(JSON.parse(text), (name, value) => (name === 'token' ? undefined : value))
    : text;
  return new Response(shown === '' ? null : shown, { status: response.status, headers });
}

async function bodyOf(request: Request): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = await request.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function withBody(request: Request, body: unknown): Request {
  const headers = new Headers(request.headers);
  headers.set('content-type', 'application/json');
  headers.delete('content-length');
  return new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) });
}
