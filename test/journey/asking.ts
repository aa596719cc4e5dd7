// SPDX-License-Identifier: Apache-2.0
// Another system beside the browser: asks the service over HTTP as a member who signed in.
import { randomUUID } from 'node:crypto';
import type { Account } from './visitor.ts';

export interface Asking {
  /** Records a won deal of today; when it was answered, in milliseconds of the clock. */
  recordDeal(
    representative: string,
    amount: string,
  ): Promise<{ readonly id: string; readonly answered: number }>;
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
}

export async function asMember(address: string, { email, password }: Account): Promise<Asking> {
  const headers = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  });
  if (!signedIn.ok) throw new Error(`${email} cannot sign in: ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${address}/api/v1/workspaces/demo${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return await answer.json();
  };
  return {
    ask,
    recordDeal: async (representative, amount) => {
      // Several files of journeys tell facts to one service.
      const id = `JOURNEY-${randomUUID().slice(0, 8)}`;
      const today = new Date().toISOString().slice(0, 10);
      await ask('POST', '/facts', {
        specversion: '1.0',
        id: `journey-${id}`,
        source: '/journey',
        type: 'Deal',
        subject: id,
        data: {
          Representative: representative,
          Customer: 'journey-customer',
          Stage: 'Won',
          Amount: { amount, asset: 'USD' },
          Engaged: today,
          Closed: today,
        },
      });
      return { id, answered: Date.now() };
    },
  };
}
