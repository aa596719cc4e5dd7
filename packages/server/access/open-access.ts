// SPDX-License-Identifier: Apache-2.0
// Access as the rest of the server sees it: who is calling, signing in and out, and what has to be forgotten when rights
// change. The sign-in library is loaded when it is first needed, so that a start does not wait for it.

import type { Store } from '../store/open.ts';
import { attemptSucceeded, beginAttempt } from '../store/sign-in-rows.ts';
import { setMustChangePassword } from '../store/user-rows.ts';
import { isCrossSite, originsOf, passkeyAddress, type RequestOrigin } from './cross-site.ts';
import { type Credentials, openIdentifying } from './identify.ts';
import type { Identity } from './identity.ts';
import type { Secrets } from './secrets.ts';
import { type Answer, guarded } from './sign-in-guard.ts';
import type { IdentityProvider } from './sign-in-library.ts';
import { isLockedOut, windowMinutes } from './sign-in-limits.ts';
import { hashOf } from './tokens.ts';

export interface AccessOptions {
  readonly store: Store;
  readonly secrets: Secrets;
  /** Where people reach the service, such as `https://pay.example.com`. */
  readonly publicUrl: string;
  readonly clock: () => Date;
  readonly providers: readonly IdentityProvider[];
  readonly onError: (error: Error) => void;
}

export interface Access {
  readonly publicUrl: string;
  identify(credentials: Credentials): Promise<Identity | null>;
  /** Whether a request with a session has to be refused because another site's page made it. */
  isCrossSite(request: RequestOrigin): boolean;
  /** Answers everything below `authPath`. @param address of the client, for locking out. */
  handle(request: Request, address: string): Promise<Answer>;
  /** What the sign-in page offers beside a password. */
  readonly ways: {
    /** Where passkeys work; null: nowhere. */
    readonly passkeyAddress: string | null;
    readonly providers: readonly { readonly id: string; readonly name: string }[];
  };
  /** After anything that changes who may do what. */
  forget(): void;
  /** Loads the sign-in library ahead of its first use. */
  warmUp(): Promise<void>;
}

export function openAccess(options: AccessOptions): Access {
  const { store, clock } = options;
  const cookieSecret = options.secrets.derive('session cookies').toString('base64url');
  const isSecure = options.publicUrl.startsWith('https:');
  const origins = originsOf(options.publicUrl);
  const identifying = openIdentifying({ store, clock, isSecure, cookieSecret });
  let library: Promise<(request: Request) => Promise<Response>> | null = null;
  const load = () => {
    library ??= import('./sign-in-library.ts').then(({ signInLibrary }) =>
      signInLibrary({ ...options, cookieSecret }),
    );
    return library;
  };
  return {
    publicUrl: options.publicUrl,
    identify: identifying.identify,
    isCrossSite: (request) => isCrossSite(request, origins),
    handle: (request, address) =>
      guarded(request, {
        passOn: async (passed) => (await load())(passed),
        signedIn: (cookie) => identifying.identify({ cookie }),
        isCrossSite: (header) => isCrossSite(header, origins),
        begin: (account) => {
          const at = clock();
          const since = new Date(at.getTime() - windowMinutes * 60_000);
          const identifier = hashOf(account);
          return store.accessing((query) =>
            beginAttempt(query, { identifier, address, at, since, isLockedOut }),
          );
        },
        succeeded: (attempt) => store.accessing((query) => attemptSucceeded(query, attempt)),
        passwordChanged: (user) => store.accessing((query) => setMustChangePassword(query, user, false)),
        forget: identifying.forget,
        lockedUntil: () => new Date(clock().getTime() + windowMinutes * 60_000),
      }),
    ways: {
      passkeyAddress: passkeyAddress(options.publicUrl),
      providers: options.providers.map(({ id, name }) => ({ id, name })),
    },
    forget: identifying.forget,
    warmUp: async () => {
      await load();
    },
  };
}
