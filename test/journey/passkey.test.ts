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

describe('opened by the number of the machine', () => {
  test('a page has no passkeys, says why, and leads to the same page under the name', async () => {
    const numbered = await newVisitor(browser, address.replace('localhost', '127.0.0.1'));
    await numbered.go('/sign-in?to=%2Faccount');
    expect(await numbered.page.getByRole('button', { name: 'Use a passkey' }).count()).toBe(0);
    const link = numbered.page.getByRole('link', { name: address });
    expect(await link.getAttribute('href')).toBe(`${address}/sign-in?to=%2Faccount`);
    await numbered.expectSound('the sign-in by a number');

    await numbered.signIn(auditor);
    await numbered.go('/account');
    await numbered.page.getByText('Passkeys belong to a name').waitFor();
    expect(await numbered.page.getByLabel('Name of the new passkey').count()).toBe(0);
    await numbered.expectSound('the account by a number');
    await numbered.page.getByRole('link', { name: address }).click();
    await numbered.page.waitForURL(`${address}/sign-in?to=%2Faccount`);
    await numbered.page.getByRole('button', { name: 'Use a passkey' }).waitFor();
    await numbered.leave();
  });
});
