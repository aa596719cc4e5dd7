// SPDX-License-Identifier: Apache-2.0
// What a webhook is called, and for each message and webhook how its delivery stands: one that fails holds up no other.

import type { Migration } from './migration.ts';
import { workspaceTable } from './protection.ts';

export const webhooks: Migration = {
  name: '0031-webhooks',
  sql: `
    alter table rapport.webhook add column title text not null default '';
    alter table rapport.webhook add column created_at timestamptz not null default now();
    create table rapport.webhook_delivery (
      workspace integer not null,
      webhook text collate "C" not null,
      message bigint not null,
      attempts integer not null default 0,
      next_at timestamptz not null default now(),
      done_at timestamptz,
      last_answer text,
      primary key (workspace, webhook, message)
    );
    create index webhook_delivery_waiting on rapport.webhook_delivery (workspace, next_at) where done_at is null;
    ${workspaceTable('webhook_delivery', { app: 'insert, update, delete' })}
  `,
};
