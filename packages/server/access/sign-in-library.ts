// SPDX-License-Identifier: Apache-2.0
// better-auth as we use it: passwords of people who were invited, passkeys, and the company's own identity providers.
// Nobody signs up by themselves; nothing is sent anywhere; what we do not use is not reachable.

import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth/minimal';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { Store } from '../store/open.ts';
import { removePassword } from '../store/user-rows.ts';
import { originsOf, passkeyAddress } from './cross-site.ts';
import { libraryAdapter } from './library-adapter.ts';
import { hashPassword, isPassword, passwordLengthMax, passwordLengthMin } from './password.ts';
import { cookiePrefix } from './session-cookie.ts';

/** Where http mounts the library. */
export const authPath = '/api/auth';

/** An OpenID Connect provider that a company signs its people in with. */
export interface IdentityProvider {
  /** In addresses: letters, digits, hyphens. */
  readonly id: string;
  readonly name: string;
  /** Ends in `/.well-known/openid-configuration`. */
  readonly discoveryUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface LibraryOptions {
  readonly store: Store;
  readonly publicUrl: string;
  readonly cookieSecret: string;
  readonly providers: readonly IdentityProvider[];
  readonly onError: (error: Error) => void;
}

/** Seconds. A session that is used goes on; one that is not used for this long is over. */
const sessionLifetime = 7 * 24 * 60 * 60;
const sessionRenewal = 24 * 60 * 60;

export function signInLibrary(options: LibraryOptions): (request: Request) => Promise<Response> {
  const origins = originsOf(options.publicUrl);
  const { protocol } = new URL(options.publicUrl);
  const library = betterAuth({
    appName: 'Rapport',
    baseURL: options.publicUrl,
    basePath: authPath,
    secret: options.cookieSecret,
    database: libraryAdapter(options.store),
    trustedOrigins: [...origins],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLengthMin,
      maxPasswordLength: passwordLengthMax,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(password, hash) },
    },
    session: { expiresIn: sessionLifetime, updateAge: sessionRenewal, cookieCache: { enabled: false } },
    account: {
      encryptOAuthTokens: true,
      // The provider must say that it verified the address. Whoever set a password here before may be somebody else:
      // the first sign-in over the provider takes it away, below.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
    },
    databaseHooks: {
      account: {
        create: {
          after: async ({ providerId, userId }) => {
            if (providerId === 'credential') return;
            await options.store.accessing((query) => removePassword(query, userId));
          },
        },
      },
    },
    advanced: {
      cookiePrefix,
      useSecureCookies: protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      disableColors: true,
      log: (_level, message) => options.onError(new Error(`sign-in: ${message}`)),
    },
    onAPIError: { onError: (error) => options.onError(asError(error)) },
    plugins: [
      passkey({
        rpName: 'Rapport',
        // Browsers make no passkeys for a number; for this machine they do for its name.
        rpID: new URL(passkeyAddress(options.publicUrl) ?? options.publicUrl).hostname,
        origin: [...origins],
      }),
      ...(options.providers.length === 0
        ? []
        : [genericOAuth({ config: options.providers.map(providerOf) })]),
    ],
  });
  return library.handler;
}

/** Only people who were invited get in: an unknown address makes no account. */
function providerOf(provider: IdentityProvider) {
  return {
    providerId: provider.id,
    discoveryUrl: provider.discoveryUrl,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    disableSignUp: true,
    requireIdTokenVerification: true,
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
