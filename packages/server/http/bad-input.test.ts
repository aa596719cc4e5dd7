// SPDX-License-Identifier: Apache-2.0
// What nobody should send, over a real socket: refused in the words of a problem document, with nothing lost, nothing
// recorded and nothing told of the inside.
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { activate, day } from '../testing/sales-agreement.ts';
import { request, type TestWorkspace, testService } from '../testing/test-service.ts';
import { problem } from '../wire/problem.ts';

const service = await testService({
  limits: { headersMs: 600, requestMs: 1_200, batchBytes: 200_000, strangersPerMinute: 40 },
});
const address = new URL(await service.app.listen({ host: '127.0.0.1', port: 0 }));

const deal = {
  ...{ specversion: '1.0', id: 'D-1', source: '/crm', type: 'Deal' },
  data: { Representative: 'ann', Amount: '45000', Closed: '2026-02-10' },
};

async function salesWorkspace(): Promise<TestWorkspace> {
  const at = await service.newWorkspace();
  const writer = await service.context.writers.of(at.workspace);
  await activate(service.context.store, writer);
  await writer.submit([day('2026-04-01')], { together: true });
  return at;
}
const workspace = await salesWorkspace();
const { send } = workspace;
const facts = `/api/v1/workspaces/${workspace.name}/facts`;

/** Sends parts with pauses between them and reads until the server closes. */
async function raw(parts: readonly string[], pauseMs = 0): Promise<string> {
  const socket = connect(Number(address.port), address.hostname);
  let answer = '';
  socket.on('data', (part) => {
    answer += part.toString();
  });
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('error', () => undefined);
  for (const part of parts) {
    if (socket.destroyed) break;
    socket.write(part);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 6_000))]);
  socket.destroy();
  return answer;
}

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
}

describe('a body', () => {
  const json = { 'content-type': 'application/json' };
  const batch = { 'content-type': 'application/cloudevents-batch+json' };
  test.each([
    ['that is cut off', '{"specversion":', json, 400, 'body_not_json'],
    ['that is no JSON', 'specversion=1.0', json, 400, 'body_not_json'],
    ['that is empty', '', json, 400, 'body_not_json'],
    ['that reaches for the prototype', '{"__proto__":{"role":"owner"}}', json, 400, 'body_not_json'],
    ['of another media type', '<fact/>', { 'content-type': 'application/xml' }, 415, 'media_type_unknown'],
    ['that is a number', '7', json, 400, 'request_malformed'],
    ['that is null', 'null', json, 400, 'request_malformed'],
    ['that is an empty batch', '[]', batch, 400, 'request_malformed'],
    ['nested very deep', `{"data":${'['.repeat(5000)}${']'.repeat(5000)}}`, json, 400, 'request_malformed'],
    [
      'that is too large',
      JSON.stringify({ ...deal, subject: 'x'.repeat(300_000) }),
      json,
      413,
      'body_too_large',
    ],
    ['with a NUL in an id', JSON.stringify({ ...deal, id: 'a\u0000b' }), json, 400, 'request_malformed'],
    ['with half a sign in an id', '{"id":"\\ud800"}', json, 400, 'request_malformed'],
    [
      'with a revision that is none',
      JSON.stringify({ ...deal, revision: -1 }),
      json,
      400,
      'request_malformed',
    ],
  ])('%s is refused', async (_, body, headers, status, code) => {
    const answer = await send('POST', '/facts', { body, headers });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(problem.safeParse(answer.body).success).toBe(true);
  });

  test('in another encoding than UTF-8 does not become other text', async () => {
    const bytes = Buffer.from(JSON.stringify({ ...deal, id: 'D-ü' }), 'latin1');
    const answer = await send('POST', '/facts', { body: bytes, headers: json });
    expect(answer.status === 400 || answer.body.receipts[0].id.includes('\ufffd')).toBe(true);
  });
});

describe('text that means something elsewhere', () => {
  const hostile = [
    `'; drop table rapport.log; --`,
    `D-1' or '1'='1`,
    '%',
    '_',
    '\\',
    '$1',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '=HYPERLINK("http://x")',
    '../../etc/passwd',
  ];

  test('is an id like any other, and is found as itself alone', async () => {
    const at = await salesWorkspace();
    for (const id of hostile) {
      const { status, text } = await at.send('POST', '/facts', { body: { ...deal, id, subject: id } });
      expect(status, text).toBe(200);
    }
    for (const id of hostile) {
      const found = await at.send('GET', `/facts?text=${encodeURIComponent(id)}`);
      expect(
        found.body.items.map((one: { id: string }) => one.id),
        id,
      ).toContain(id);
      const one = await at.send('GET', `/facts/Deal/${encodeURIComponent(id)}`);
      expect(one.body.revisions[0].id).toBe(id);
    }
    const all = await at.send('GET', '/facts?text=%25');
    expect(all.body.items.map((one: { id: string }) => one.id)).toEqual(['%']);
  });

  test('in a query is refused or finds nothing', async () => {
    for (const text of hostile) {
      const query = encodeURIComponent(text);
      expect((await send('GET', `/facts?kind=${query}`)).status).toBe(200);
      expect((await send('GET', `/facts?party=${query}`)).status).toBe(200);
      expect((await send('GET', `/facts?after=${query}`)).body.code).toBe('cursor_unknown');
      expect((await send('GET', `/waiting-facts?after=${query}`)).body.code).toBe('cursor_unknown');
      expect((await send('GET', `/agreements/${query}`)).status).toBe(404);
    }
  });

  test('in a header of ours is refused', async () => {
    for (const key of ['a b', 'ü', 'x'.repeat(201)]) {
      const answer = await send('POST', '/parties', {
        body: { kind: 'Representative' },
        headers: { 'idempotency-key': key },
      });
      expect(answer.body.code, key).toBe('request_malformed');
    }
  });

  test('in a path cannot leave it', async () => {
    for (const path of [
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/api/v1/workspaces/..%2f..%2fx/facts',
      '/%00',
    ]) {
      const answer = await request(service.app, 'GET', path, { as: workspace.owner });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('root:');
    }
  });
});

describe('a client', () => {
  test('that sends its headers too slowly is told, and let go', async () => {
    const answer = await raw(['GET /health/live HTTP/1.1\r\n', 'Host: x\r\n', 'A: b\r\n', 'C: d\r\n'], 500);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(bodyOf(answer)).toMatchObject({ code: 'request_timed_out' });
  });

  test('that sends its body too slowly is let go, and nothing of it is recorded', async () => {
    const body = JSON.stringify({ ...deal, id: 'slow', subject: 'slow' });
    const head = [
      `POST ${facts} HTTP/1.1`,
      'Host: x',
      `Cookie: ${workspace.owner['cookie']}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ];
    await raw(
      [`${head.join('\r\n')}\r\n\r\n`, body.slice(0, 20), body.slice(20, 40), body.slice(40, 60)],
      800,
    );
    expect((await send('GET', '/facts/Deal/slow')).status).toBe(404);
  });

  test('that speaks no HTTP, or headers without end, is told so', async () => {
    expect(await raw(['\u0016\u0003\u0001 hello\r\n\r\n'])).toMatch(/^HTTP\/1\.1 400 /);
    const long = await raw([`GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`]);
    expect(long).toMatch(/^HTTP\/1\.1 4(13|31) /);
    expect(problem.safeParse(bodyOf(long)).success).toBe(true);
  });

  test('cannot smuggle a second request behind a length', async () => {
    const smuggled = await raw([
      `POST ${facts} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n`,
    ]);
    expect(smuggled).toMatch(/^HTTP\/1\.1 4/);
    expect(smuggled).not.toContain('rapport_http');
  });

  test('that is nobody is let in no further after many attempts', async () => {
    const answers: number[] = [];
    for (let count = 0; count < 45; count += 1)
      answers.push((await send('GET', '/facts', { as: {} })).status);
    expect(answers[0]).toBe(401);
    expect(answers.at(-1)).toBe(429);
  });
});

test('an address that is not there, and a method that is not taken, are problem documents too', async () => {
  const elsewhere = await testService();
  const nothing = await request(elsewhere.app, 'GET', '/api/v1/nothing');
  expect(nothing).toMatchObject({ status: 404, body: { code: 'address_unknown' } });
  const put = await request(elsewhere.app, 'PUT', '/api/v1/workspaces/demo/facts');
  expect(put).toMatchObject({
    status: 405,
    body: { code: 'method_not_taken' },
    headers: { allow: 'POST, GET' },
  });
  expect(problem.safeParse(put.body).success).toBe(true);
});

test('every answer says to browsers what it may do, and tells nothing of what is behind it', async () => {
  const elsewhere = await testService();
  for (const url of ['/health/live', '/api/v1/openapi.json', '/api/v1/docs', '/api/v1/nothing']) {
    const { headers } = await request(elsewhere.app, 'GET', url);
    expect(headers['x-content-type-options'], url).toBe('nosniff');
    expect(headers['content-security-policy'], url).toContain("default-src 'none'");
    expect(headers['content-security-policy'], url).not.toContain('unsafe');
    expect(headers['x-powered-by'] ?? headers['server'], url).toBeUndefined();
  }
});

test('nothing of all this was recorded or failed on our side', async () => {
  expect(service.failures).toEqual([]);
});
