// SPDX-License-Identifier: Apache-2.0
// A sender of facts that never gives up: it sends a batch again until it is answered, whatever happens to the service.

import { newApiKey } from '../access/tokens.ts';
import { addApiKey } from '../store/api-key-rows.ts';
import type { Store } from '../store/open.ts';

/** A CloudEvent of the API. */
export interface SentFact {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly revision: number;
  readonly voided?: boolean;
  readonly data?: Readonly<Record<string, string>>;
}

export interface SentReceipt {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly outcome: 'recorded' | 'repeated' | 'waiting' | 'refused' | 'not recorded';
  readonly sequence: number | null;
  readonly problem: unknown;
}

/** Makes a key that may record facts; the text to send along. */
export async function integrationKey(store: Store, workspace: number): Promise<string> {
  const { text, prefix, hash } = newApiKey();
  await store.within(workspace, (scope) =>
    addApiKey(scope, {
      ...{ id: prefix, name: 'sender', prefix, hash, role: 'integration', party: null, createdBy: 'test' },
      scopes: ['facts.record'],
      expiresAt: null,
    }),
  );
  return text;
}

/** How often to ask again, and after which time one request counts as lost; milliseconds. */
const pause = 100;
const patience = 20_000;

export async function sendUntilAnswered(
  /** Asked anew each time, since the service may have moved. */
  addressOf: () => string,
  {
    workspace,
    key,
    facts,
  }: { readonly workspace: string; readonly key: string; readonly facts: readonly SentFact[] },
): Promise<readonly SentReceipt[]> {
  const body = JSON.stringify(facts);
  for (;;) {
    const answer = await fetch(`${addressOf()}/api/v1/workspaces/${workspace}/facts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' },
      body,
      signal: AbortSignal.timeout(patience),
    }).catch(() => null);
    const isFinal = answer !== null && answer.status < 500 && ![408, 429].includes(answer.status);
    if (isFinal) {
      const text = await answer.text().catch(() => null);
      if (text !== null && answer.ok) return JSON.parse(text).receipts;
      if (text !== null) throw new Error(`The service answers ${answer.status}: ${text}`);
    } else await answer?.arrayBuffer().catch(() => null);
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
    });
  }
}
