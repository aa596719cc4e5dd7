// SPDX-License-Identifier: Apache-2.0
// Webhooks over HTTP: messages in, signed and taken once; messages out, to a receiver on a real socket, tried again
// until it takes them.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { deliverMessages } from '../actions/webhooks/deliver-messages.ts';
import { problemOfMessage, signMessage } from '../actions/webhooks/signature.ts';
import { messageSender } from '../connectors/send-message.ts';
import { activate, day } from '../testing/sales-agreement.ts';
import { request, type TestWorkspace, testService } from '../testing/test-service.ts';

let now = new Date(Date.now() + 60_000);
const service = await testService({ clock: () => now, allowsInside: true });

interface Taken {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A receiver that answers with the statuses given, then with 204. */
async function receiver(statuses: number[] = []): Promise<{ readonly url: string; readonly taken: Taken[] }> {
  const taken: Taken[] = [];
  const server: Server = createServer((incoming, answer) => {
    let body = '';
    incoming.on('data', (part) => {
      body += part;
    });
    incoming.on('end', () => {
      taken.push({ headers: incoming.headers as Record<string, string>, body });
      answer.writeHead(statuses.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, taken };
}

async function salesWorkspace(): Promise<TestWorkspace> {
  const at = await service.newWorkspace();
  const writer = await service.context.writers.of(at.workspace);
  await activate(service.context.store, writer);
  await writer.submit([day('2026-04-01')], { together: true });
  return at;
}

const deal = { id: 'D-1', owner: 'ann', amount: '45000.00', closed: '2026-02-10' };
const mapping = {
  sources: [
    {
      file: 'deals.csv',
      fact: 'Deal',
      id: 'id',
      fields: { Representative: 'owner', Amount: 'amount', Closed: 'closed' },
    },
  ],
};

async function inbound(mode: 'events' | 'snapshot' = 'snapshot') {
  const at = await salesWorkspace();
  await at.send('PUT', '/feeds/crm', { body: { title: 'CRM', mode, mapping } });
  const made = await at.send('POST', '/webhooks', { body: { direction: 'in', title: 'CRM', feed: 'crm' } });
  expect(made.status, made.text).toBe(201);
  const { secret, webhook } = made.body as { secret: string; webhook: { address: string } };
  const url = new URL(webhook.address).pathname;
  const send = (given: unknown, { id = 'msg_1', with: other = secret, sentAt = now } = {}) => {
    const body = JSON.stringify(given);
    const signed = signMessage(other, { id, at: sentAt, body });
    return request(service.app, 'POST', url, {
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': signed.id,
        'webhook-timestamp': signed.timestamp,
        'webhook-signature': signed.signature,
      },
    });
  };
  return { at, send, url };
}

describe('a message in', () => {
  test('becomes a fact by the feed, and posts', async () => {
    const { at, send } = await inbound();
    const answer = await send(deal);
    expect(answer, answer.text).toMatchObject({
      status: 200,
      body: { receipts: [{ id: 'D-1', outcome: 'recorded' }] },
    });
    const { body } = await at.send('GET', '/facts/Deal/D-1');
    expect(body.revisions[0]).toMatchObject({ source: 'feed:crm', caused: [{ due: { amount: '2250.00' } }] });
  });

  test('is taken once, even when newer ones have come since', async () => {
    const { at, send } = await inbound();
    await send(deal);
    await send([{ ...deal, amount: '50000' }], { id: 'msg_2' });
    expect((await send(deal)).body).toEqual({ receipts: [] });
    const { body } = await at.send('GET', '/facts/Deal/D-1');
    expect(
      body.revisions.map((one: { fields: { Amount: { amount: string } } }) => one.fields.Amount.amount),
    ).toEqual(['45000', '50000']);
  });

  test('forged, old, or for nobody is refused and leaves nothing', async () => {
    const { at, send, url } = await inbound();
    expect((await send(deal, { with: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })).body.code).toBe(
      'signature_wrong',
    );
    const old = new Date(now.getTime() - 10 * 60_000);
    expect(await send(deal, { sentAt: old })).toMatchObject({
      status: 401,
      body: { code: 'message_too_old' },
    });
    const bare = await request(service.app, 'POST', url, { body: deal });
    expect(bare.body.code).toBe('signature_wrong');
    const elsewhere = await request(service.app, 'POST', url.replace(/[^/]+$/, 'w-none'), { body: deal });
    expect(elsewhere).toMatchObject({ status: 404, body: { code: 'webhook_unknown' } });
    expect((await at.send('GET', '/facts')).body.items).toEqual([]);
  });

  test('with a row that cannot be read is refused with its place, and none of it is recorded', async () => {
    const { at, send } = await inbound();
    const answer = await send([deal, { ...deal, id: 'D-2', amount: 'much' }]);
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'file_unreadable', errors: [{ code: 'row_number_malformed' }] },
    });
    expect((await at.send('GET', '/facts')).body.items).toEqual([]);
  });
});

describe('a message out', () => {
  const send = messageSender({ allowsInside: true });

  async function outbound(statuses: number[] = []) {
    const at = await salesWorkspace();
    const there = await receiver(statuses);
    const body = { direction: 'out', title: 'Payroll', address: there.url, topics: ['posting.recorded'] };
    const made = await at.send('POST', '/webhooks', { body });
    expect(made.status, made.text).toBe(201);
    const fact = { specversion: '1.0', id: 'D-1', source: '/crm', type: 'Deal' };
    const data = { Representative: 'ann', Amount: '45000', Closed: '2026-02-10' };
    await at.send('POST', '/facts', { body: { ...fact, data } });
    return { at, taken: there.taken, secret: made.body.secret as string };
  }

  test('tells of postings, signed, and once while the receiver takes it', async () => {
    const { at, taken, secret } = await outbound();
    await deliverMessages(service.context, at.workspace, send);
    await deliverMessages(service.context, at.workspace, send);
    expect(taken.length).toBe(1);
    const { headers, body } = taken[0]!;
    const signed = {
      id: headers['webhook-id']!,
      timestamp: headers['webhook-timestamp']!,
      signature: headers['webhook-signature']!,
    };
    expect(problemOfMessage(secret, signed, body, now)).toBeNull();
    expect(JSON.parse(body)).toMatchObject({ type: 'posting.recorded', data: { from: 3, through: 3 } });
  });

  test('that is not taken comes again with the same id, later and later', async () => {
    const { at, taken } = await outbound([500, 503]);
    expect(await deliverMessages(service.context, at.workspace, send)).toBe(1);
    expect(await deliverMessages(service.context, at.workspace, send)).toBe(0);
    now = new Date(now.getTime() + 6_000);
    expect(await deliverMessages(service.context, at.workspace, send)).toBe(1);
    now = new Date(now.getTime() + 6_000);
    expect(await deliverMessages(service.context, at.workspace, send)).toBe(0);
    now = new Date(now.getTime() + 30_000);
    expect(await deliverMessages(service.context, at.workspace, send)).toBe(1);
    expect(new Set(taken.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(taken.length).toBe(3);
  });

  test('never leaves for an address inside, whatever its name stands for', async () => {
    const there = await receiver();
    const guarded = messageSender({ allowsInside: false });
    const port = new URL(there.url).port;
    expect(await guarded(there.url, {}, '{}')).toEqual({ kind: 'failed', why: 'it is not https' });
    expect(await guarded(`https://127.0.0.1:${port}/`, {}, '{}')).toMatchObject({
      why: 'it lies inside a private network',
    });
    expect(there.taken).toEqual([]);
  });
});

test('a secret is shown once, and the database holds it sealed', async () => {
  const { at } = await inbound();
  const listed = await at.send('GET', '/webhooks');
  expect(listed.text).not.toContain('whsec_');
  const rows = await service.database.asOwner<{ sealed_secret: Buffer }>(
    'select sealed_secret from rapport.webhook where workspace = $1',
    [at.workspace],
  );
  for (const { sealed_secret: sealed } of rows) expect(sealed.toString()).not.toContain('whsec_');
});
