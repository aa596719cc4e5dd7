// SPDX-License-Identifier: Apache-2.0
// Holds a request to the schemas of its endpoint. Everything wrong is said at once, each with its place; values are
// repeated only as far as a schema names them, so that nothing secret comes back.
import type { z } from 'zod';
import { type Refusal, refusal } from '../actions/outcome.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Finding } from '../wire/problem.ts';

interface Raw {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}
type Checked =
  | { readonly kind: 'checked'; readonly params: unknown; readonly query: unknown; readonly body: unknown }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The most findings that one answer lists. */
const findingsMax = 50;

export function validate(endpoint: Endpoint, raw: Raw): Checked {
  const findings: Finding[] = [];
  const read = (name: 'params' | 'query' | 'body'): unknown => {
    const schema = endpoint[name];
    if (schema === undefined) return undefined;
    const given = name === 'body' && raw.body === null ? {} : raw[name];
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data;
    findings.push(...parsed.error.issues.flatMap((issue) => findingsOf(issue, `/${name}`)));
    return undefined;
  };
  const checked = { params: read('params'), query: read('query'), body: read('body') };
  if (findings.length === 0) return { kind: 'checked', ...checked };
  return {
    kind: 'refused',
    refusal: refusal('request_malformed', {}, { errors: findings.slice(0, findingsMax) }),
  };
}

function findingsOf(issue: z.core.$ZodIssue, root: string): readonly Finding[] {
  const place = [
    root,
    ...issue.path.map((part) => `${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`),
  ].join('/');
  // Of the alternatives, the one that came furthest says best what is wrong.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const best = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a))[0]!;
    return best.flatMap((inner) => findingsOf(inner, place));
  }
  return [{ code: issue.code, place, detail: issue.message, remedy: null }];
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}
