// SPDX-License-Identifier: Apache-2.0
// What a request passes before an action sees it, each gate by itself.
import { describe, expect, test } from 'vitest';
import { traceOf } from '../actions/trace.ts';
import { acceptFacts } from '../wire/facts.ts';
import { refusalOfThrown } from './failure.ts';
import { safeFileName } from './file-answer.ts';
import { rateCount } from './rate.ts';
import { pagePolicy } from './security.ts';
import { validate } from './validate.ts';

test('the count of a minute is over above its limit, for that name alone, and begins anew afterwards', () => {
  let now = 0;
  const count = rateCount(2, () => now);
  expect([count.take('a'), count.take('a'), count.take('a'), count.take('b')]).toEqual([
    null,
    null,
    60,
    null,
  ]);
  expect([count.isOver('a'), count.isOver('b')]).toEqual([true, false]);
  now = 60_001;
  expect([count.isOver('a'), count.take('a')]).toEqual([false, null]);
});

test.each([
  ['deals 2017.csv', 'deals-2017.csv'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a"\r\nSet-Cookie: x', 'a-Set-Cookie-x'],
  ['…', 'file'],
  ['.htaccess', 'htaccess'],
  ['Müller.pdf', 'Mu-ller.pdf'],
])('the file name %j becomes %j', (given, safe) => {
  expect(safeFileName(given)).toBe(safe);
});

test('pages may run no inline script and load nothing from elsewhere', () => {
  const policy = pagePolicy('abc');
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

describe('a request that does not fit', () => {
  const params = { workspace: 'demo' };
  test('is told every place at once', () => {
    const checked = validate(acceptFacts, {
      params: { workspace: 'Not A Name' },
      query: { together: 'perhaps' },
      body: { specversion: '1.0', id: 'x', source: 's' },
    });
    const errors = checked.kind === 'refused' ? checked.refusal.errors : [];
    expect(errors?.map(({ place }) => place)).toEqual(['/params/workspace', '/query/together', '/body/type']);
  });

  test('of a batch names the item', () => {
    const event = { specversion: '1.0', id: 'x', source: 's', type: 'Deal' };
    const checked = validate(acceptFacts, { params, query: {}, body: [event, { ...event, id: 'a\u0000b' }] });
    expect(checked.kind === 'refused' && checked.refusal.errors?.[0]?.place).toBe('/body/1/id');
  });
});

describe('a failure on our side', () => {
  const about = { mediaType: 'text/plain', taken: [], limit: 10 };
  test.each([
    [{ code: '53100' }, 'disk_full'],
    [{ code: 'ECONNREFUSED' }, 'database_away'],
    [{ code: '57P01' }, 'database_away'],
    [{ message: 'Connection terminated unexpectedly' }, 'database_away'],
    [{ code: '23505', detail: 'Key (name)=(Ada)' }, 'failed'],
    [{ code: 'FST_ERR_CTP_INVALID_JSON_BODY' }, 'body_not_json'],
  ])('%j is answered as %s', (thrown, code) => {
    expect(refusalOfThrown(thrown, about).code).toBe(code);
  });

  test('is logged without its message, which may hold data', () => {
    const trace = traceOf(new Error('Key (name)=(Ada Lovelace) exists'));
    expect(JSON.stringify(trace)).not.toContain('Ada');
    expect(trace.at).toContain('gates.test');
  });
});
