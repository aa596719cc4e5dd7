// SPDX-License-Identifier: Apache-2.0
// Webhooks after Standard Webhooks: messages of other systems in, signed, mapped by a feed; our events out, signed.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { factReceipts } from './facts.ts';
import { done, identifier, plainText } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

export const topics = [
  'posting.recorded',
  'statement.issued',
  'statement.approved',
  'approval.taken_back',
  'payment.recorded',
  'period.closed',
  'agreement.activated',
  'load.waiting',
  'load.recorded',
] as const;
export const topic = z.enum(topics);
export type Topic = (typeof topics)[number];

export const webhook = z.object({
  webhook: z.string(),
  direction: z.enum(['in', 'out']),
  title: z.string(),
  address: z.string().describe('Out: where we send. In: where the other system sends'),
  feed: z.string().nullable(),
  topics: z.array(topic),
  state: z.enum(['active', 'paused', 'failing']),
  createdAt: z.iso.datetime(),
});

export type Webhook = z.infer<typeof webhook>;

const inWebhook = inWorkspace.extend({ webhook: identifier });
export const listWebhooks = endpoint({
  name: 'listWebhooks',
  method: 'GET',
  path: `${workspacePath}/webhooks`,
  demand: 'webhooks.read',
  summary: 'Webhooks in and out',
  tag: 'Webhooks',
  params: inWorkspace,
  response: z.object({ items: z.array(webhook) }),
});
export const newWebhook = z.discriminatedUnion('direction', [
  z.object({ direction: z.literal('in'), title: plainText(200), feed: identifier }),
  z.object({
    direction: z.literal('out'),
    title: plainText(200),
    address: z.url().max(2000),
    topics: z.array(topic).min(1),
  }),
]);
export type NewWebhook = z.output<typeof newWebhook>;

export const createWebhook = endpoint({
  name: 'createWebhook',
  method: 'POST',
  path: `${workspacePath}/webhooks`,
  demand: 'webhooks.change',
  summary: 'Add a webhook; its secret is shown once',
  tag: 'Webhooks',
  params: inWorkspace,
  body: newWebhook,
  response: z.object({ webhook, secret: z.string() }),
  status: 201,
});
export const changeWebhook = endpoint({
  name: 'changeWebhook',
  method: 'PATCH',
  path: `${workspacePath}/webhooks/:webhook`,
  demand: 'webhooks.change',
  summary: 'Pause a webhook or go on with it',
  tag: 'Webhooks',
  params: inWebhook,
  body: z.object({ state: z.enum(['active', 'paused']) }),
  response: webhook,
});
export const removeWebhook = endpoint({
  name: 'removeWebhook',
  method: 'DELETE',
  path: `${workspacePath}/webhooks/:webhook`,
  demand: 'webhooks.change',
  summary: 'Remove a webhook',
  tag: 'Webhooks',
  params: inWebhook,
  response: done,
});
export const receiveWebhook = endpoint({
  name: 'receiveWebhook',
  method: 'POST',
  path: '/api/v1/hooks/:workspace/:webhook',
  demand: 'nobody',
  summary: 'A message of another system, signed after Standard Webhooks',
  tag: 'Webhooks',
  params: inWebhook,
  consumes: ['application/json'],
  response: factReceipts,
});
