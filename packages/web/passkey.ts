// SPDX-License-Identifier: Apache-2.0
// Passkeys: the browser's own exchange, with the service's options in and its proof out, both as the JSON of WebAuthn.
import { call } from './call.ts';

type JsonCredential = PublicKeyCredential & { toJSON(): unknown };

/** True when this browser can use passkeys here. @param address where they work, as the service says it. */
export function canUsePasskeys(address: string | null): boolean {
  return (
    location.origin === address &&
    typeof PublicKeyCredential !== 'undefined' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  );
}

/** Signs in with a passkey that the reader picks; throws what the browser or the service says against it. */
export async function signInWithPasskey(): Promise<void> {
  const options = await call<PublicKeyCredentialRequestOptionsJSON>(
    'GET',
    '/api/auth/passkey/generate-authenticate-options',
  );
  const credential = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
  });
  await call('POST', '/api/auth/passkey/verify-authentication', {
    json: { response: (credential as JsonCredential).toJSON() },
  });
}

/** Makes a passkey for who is signed in. */
export async function addPasskey(name: string): Promise<void> {
  const options = await call<PublicKeyCredentialCreationOptionsJSON>(
    'GET',
    '/api/auth/passkey/generate-register-options',
  );
  const credential = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  });
  await call('POST', '/api/auth/passkey/verify-registration', {
    json: { response: (credential as JsonCredential).toJSON(), name },
  });
}

/** True when the reader closed the browser's window: that is no error to speak of. */
export function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}
