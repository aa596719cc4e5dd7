// SPDX-License-Identifier: Apache-2.0
// Whether a request that changes something comes from our own pages. A browser sends the cookie by itself, so a session
// alone does not show that the person wanted it; SameSite keeps most of it out, this keeps out the rest. An API key is
// never sent by itself and needs no such proof.

export interface RequestOrigin {
  readonly method: string;
  /** Header `Origin`. */
  readonly origin: string | undefined;
  /** Header `Sec-Fetch-Site`. */
  readonly fetchSite: string | undefined;
}

const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True for a change that a page of another site asked for. @param origins ours, such as `https://pay.example.com`. */
export function isCrossSite(request: RequestOrigin, origins: readonly string[]): boolean {
  if (readingMethods.has(request.method)) return false;
  if (request.origin !== undefined) return !origins.includes(request.origin);
  return request.fetchSite !== undefined && !['same-origin', 'none'].includes(request.fetchSite);
}

/** The address under which browsers make passkeys: one with a name. Null: the service is known by a number alone. */
export function passkeyAddress(publicUrl: string): string | null {
  const named = originsOf(publicUrl).filter((origin) => !isNumber(new URL(origin).hostname));
  return named[0] ?? null;
}

/** An address of the network in place of a name: four numbers, or one in brackets. */
function isNumber(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
}

/** Our origin, and its other name where it is this machine. */
export function originsOf(publicUrl: string): readonly string[] {
  const { protocol, hostname, port, origin } = new URL(publicUrl);
  if (!['localhost', '127.0.0.1'].includes(hostname)) return [origin];
  const at = port === '' ? '' : `:${port}`;
  return [`${protocol}//localhost${at}`, `${protocol}//127.0.0.1${at}`];
}
