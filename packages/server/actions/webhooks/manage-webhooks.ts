// SPDX-License-Identifier: Apache-2.0
// Webhooks of a workspace: defined, paused, removed. A secret is shown once and kept sealed.

import type { Caller } from '../../access/caller.ts';
import { recordAudit } from '../../store/audit-rows.ts';
import { findFeed } from '../../store/feed-rows.ts';
import { sealedPurposes } from '../../store/sealed-rows.ts';
import {
  addWebhook,
  findWebhook,
  removeWebhook as removeRow,
  setWebhookState,
  type WebhookRow,
  listWebhooks as webhookRows,
} from '../../store/webhook-rows.ts';
import type { NewWebhook, Webhook } from '../../wire/webhooks.ts';
import type { Context } from '../context.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { denied } from '../permit.ts';
import { outboxTopic, wireTopic } from './outbox-topic.ts';
import { problemOfAddress } from './public-address.ts';
import { secretText } from './signature.ts';

/** What belongs to the installation and the workspace's name. */
export interface WebhookPlace {
  readonly publicUrl: string;
  readonly workspaceName: string;
  /** Whether messages may go to addresses inside the network of the installation. */
  readonly allowsInside: boolean;
}

export async function listWebhooks(
  { store }: Context,
  caller: Caller,
  place: WebhookPlace,
): Promise<Outcome<{ readonly items: readonly Webhook[] }>> {
  const no = denied(caller, 'webhooks.read');
  if (no !== null) return no;
  const rows = await store.within(caller.workspace, webhookRows);
  return done({ items: rows.map((row) => shown(row, place)) });
}

export async function createWebhook(
  context: Context,
  caller: Caller,
  given: NewWebhook,
  place: WebhookPlace,
): Promise<Outcome<{ readonly webhook: Webhook; readonly secret: string }>> {
  const no = denied(caller, 'webhooks.change');
  if (no !== null) return no;
  const { workspace, actor } = caller;
  const { store, secrets, random } = context;
  if (given.direction === 'out') {
    const why = problemOfAddress(given.address, place.allowsInside);
    if (why !== null)
      return refused('webhook_address_refused', { address: given.address.slice(0, 200), why });
  }
  const webhook = `w-${random(9).toString('hex')}`;
  const secret = secretText(random(32));
  const sealed = secrets.seal(Buffer.from(secret), sealedPurposes.webhook(workspace, webhook));
  return store.within(workspace, async (scope) => {
    if (given.direction === 'in' && (await findFeed(scope, given.feed)) === null)
      return refused('feed_unknown', { feed: given.feed });
    const { direction, title } = given;
    await addWebhook(scope, {
      ...{ webhook, direction, title, sealed_secret: Buffer.from(sealed) },
      address: direction === 'out' ? given.address : null,
      feed: direction === 'in' ? given.feed : null,
      topics: direction === 'out' ? given.topics.map(outboxTopic) : [],
    });
    await recordAudit(scope, { actor, action: 'webhooks.add', subject: webhook, details: { direction } });
    return done({ webhook: shown((await findWebhook(scope, webhook))!, place), secret });
  });
}

export async function changeWebhook(
  { store }: Context,
  caller: Caller,
  { webhook, state }: { readonly webhook: string; readonly state: 'active' | 'paused' },
  place: WebhookPlace,
): Promise<Outcome<Webhook>> {
  const no = denied(caller, 'webhooks.change');
  if (no !== null) return no;
  return store.within(caller.workspace, async (scope) => {
    if ((await findWebhook(scope, webhook)) === null) return refused('webhook_unknown', { webhook });
    await setWebhookState(scope, webhook, state);
    const { actor } = caller;
    await recordAudit(scope, { actor, action: 'webhooks.change', subject: webhook, details: { state } });
    return done(shown((await findWebhook(scope, webhook))!, place));
  });
}

export async function removeWebhook(
  { store }: Context,
  caller: Caller,
  { webhook }: { readonly webhook: string },
): Promise<Outcome<{ readonly done: true }>> {
  const no = denied(caller, 'webhooks.change');
  if (no !== null) return no;
  return store.within(caller.workspace, async (scope) => {
    if ((await findWebhook(scope, webhook)) === null) return refused('webhook_unknown', { webhook });
    await removeRow(scope, webhook);
    const { actor } = caller;
    await recordAudit(scope, { actor, action: 'webhooks.remove', subject: webhook, details: {} });
    return done({ done: true as const });
  });
}

function shown(row: WebhookRow, { publicUrl, workspaceName }: WebhookPlace): Webhook {
  const { webhook, direction, title, address, feed, topics, state, created_at } = row;
  return {
    webhook,
    direction,
    title,
    address: address ?? `${publicUrl}/api/v1/hooks/${workspaceName}/${webhook}`,
    feed,
    topics: topics.map(wireTopic),
    state: state as Webhook['state'],
    createdAt: created_at.toISOString(),
  };
}
