// SPDX-License-Identifier: Apache-2.0
// A refusal as it is answered: a problem document of RFC 9457. `code` is what programs read, `title` and `remedy` are
// what people read, `facts` holds the real values, `errors` the single findings in a body, a file or an agreement.
import { z } from 'zod';
import { sentencesOf } from './messages.ts';

export const finding = z.object({
  code: z.string(),
  /** `/body/data/Amount`, or `deals.csv:17`. */
  place: z.string(),
  detail: z.string(),
  remedy: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;

export const problem = z
  .object({
    type: z.string().describe('Address of the page about this code'),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    remedy: z.string(),
    facts: z.record(z.string(), z.string()),
    place: z.string().optional(),
    errors: z.array(finding).optional(),
    /** With same_revision_other_content: what was recorded first, and what came now. */
    contents: z.object({ recorded: z.unknown(), given: z.unknown() }).optional(),
    /** Our number for this request, for whoever asks. */
    instance: z.string().optional(),
  })
  .describe('Problem document, RFC 9457');
export type Problem = z.infer<typeof problem>;

export const problemMediaType = 'application/problem+json';

export interface Refused {
  readonly code: string;
  readonly status: number;
  readonly facts: Readonly<Record<string, string>>;
  readonly place?: string;
  readonly errors?: readonly Finding[];
  readonly contents?: { readonly recorded: unknown; readonly given: unknown };
}

/** The document of a refusal; `instance` is the number of the request. */
export function problemOf(refused: Refused, instance?: string): Problem {
  const { title, detail, remedy } = sentencesOf(refused.code, refused.facts);
  return {
    type: `/docs/problems#${refused.code}`,
    title,
    status: refused.status,
    code: refused.code,
    detail,
    remedy,
    facts: { ...refused.facts },
    ...(refused.place === undefined ? {} : { place: refused.place }),
    ...(refused.errors === undefined ? {} : { errors: [...refused.errors] }),
    ...(refused.contents === undefined ? {} : { contents: refused.contents }),
    ...(instance === undefined ? {} : { instance }),
  };
}
