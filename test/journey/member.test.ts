// SPDX-License-Identifier: Apache-2.0
// What a member of the record club does: comes to their points, sees a purchase arrive, asks why, and reads what was
// given for points; and what somebody of the house sees first.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Asking, asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');

let browser: Browser;
let visitor: Visitor;
let page: Page;
let finance: Asking;

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await newVisitor(browser, address, { screen: 'phone' });
  page = visitor.page;
  finance = await asMember(address, accounts['finance']!);
});
afterAll(() => browser?.close());

describe('a member', () => {
  test('comes to their points, since nothing that they get belongs to a period', async () => {
    await visitor.signIn(accounts['member']!);
    await page.waitForURL(/\/demo\/wallet$/);
    await page.getByText('to the next voucher').waitFor();
    await page.getByText('Expires next').waitFor();
    await visitor.expectSound('points');
  });

  test('sees the points of a purchase within a second, marked, with the balance after it', async () => {
    await page.getByText('live', { exact: true }).first().waitFor();
    const balance = page.locator('[data-size="display"]').first();
    const before = await balance.textContent();
    const answered = await buy('JOURNEY-P-1', '41.00');
    const line = page.getByRole('button', { name: /Purchase JOURNEY-P-1/ });
    await line.waitFor({ timeout: 5000 });
    expect(Date.now() - answered, 'milliseconds from the answer to the page').toBeLessThan(1000);
    expect(await balance.textContent()).not.toBe(before);
    expect(await line.textContent()).toMatch(/\+\d+/);
  });

  test('opens a line to the purchase and the sentence of the agreement', async () => {
    await page.getByRole('button', { name: /Purchase JOURNEY-P-1/ }).click();
    await page.getByText('How it was reckoned').first().waitFor();
    await page.getByRole('link', { name: 'Purchase JOURNEY-P-1' }).first().waitFor();
    await visitor.expectSound('points, a line opened');
  });

  test('reads what was used with a minus and without the colour of a gain', async () => {
    const used = page.getByRole('button', { name: /^Voucher USD 5.*used/ }).first();
    expect(await used.textContent()).toContain('−500');
    expect(await used.locator('[data-tone="plain"]').count()).toBeGreaterThan(0);
    expect(await used.locator('[data-tone="up"]').count()).toBe(0);
  });

  test('reads on the page of earnings what was earned over all', async () => {
    await visitor.go('/demo/earnings');
    await page.getByRole('heading', { name: 'Over all' }).waitFor();
    await page.getByRole('button', { name: /^Voucher/ }).waitFor();
    expect(await page.getByText('Nothing has been earned').count()).toBe(0);
    await visitor.expectSound('earnings without a period');
  });
});

test.each(['finance', 'auditor', 'owner'])('somebody of the house (%s) comes to what waits', async (role) => {
  const other = await newVisitor(browser, address);
  await other.signIn(accounts[role]!);
  await other.page.waitForURL(/\/demo\/overview$/);
  await other.page.getByRole('heading', { name: 'Periods' }).waitFor();
  await other.page
    .getByRole('link', { name: /^Sales Incentive Agreement, .*Q\d/ })
    .first()
    .waitFor();
  await other.expectSound(`overview of ${role}`);
  await other.leave();
});

/** A purchase of today by the member; when it was answered. */
async function buy(id: string, amount: string): Promise<number> {
  await finance.ask('POST', '/facts', {
    ...{ specversion: '1.0', id, source: '/journey', type: 'Purchase', subject: id },
    data: {
      ...{ Member: 'alma-abel', Line: 1 },
      Amount: { amount, asset: 'USD' },
      Bought: new Date().toISOString().slice(0, 10),
    },
  });
  return Date.now();
}
