// SPDX-License-Identifier: Apache-2.0
// Postings as they happen: a list, and a stream of server-sent events that follows it.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { amount, factName, identifier, pageOf, pageQuery, period, plainText, sequence } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

export const posting = z.object({
  sequence,
  ordinal: z.int(),
  agreement: z.string(),
  clause: z.string(),
  component: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  /** Earned. */
  period: z.string(),
  accounting: period,
  due: amount,
  held: amount,
  /** The entry of the log that brought it about. */
  cause: z.object({ words: z.string(), fact: factName.nullable() }),
  recordedAt: z.iso.datetime(),
});
export type Posting = z.infer<typeof posting>;

const which = z.object({ payee: identifier.optional(), agreement: identifier.optional() });

export const listPostings = endpoint({
  name: 'listPostings',
  method: 'GET',
  path: `${workspacePath}/postings`,
  demand: 'earnings.read',
  summary: 'Postings, the newest first',
  tag: 'Postings',
  params: inWorkspace,
  query: pageQuery.extend({ ...which.shape, period: period.optional() }),
  response: pageOf(posting),
});

/** Each event: `id` is `sequence.ordinal`, `event` is `posting`, `data` is a posting; or `event` is `place`, and says where
 * the stream is. `Last-Event-ID` goes on from there. */
export const streamPostings = endpoint({
  name: 'streamPostings',
  method: 'GET',
  path: `${workspacePath}/postings/stream`,
  demand: 'earnings.read',
  summary: 'Postings as they happen, as server-sent events',
  tag: 'Postings',
  params: inWorkspace,
  query: which.extend({ after: plainText(40).optional().describe('Go on after this event') }),
  response: null,
  produces: ['text/event-stream'],
});
