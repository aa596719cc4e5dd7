// SPDX-License-Identifier: Apache-2.0
// Every address that the API names is served, once, and asks for a permission that exists.
import { expect, test } from 'vitest';
import { isPermission } from '../access/permissions.ts';
import { endpoints } from '../wire/endpoint-list.ts';
import { routes } from './route-list.ts';

test('every address of the API has one route, and every route an address', () => {
  const served = routes.map(({ endpoint }) => endpoint.name).sort();
  expect(served).toEqual(endpoints.map(({ name }) => name).sort());
});

test('every route asks for a permission that exists, a session, or nothing', () => {
  for (const { endpoint } of routes) {
    const { demand } = endpoint;
    expect(demand === 'nobody' || demand === 'signed in' || isPermission(demand), endpoint.name).toBe(true);
  }
});
