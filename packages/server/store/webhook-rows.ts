// SPDX-License-Identifier: Apache-2.0
// Webhooks and their deliveries. Messages of the outbox are given to every webhook that wants their topic in the
// transaction that takes them; a delivery at hand is claimed for a while, so that of several deliverers one has it.

import { sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Json, Row } from './tables.ts';

export type WebhookRow = Row<'webhook'>;

export async function addWebhook(
  { workspace, query }: Scope,
  webhook: Pick<
    WebhookRow,
    'webhook' | 'direction' | 'address' | 'sealed_secret' | 'feed' | 'topics' | 'title'
  >,
): Promise<void> {
  await query
    .insertInto('webhook')
    .values({ workspace, ...webhook })
    .execute();
}

/** The newest first. */
export async function listWebhooks({ workspace, query }: Scope): Promise<readonly WebhookRow[]> {
  return await query
    .selectFrom('webhook')
    .selectAll()
    .where('workspace', '=', workspace)
    .orderBy('created_at', 'desc')
    .orderBy('webhook')
    .execute();
}

export async function findWebhook({ workspace, query }: Scope, webhook: string): Promise<WebhookRow | null> {
  const row = await query
    .selectFrom('webhook')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('webhook', '=', webhook)
    .executeTakeFirst();
  return row ?? null;
}

export async function setWebhookState(
  { workspace, query }: Scope,
  webhook: string,
  state: string,
): Promise<void> {
  await query
    .updateTable('webhook')
    .set({ state })
    .where('workspace', '=', workspace)
    .where('webhook', '=', webhook)
    .execute();
}

/** With everything that was still to be delivered to it. */
export async function removeWebhook({ workspace, query }: Scope, webhook: string): Promise<void> {
  for (const table of ['webhook_delivery', 'webhook'] as const)
    await query.deleteFrom(table).where('workspace', '=', workspace).where('webhook', '=', webhook).execute();
}

/** Gives due messages of the outbox to the webhooks that want them; how many messages there were. */
export async function spreadMessages(
  { workspace, query }: Scope,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<number> {
  const { rows } = await sql<{ readonly id: number }>`
    with due as (
      select id, topic from outbox
      where workspace = ${workspace} and done_at is null and next_at <= ${now}
      order by id limit ${limit} for update skip locked
    ), spread as (
      insert into webhook_delivery (workspace, webhook, message, next_at)
      select ${workspace}, webhook.webhook, due.id, ${now} from due
      join webhook on webhook.workspace = ${workspace} and webhook.direction = 'out' and due.topic = any(webhook.topics)
      on conflict do nothing
    )
    update outbox set done_at = ${now} from due
    where outbox.workspace = ${workspace} and outbox.id = due.id returning outbox.id`.execute(query);
  return rows.length;
}

export interface ClaimedDelivery {
  readonly webhook: string;
  readonly message: number;
  readonly attempts: number;
  readonly address: string;
  readonly sealed_secret: Buffer;
  readonly topic: string;
  readonly sequence: number;
  readonly body: Json;
}

/** Due deliveries, claimed until `until`: whoever crashes with one leaves it to the next. */
export async function claimDeliveries(
  { workspace, query }: Scope,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<readonly ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedDelivery>`
    with due as (
      select delivery.webhook, delivery.message from webhook_delivery delivery
      join webhook on webhook.workspace = delivery.workspace and webhook.webhook = delivery.webhook
      where delivery.workspace = ${workspace} and delivery.done_at is null and delivery.next_at <= ${now}
        and webhook.state <> 'paused'
      order by delivery.message limit ${limit} for update of delivery skip locked
    )
    update webhook_delivery delivery set next_at = ${until}, attempts = delivery.attempts + 1
    from due, webhook, outbox
    where delivery.workspace = ${workspace} and delivery.webhook = due.webhook and delivery.message = due.message
      and webhook.workspace = ${workspace} and webhook.webhook = due.webhook
      and outbox.workspace = ${workspace} and outbox.id = due.message
    returning delivery.webhook, delivery.message, delivery.attempts, webhook.address, webhook.sealed_secret,
      outbox.topic, outbox.sequence, outbox.body`.execute(query);
  return rows;
}

/** Delivered, or given up: `doneAt` ends it, else it is tried again at `nextAt`. */
export async function noteDelivery(
  { workspace, query }: Scope,
  note: {
    readonly webhook: string;
    readonly message: number;
    readonly answer: string;
    readonly doneAt?: Date;
    readonly nextAt?: Date;
  },
): Promise<void> {
  await query
    .updateTable('webhook_delivery')
    .set({
      last_answer: note.answer,
      ...(note.doneAt === undefined ? {} : { done_at: note.doneAt }),
      ...(note.nextAt === undefined ? {} : { next_at: note.nextAt }),
    })
    .where('workspace', '=', workspace)
    .where('webhook', '=', note.webhook)
    .where('message', '=', note.message)
    .execute();
}

/** Notes a message that came in; false when it was noted before. */
export async function noteInbound(
  { workspace, query }: Scope,
  { source, message }: { readonly source: string; readonly message: string },
): Promise<boolean> {
  const row = await query
    .insertInto('inbound_message')
    .values({ workspace, source, message })
    .onConflict((conflict) => conflict.doNothing())
    .returning('message')
    .executeTakeFirst();
  return row !== undefined;
}

export async function isInboundKnown(
  { workspace, query }: Scope,
  { source, message }: { readonly source: string; readonly message: string },
): Promise<boolean> {
  const row = await query
    .selectFrom('inbound_message')
    .select('message')
    .where('workspace', '=', workspace)
    .where('source', '=', source)
    .where('message', '=', message)
    .executeTakeFirst();
  return row !== undefined;
}
