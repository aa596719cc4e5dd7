// SPDX-License-Identifier: Apache-2.0
// Messages out: each at least once to every webhook that wants it, signed, with an id by which a receiver knows a
// repeat. One that fails is tried again, later and later, for three days; then it is given up and the webhook is shown
// as failing. Nothing personal is in a message: it says what happened and where to read it.

import { sealedPurposes } from '../../store/sealed-rows.ts';
import {
  type ClaimedDelivery,
  claimDeliveries,
  noteDelivery,
  setWebhookState,
  spreadMessages,
} from '../../store/webhook-rows.ts';
import type { Context } from '../context.ts';
import { wireTopic } from './outbox-topic.ts';
import { signMessage } from './signature.ts';

/** The port to the network; a connector keeps it. It never throws, and follows nobody to another address. */
export type SendMessage = (
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<
  { readonly kind: 'answered'; readonly status: number } | { readonly kind: 'failed'; readonly why: string }
>;

const messagesAtOnce = 200;
const deliveriesAtOnce = 20;
/** Longer than the longest time that a connector takes. */
const claimedForMs = 120_000;
/** Waiting times between attempts, in seconds; after the last one a delivery is given up. */
const waits = [5, 30, 120, 600, 1800, 7200, 21_600, 43_200, 86_400, 86_400];

/** Gives how many deliveries were tried. */
export async function deliverMessages(
  context: Context,
  workspace: number,
  send: SendMessage,
): Promise<number> {
  const { store, clock } = context;
  while (
    (await store.within(workspace, (scope) =>
      spreadMessages(scope, { now: clock(), limit: messagesAtOnce }),
    )) > 0
  );
  let tried = 0;
  for (;;) {
    const now = clock();
    const until = new Date(now.getTime() + claimedForMs);
    const claimed = await store.within(workspace, (scope) =>
      claimDeliveries(scope, { now, until, limit: deliveriesAtOnce }),
    );
    if (claimed.length === 0) return tried;
    await Promise.all(claimed.map((delivery) => deliver(context, workspace, delivery, send)));
    tried += claimed.length;
  }
}

async function deliver(
  { store, secrets, clock }: Context,
  workspace: number,
  delivery: ClaimedDelivery,
  send: SendMessage,
): Promise<void> {
  const { webhook, message, attempts, address, sealed_secret: sealed } = delivery;
  const secret = secrets.open(sealed.toString(), sealedPurposes.webhook(workspace, webhook)).toString();
  const at = clock();
  const body = bodyOf(delivery, at);
  const signed = signMessage(secret, { id: `msg_${workspace}_${message}`, at, body });
  const answer = await send(
    address,
    {
      'content-type': 'application/json',
      'webhook-id': signed.id,
      'webhook-timestamp': signed.timestamp,
      'webhook-signature': signed.signature,
    },
    body,
  );
  const isTaken = answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  const words = answer.kind === 'answered' ? `status ${answer.status}` : answer.why;
  const wait = waits[attempts - 1];
  const now = clock();
  await store.within(workspace, async (scope) => {
    if (isTaken) await noteDelivery(scope, { webhook, message, answer: words, doneAt: now });
    else if (wait === undefined) {
      await noteDelivery(scope, { webhook, message, answer: `given up: ${words}`, doneAt: now });
      await setWebhookState(scope, webhook, 'failing');
    } else {
      const nextAt = new Date(now.getTime() + wait * 1000);
      await noteDelivery(scope, { webhook, message, answer: words, nextAt });
    }
  });
}

function bodyOf({ topic, sequence, body }: ClaimedDelivery, at: Date): string {
  const data = { sequence, ...(body as object) };
  return JSON.stringify({ type: wireTopic(topic), timestamp: at.toISOString(), data });
}
