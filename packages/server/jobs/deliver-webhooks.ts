// SPDX-License-Identifier: Apache-2.0
// Sends what waits in the outbox as soon as something is put there, and what is to be tried again when its time comes.
import { deliverMessages, type SendMessage } from '../actions/webhooks/deliver-messages.ts';
import type { RecurringJob } from './job.ts';

export function deliverWebhooks(send: SendMessage): RecurringJob {
  return {
    name: 'deliver webhooks',
    every: 5_000,
    on: 'outbox',
    rest: 250,
    run: async (context, workspace) => {
      await deliverMessages(context, workspace, send);
    },
  };
}
