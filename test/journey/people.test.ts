// SPDX-License-Identifier: Apache-2.0
// How somebody gets in: invited by a link, with a password of their own, then with a passkey; and how they are out again
// at once. The passkey is a real one of the browser, without a hand to touch it.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

// Browsers make passkeys for a name, not for a number.
const address = inject('serviceAddress').replace('127.0.0.1', 'localhost');
const owner = inject('accounts')['owner']!;
const newcomer = { email: 'ines@demo.example', password: 'a password of my own' };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Hands over the link that the page shows once. */
async function invited(by: Visitor): Promise<string> {
  const { page, go } = by;
  await go('/demo/members');
  const form = page.getByRole('form', { name: 'Invite a member' });
  await form.getByLabel('E-mail').fill(newcomer.email);
  await form.getByRole('button', { name: 'Invite' }).click();
  const link = `${await form.getByRole('status').locator('code').textContent()}`;
  await by.expectSound('an invitation');
  return link;
}

/** A security key that is there and says yes. */
async function giveAuthenticator({ page }: Visitor): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('WebAuthn.enable');
  await tools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('somebody is invited, sets a password, adds a passkey, signs in with it, and is removed', async () => {
  const host = await newVisitor(browser, address);
  await host.signIn(owner);
  const link = await invited(host);

  const guest = await newVisitor(browser, address, { screen: 'phone' });
  const { page } = guest;
  await giveAuthenticator(guest);
  await guest.go(link.replace('127.0.0.1', 'localhost'));
  await page.getByLabel('Your name').fill('Ines Invited');
  await page.getByLabel('New password').fill(newcomer.password);
  await guest.expectSound('the page behind a link');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByRole('status').getByText('Done.').waitFor();
  await guest.signIn(newcomer);

  await guest.go('/account');
  await page.getByLabel('Name of the new passkey').fill('Work laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('listitem').getByText('Work laptop').first().waitFor();
  await guest.expectSound('the account');
  await page.context().clearCookies();
  await guest.go('/sign-in');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');

  await guest.go(link.replace('127.0.0.1', 'localhost'));
  await page.getByText('Link not good any more').waitFor();

  await host.go('/demo/members');
  await host.page.getByRole('button', { name: `Remove ${newcomer.email}` }).click();
  await host.page.getByRole('button', { name: `Remove ${newcomer.email}` }).waitFor({ state: 'detached' });
  const answer = await page.request.get('/api/v1/session');
  expect(answer.status()).toBe(401);
  await Promise.all([host.leave(), guest.leave()]);
});
