// SPDX-License-Identifier: Apache-2.0
// What operation leaves behind and nobody asks for any more. Each removes at most so many rows at once, so that no
// transaction grows long, and says how many: fewer than that means that nothing is left. Truth is never here.

import { sql } from 'kysely';
import type { Scope } from './open.ts';

export interface Over {
  /** Only what was over before goes. */
  readonly before: Date;
  readonly limit: number;
}

export type RemoveOver = (scope: Scope, over: Over) => Promise<number>;

/** Messages that have left. One that a webhook still waits for stays, however old it is. */
export const removeMessages: RemoveOver = async ({ workspace, query }, { before, limit }) =>
  counted(
    await sql`
      delete from outbox using (
        select id from outbox
        where workspace = ${workspace} and done_at < ${before} and not exists (
          select 1 from webhook_delivery waiting
          where waiting.workspace = ${workspace} and waiting.message = outbox.id and waiting.done_at is null)
        order by done_at limit ${limit}
      ) over where workspace = ${workspace} and outbox.id = over.id`.execute(query),
  );

/** Deliveries that were taken or given up. */
export const removeDeliveries: RemoveOver = async ({ workspace, query }, { before, limit }) =>
  counted(
    await sql`
      delete from webhook_delivery delivery using (
        select webhook, message from webhook_delivery
        where workspace = ${workspace} and done_at < ${before} order by done_at limit ${limit}
      ) over
      where workspace = ${workspace} and delivery.webhook = over.webhook and delivery.message = over.message`.execute(
      query,
    ),
  );

/** Answers that were kept for repeats of their request. */
export const removeAnswers: RemoveOver = async ({ workspace, query }, { before, limit }) =>
  counted(
    await sql`
      delete from idempotent_request using (
        select key from idempotent_request where workspace = ${workspace} and at < ${before} limit ${limit}
      ) over where workspace = ${workspace} and idempotent_request.key = over.key`.execute(query),
  );

/** Ids of messages that came in. */
export const removeInbound: RemoveOver = async ({ workspace, query }, { before, limit }) =>
  counted(
    await sql`
      delete from inbound_message inbound using (
        select source, message from inbound_message where workspace = ${workspace} and at < ${before} limit ${limit}
      ) over
      where workspace = ${workspace} and inbound.source = over.source and inbound.message = over.message`.execute(
      query,
    ),
  );

/** Jobs that have ended, well or not, by when they began. */
export const removeJobs: RemoveOver = async ({ workspace, query }, { before, limit }) =>
  counted(
    await sql`
      delete from job using (
        select id from job
        where workspace = ${workspace} and state in ('done', 'failed') and at < ${before} limit ${limit}
      ) over where workspace = ${workspace} and job.id = over.id`.execute(query),
  );

function counted({ numAffectedRows = 0n }: { readonly numAffectedRows?: bigint }): number {
  return Number(numAffectedRows);
}
