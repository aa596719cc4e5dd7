// SPDX-License-Identifier: Apache-2.0
// Every route serves an address of the API, once, and asks for a permission that exists.
import { expect, test } from 'vitest';
import { isPermission } from '../access/permissions.ts';
import { endpoints } from '../wire/endpoint-list.ts';
import { routes } from './route-list.ts';

test('every route serves an endpoint of the API, and no two the same', () => {
  const served = routes.map(({ endpoint }) => endpoint.name);
  const named = new Set(endpoints.map(({ name }) => name));
  expect(new Set(served).size).toBe(served.length);
  expect(served.filter((name) => !named.has(name))).toEqual([]);
});

test('every route asks for a permission that exists, a session, or nothing', () => {
  for (const { endpoint } of routes) {
    const { demand } = endpoint;
    expect(demand === 'nobody' || demand === 'signed in' || isPermission(demand), endpoint.name).toBe(true);
  }
});
