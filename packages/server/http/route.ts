// SPDX-License-Identifier: Apache-2.0
// A route: an endpoint of wire/ and what answers it. Its demand is a permission that exists, or `signed in`, or
// `nobody`; anything else does not compile. What a handler gets is checked, what it gives is checked before it leaves.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.ts';
import type { Identity } from '../access/identity.ts';
import type { Access } from '../access/open-access.ts';
import type { Permission } from '../access/permissions.ts';
import type { Context } from '../actions/context.ts';
import type { Outcome } from '../actions/outcome.ts';
import type { Endpoint, GivenAnswerOf, ReceivedOf } from '../wire/endpoint.ts';
import type { Metrics } from './metrics.ts';

export type Demand = Permission | 'signed in' | 'nobody';

/** A file as the answer; its name is made safe for a header. */
export interface FileAnswer {
  readonly kind: 'file';
  readonly mediaType: string;
  readonly fileName: string;
  readonly bytes: Uint8Array | string;
}
/** The handler writes the answer itself, as a stream does. */
export interface Streaming {
  readonly kind: 'streaming';
}

export type Answered<E extends Endpoint> = Outcome<GivenAnswerOf<E>> | FileAnswer | Streaming;

export interface Given<E extends Endpoint, C = Caller> extends ReceivedOf<E> {
  readonly context: Context;
  readonly caller: C;
  /** Who signed in, where the endpoint asks for more than nobody. */
  readonly identity: C extends null ? Identity | null : Identity;
  readonly access: Access;
  readonly publicUrl: string;
  /** Whether messages may go to addresses inside the network. */
  readonly allowsInside: boolean;
  readonly metrics: Metrics;
  /** Ends what would never end by itself, such as a stream, when the service closes. */
  readonly closing: AbortSignal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Who calls, as far as the demand of the endpoint says. */
type CallerFor<E extends Endpoint> = E['demand'] extends Permission ? Caller : null;

export interface Route {
  readonly endpoint: Endpoint & { readonly demand: Demand };
  /** Reads the body where it is not the body alone that says it. */
  readonly bodyOf?: (request: FastifyRequest) => unknown;
  // biome-ignore lint/suspicious/noExplicitAny: what a handler is given belongs to its endpoint, which `route` holds it to.
  handle(given: any): Promise<Answered<any>>;
}

export function route<const E extends Endpoint & { readonly demand: Demand }>(
  endpoint: E,
  handle: (given: Given<E, CallerFor<E>>) => Promise<Answered<E>>,
  more: Pick<Route, 'bodyOf'> = {},
): Route {
  return { endpoint, handle, ...more };
}
