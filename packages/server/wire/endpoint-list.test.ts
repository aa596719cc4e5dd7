// SPDX-License-Identifier: Apache-2.0
// What holds for every address of the API.
import { expect, test } from 'vitest';
import { endpoints } from './endpoint-list.ts';
import { messages, refusalCodes, sentencesOf } from './messages.ts';
import { problem, problemOf } from './problem.ts';

test('no two addresses share a name, nor a method and a path', () => {
  const names = endpoints.map(({ name }) => name);
  const addresses = endpoints.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
  expect(names.length).toBeGreaterThan(60);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('every parameter of a path has a schema', () => {
  for (const { path, params } of endpoints) {
    const wanted = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const shape = (params as { shape?: Record<string, unknown> } | undefined)?.shape ?? {};
    expect(Object.keys(shape).sort(), path).toEqual(wanted.sort());
  }
});

test('reading changes nothing, and only an address that nobody may be refused asks for nothing', () => {
  expect(endpoints.filter(({ demand }) => demand === 'nobody').map(({ name }) => name)).toEqual([
    'readSignIn',
    'signIn',
    'readInvitation',
    'acceptInvitation',
    'receiveWebhook',
  ]);
  expect(endpoints.filter(({ method, body }) => method === 'GET' && body !== undefined)).toEqual([]);
});

test('every refusal has a sentence and a remedy, and its document is a problem document', () => {
  for (const code of refusalCodes) {
    const { title, detail, remedy } = messages[code];
    expect(title, code).toMatch(/^[A-Z].*[^.]$/);
    expect(detail, code).toMatch(/\.$/);
    expect(remedy, code).toMatch(/\.$/);
    expect(problem.parse(problemOf({ code, status: messages[code].status, facts: {} })).code).toBe(code);
  }
});

test('a sentence names the real values', () => {
  expect(sentencesOf('field_unknown', { kind: 'Deal', field: 'Amout', known: 'Amount, Owner' })).toEqual({
    title: 'No such field',
    detail: 'Deal has no field Amout.',
    remedy: 'Use one of: Amount, Owner.',
  });
});
