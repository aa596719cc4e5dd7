// SPDX-License-Identifier: Apache-2.0
// A passkey in the browser itself: made on the page of the account, used instead of a password, taken away again. The
// authenticator is the browser's own for tests; all else is as it is.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const address = inject('serviceAddress');
const auditor = inject('accounts')['auditor']!;

let browser: Browser;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await newVisitor(browser, address);
  page = visitor.page;
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await visitor.signIn(auditor);
});
afterAll(() => browser?.close());

describe('a passkey', () => {
  test('is made by who is signed in', async () => {
    await visitor.go('/account');
    await page.getByLabel('Name of the new passkey').fill('Journey device');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('Journey device').first().waitFor();
    await visitor.expectSound('the account with a passkey');
  });

  test('signs in without a password', async () => {
    await page.context().clearCookies();
    await visitor.go('/sign-in');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    await page.getByRole('button', { name: 'Otto Sight' }).waitFor();
  });

  test('is taken away, and signs nobody in any longer', async () => {
    await visitor.go('/account');
    await page.getByRole('button', { name: 'Remove Journey device' }).click();
    await page.getByText('There is no passkey yet.').waitFor();
    await page.context().clearCookies();
    await visitor.go('/sign-in');
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('alert').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });
});
