// SPDX-License-Identifier: Apache-2.0
// A page that stays open while the world goes on: the service is away for a while, the session ends, an upgrade takes
// the files of the page away, the network is gone. It says so where there is something to say, and comes back by itself.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');
const ada = accounts['representative']!;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test('postings come again by themselves after the service refused them for a while, and none is missed', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go } = visitor;
  await visitor.signIn(ada);
  await go('/demo/earnings');
  const live = page.getByText('live', { exact: true }).first();
  await live.waitFor();
  let refused = 0;
  await page.route('**/postings/stream?*', (route) => {
    refused += 1;
    return route.fulfill({ status: 503, body: '' });
  });
  // A page that is gone to anew asks for a stream of its own.
  await page.getByRole('link', { name: 'Statements' }).click();
  await page.getByRole('heading', { level: 1, name: 'Statements' }).waitFor();
  await page.getByRole('link', { name: 'Earnings' }).click();
  await page.getByText('connecting', { exact: true }).first().waitFor();
  await expect.poll(() => refused, { timeout: 20_000 }).toBeGreaterThan(1);
  await page.unroute('**/postings/stream?*');
  await live.waitFor();
  const crm = await asMember(address, accounts['owner']!);
  const { id } = await crm.recordDeal('ada-brandt', '5000.00');
  await page.getByText(`Deal ${id}`).first().waitFor();
  await visitor.leave();
});

test('a stream says where it is before anything was posted, so that its reader can go on from there', async () => {
  const signedIn = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ada),
  });
  const cookie = signedIn.headers.getSetCookie().map((text) => text.split(';')[0]);
  const ended = new AbortController();
  const stream = await fetch(`${address}/api/v1/workspaces/demo/postings/stream`, {
    headers: { cookie: cookie.join('; ') },
    signal: ended.signal,
  });
  const { value } = await stream.body!.getReader().read();
  expect(new TextDecoder().decode(value)).toMatch(/^id: (\d+\.\d+)\nevent: place\ndata: \1\n\n/);
  ended.abort();
});

test('a session that ends leads to the sign-in and back to the same page', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go } = visitor;
  await visitor.signIn(ada);
  await go('/demo/facts?text=H-1');
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Statements' }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  expect(new URL(page.url()).searchParams.get('to')).toBe('/demo/statements');
  await page.getByLabel('E-mail').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Statements' }).waitFor();
  await visitor.leave();
});

test('a page whose files an upgrade took away is loaded anew', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go } = visitor;
  await visitor.signIn(ada);
  await go('/demo/earnings');
  await page.evaluate('globalThis.isFirst = true');
  let isGone = true;
  await page.route('**/assets/agreements-*.js', (route) =>
    isGone ? route.fulfill({ status: 404, body: '' }) : route.continue(),
  );
  page.once('load', () => {
    isGone = false;
  });
  await page.getByRole('link', { name: 'Agreements' }).click();
  await page.getByRole('heading', { level: 1, name: 'Agreements' }).waitFor();
  expect(await page.evaluate('globalThis.isFirst')).toBeUndefined();
  await visitor.leave();
});

test('without a network a page says so, and goes on when asked again', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go } = visitor;
  await visitor.signIn(ada);
  await go('/demo/statements');
  await page.route('**/api/v1/workspaces/demo/facts*', (route) => route.abort());
  await page.getByRole('link', { name: 'Facts' }).click();
  await page.getByText('The service cannot be reached just now.').waitFor();
  await page.unroute('**/api/v1/workspaces/demo/facts*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('table').first().waitFor();
  await visitor.leave();
});
