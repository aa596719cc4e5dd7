// SPDX-License-Identifier: Apache-2.0
// What is due on a day, after it was put off, brought forward or called off.
import { expect, test } from 'vitest';
import { DueDays } from './due-days.ts';

test('a day gives what is due by then, once, as it was said last', () => {
  const due = new DueDays();
  due.set('early', 5);
  due.set('late', 9);
  due.set('put off', 5);
  due.set('put off', 8);
  due.set('brought forward', 9);
  due.set('brought forward', 4);
  due.set('called off', 5);
  due.set('called off', Infinity);
  expect(due.of('put off')).toBe(8);
  expect(due.of('called off')).toBe(Infinity);
  expect([...due.take(5)].sort()).toEqual(['brought forward', 'early']);
  expect([...due.take(5)]).toEqual([]);
  expect([...due.take(20)].sort()).toEqual(['late', 'put off']);
});
