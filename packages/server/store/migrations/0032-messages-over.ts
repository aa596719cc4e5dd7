// SPDX-License-Identifier: Apache-2.0
// Messages that have left may go: the housekeeping job finds them by the time at which they were done.

import type { Migration } from './migration.ts';
import { granted } from './protection.ts';

export const messagesOver: Migration = {
  name: '0032-messages-over',
  sql: `
    ${granted('outbox', 'app', 'delete')}
    create index outbox_done on rapport.outbox (workspace, done_at) where done_at is not null;
    create index webhook_delivery_done on rapport.webhook_delivery (workspace, done_at) where done_at is not null;
    create index webhook_delivery_message on rapport.webhook_delivery (workspace, message) where done_at is null;
  `,
};
