// SPDX-License-Identifier: Apache-2.0
// One call to the service and what can come of it: the answer, a refusal in the service's own words (RFC 9457), or no
// answer at all. Cookies travel by themselves; nothing secret is kept by the page.

import type { Finding } from '@rapport/server/wire/problem.ts';

/** What the service says when it does not do what was asked. */
export interface Problem {
  readonly status: number;
  readonly code?: string;
  readonly title: string;
  readonly detail?: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Single findings in what was sent. */
  readonly errors?: readonly Finding[];
}

/** Thrown by a call, so that queries and forms can show it. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Sent {
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Calls the service and reads its JSON; an answer without content is `undefined`. */
export async function call<T>(method: Method, path: string, sent: Sent = {}): Promise<T> {
  const answer = await answered(method, path, sent);
  return (await jsonOf(answer)) as T;
}

/** Reads a file of the service as its text, byte for byte. */
export async function callText(path: string): Promise<string> {
  return await (await answered('GET', path, {})).text();
}

/** The answer of a call that was not refused. */
async function answered(method: Method, path: string, sent: Sent): Promise<Response> {
  const hasJson = sent.json !== undefined;
  const answer = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      ...(hasJson ? { 'content-type': 'application/json' } : {}),
      ...sent.headers,
    },
    ...(hasJson ? { body: JSON.stringify(sent.json) } : sent.body === undefined ? {} : { body: sent.body }),
    ...(sent.signal === undefined ? {} : { signal: sent.signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServiceRefusal({ status: 0, title: 'The service cannot be reached just now.' });
  });
  if (answer.ok) return answer;
  throw new ServiceRefusal(problemOf(answer.status, await jsonOf(answer)));
}

async function jsonOf(answer: Response): Promise<unknown> {
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
  return isJson ? await answer.json() : undefined;
}

function problemOf(status: number, content: unknown): Problem {
  const given = (typeof content === 'object' && content !== null ? content : {}) as Partial<Problem> & {
    readonly message?: string;
  };
  const title = given.title ?? given.message ?? `The service answered ${status}.`;
  return { ...given, status, title };
}

/** A failure in words that can be shown. */
export function refusalOf(error: Error): Problem {
  if (error instanceof ServiceRefusal) return error.problem;
  return { status: 0, title: 'Something went wrong on this page.', detail: error.message };
}

/** True when the call needs somebody who is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ServiceRefusal && error.problem.status === 401;
}
