// SPDX-License-Identifier: Apache-2.0
// One address of the API as data: what it takes, what it answers and what it asks of the caller. Validation, the
// OpenAPI document, the authorisation test and the pages read the same object.
import type { z } from 'zod';

export interface Endpoint {
  /** Name of the operation, unique: `acceptFacts`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters as `:name`; begins with /api/v1/. */
  readonly path: string;
  /** A permission of access/permissions.ts; `signed in`: any session; `nobody`: asks for nothing. */
  readonly demand: string;
  readonly summary: string;
  readonly tag: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Media types of the body; `application/json` where nothing is said. */
  readonly consumes?: readonly string[];
  /** The answer; null where it is a stream or a file of `produces`. */
  readonly response: z.ZodType | null;
  readonly produces?: readonly string[];
  /** Status of success; 200 where nothing is said. */
  readonly status?: number;
  /** May be sent again under the same Idempotency-Key. */
  readonly isIdempotentByKey?: boolean;
}

/** Keeps the exact types of the schemas, so that callers and handlers know them. */
export function endpoint<const E extends Endpoint>(given: E): E {
  return given;
}

type InputOf<S> = S extends z.ZodType ? z.input<S> : undefined;
type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined;
type Part<E extends Endpoint, Name extends keyof Endpoint> = E extends Record<Name, infer S> ? S : undefined;

/** What a caller gives. */
export interface RequestOf<E extends Endpoint> {
  readonly params: InputOf<Part<E, 'params'>>;
  readonly query: InputOf<Part<E, 'query'>>;
  readonly body: InputOf<Part<E, 'body'>>;
}
/** What a handler gets, after validation. */
export interface ReceivedOf<E extends Endpoint> {
  readonly params: OutputOf<Part<E, 'params'>>;
  readonly query: OutputOf<Part<E, 'query'>>;
  readonly body: OutputOf<Part<E, 'body'>>;
}
/** What is answered. */
export type AnswerOf<E extends Endpoint> = OutputOf<E['response']>;
/** What a handler may give, before defaults are filled in. */
export type GivenAnswerOf<E extends Endpoint> = Unchanged<InputOf<E['response']>>;

/** The same data, as somebody who only reads it may hold it. */
type Unchanged<T> = T extends readonly (infer Item)[]
  ? readonly Unchanged<Item>[]
  : T extends object
    ? { readonly [name in keyof T]: Unchanged<T[name]> }
    : T;
