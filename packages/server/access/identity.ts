// SPDX-License-Identifier: Apache-2.0
// Who is behind a request: a person with a session, or an API key. A person may be a member of several workspaces and is
// another caller in each; a key belongs to one. Being nobody in a workspace and there being no such workspace look alike.

import type { Caller } from './caller.ts';

export interface Place {
  /** As in addresses. */
  readonly workspaceName: string;
  readonly workspaceTitle: string;
  readonly caller: Caller;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Signed in with a password that was given to them: only the password can be changed, and nothing else is answered. */
  readonly mustChangePassword: boolean;
}

export type Identity =
  | {
      readonly kind: 'person';
      readonly actor: string;
      readonly person: Person;
      readonly places: readonly Place[];
    }
  | { readonly kind: 'key'; readonly actor: string; readonly places: readonly Place[] };

/** Null when the identity has no place there. */
export function callerIn(identity: Identity, workspaceName: string): Caller | null {
  return identity.places.find((place) => place.workspaceName === workspaceName)?.caller ?? null;
}
