// SPDX-License-Identifier: Apache-2.0
// A workspace with nothing in it: its owner chooses a password, is told where to begin, finds no page empty without a
// word, and has an agreement in force in a few minutes, past every mistake in its text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { newVisitor } from './visitor.ts';

const address = inject('serviceAddress');
const founder = inject('accounts')['founder']!;
const agreement = readFileSync(join(import.meta.dirname, '../../examples/quota.md'), 'utf8');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test('a new workspace says where to begin, on every page, until an agreement is in force', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go, expectSound } = visitor;
  await visitor.signIn(founder);
  await page.getByRole('heading', { level: 1, name: 'Password and passkeys' }).waitFor();
  await page.getByLabel('Password now').fill(founder.password);
  await page.getByLabel('New password').fill('a password of my own');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const steps = page.getByRole('region', { name: 'First steps' });
  await steps.waitFor();
  await expectSound('the overview of an empty workspace');

  for (const [path, words] of [
    ['earnings', 'No agreement that is in force pays anybody yet.'],
    ['wallet', 'No agreement that is in force keeps points of anybody yet.'],
    ['statements', 'No statement has been issued yet.'],
    ['what-if', 'No agreement in force says yet what counts.'],
    ['facts', 'No fact has been recorded yet.'],
    ['feeds', 'No feed is defined yet.'],
    ['feeds/new', 'No agreement is in force yet'],
    ['parties', 'Nobody is known yet.'],
    ['periods', 'No agreement has been in force yet.'],
  ] as const) {
    await go(`/new/${path}`);
    await page.getByText(words).first().waitFor();
    await expectSound(`/new/${path}`);
  }
  await go('/new/parties');
  await page.getByRole('button', { name: 'Add a party' }).click();
  await page.getByText('agreements that say which kinds of parties').waitFor();

  await go('/new/overview');
  await steps.getByRole('link', { name: 'Write an agreement, or paste one' }).click();
  await page.getByRole('button', { name: 'Add an agreement' }).click();
  await page.getByLabel('Name in addresses').fill('quota');
  await page.getByLabel('Text').fill(agreement.replace('counts on Closed', 'counts on Closd'));
  await page.getByText('It does not compile yet.').waitFor();
  await page.getByText('Did you mean', { exact: false }).first().waitFor();
  expect(await page.getByRole('button', { name: 'Store as a draft' }).isDisabled()).toBe(true);
  await expectSound('an agreement with a mistake');
  await page.getByLabel('Text').fill(agreement);
  await page.getByText(/It compiles/).waitFor();
  await page.getByRole('button', { name: 'Store as a draft' }).click();
  await page.waitForURL((url) => url.pathname === '/new/agreements/quota');
  await go('/new/overview');
  await steps.getByText('done').waitFor();
  await steps.getByRole('link', { name: /^Put .* into force$/ }).click();
  await page
    .getByRole('button', { name: /into force/ })
    .first()
    .waitFor();
  await expectSound('a draft that can be put into force');
  await visitor.leave();
}, 180_000);
