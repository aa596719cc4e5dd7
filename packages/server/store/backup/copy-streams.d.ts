// SPDX-License-Identifier: Apache-2.0
// What we use of pg-copy-streams, which brings no types.
declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  export function to(text: string): Readable & Submittable & { readonly rowCount: number };
  export function from(text: string): Writable & Submittable & { readonly rowCount: number };
}
