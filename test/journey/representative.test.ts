// SPDX-License-Identifier: Apache-2.0
// What a representative does: signs in, watches a deal arrive, asks why, reads a statement, takes it away, recomputes
// it in the browser, asks what a deal would pay.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Asking, asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');
const representative = accounts['representative']!;

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

describe('a representative', () => {
  test('is told the same of a wrong password as of an unknown address', async () => {
    const refusal = async (email: string) => {
      await visitor.go('/sign-in');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('certainly wrong');
      await page.getByRole('button', { name: 'Sign in' }).click();
      return await page.getByRole('alert').textContent();
    };
    const known = await refusal(representative.email);
    expect(await refusal('nobody@demo.example')).toBe(known);
  });

  test('comes to what they wanted to see after signing in', async () => {
    await page.goto('/demo/statements');
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel('E-mail').fill(representative.email);
    await page.getByLabel('Password', { exact: true }).fill(representative.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/demo\/statements$/);
  });

  test('sees a deal within a second of its being recorded, with what it pays and why', async () => {
    await visitor.go('/demo/earnings');
    await page.getByText('live', { exact: true }).first().waitFor();
    const before = await page.locator('[data-size="display"]').first().textContent();
    const took: number[] = [];
    let last = '';
    for (const amount of ['20000', '3000', '4500']) {
      const { id, answered } = await finance.recordDeal('ada-brandt', amount);
      await page
        .getByRole('link', { name: new RegExp(id) })
        .first()
        .waitFor({ timeout: 5000 });
      took.push(Date.now() - answered);
      last = id;
    }
    expect(Math.min(...took), 'milliseconds from the answer to the page').toBeLessThan(1000);
    await expect
      .poll(() => page.locator('[data-size="display"]').first().textContent(), { timeout: 10_000 })
      .not.toBe(before);
    await page
      .getByRole('button', { name: /^Commission/ })
      .first()
      .click();
    await page.getByText('How it was reckoned').first().waitFor();
    await page.getByRole('link', { name: last }).first().waitFor();
    await visitor.expectSound('earnings, opened');
  });

  test('reads a statement that was issued, opens a line, and recomputes all of it in the browser', async () => {
    await visitor.go('/demo/statements');
    await page
      .getByRole('link', { name: /^\d{4}-Q\d$/ })
      .last()
      .click();
    await page.getByRole('heading', { name: /^Statement for/ }).waitFor();
    await page.getByRole('link', { name: /^Version 1/ }).click();
    await page
      .getByRole('button', { name: /^Commission/ })
      .first()
      .click();
    await page.getByText('How it was reckoned').first().waitFor();
    await page.getByRole('button', { name: 'Recompute here' }).click();
    await page.getByText(/came out the same/).waitFor({ timeout: 20_000 });
    const words = await page.getByText(/came out the same/).textContent();
    expect(words).toMatch(/^All \d+ lines came out the same/);
    await page.getByText('Attested values behind New customer bonus').first().click();
    await page.getByText('whether it is a First Deal').first().waitFor();
    await visitor.expectSound('a statement, recomputed');
  });

  test.each(['PDF', 'Excel', 'CSV', 'JSON', 'Verification bundle', 'All deals, CSV'])(
    'takes the statement away as %s',
    async (kind) => {
      const link = page.getByRole('link', { name: kind, exact: true });
      const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(await file.failure()).toBeNull();
      expect(file.suggestedFilename()).toMatch(/\.(pdf|xlsx|csv|json)$/);
    },
  );

  test('asks what a deal would pay, and nothing of it is recorded', async () => {
    await visitor.go('/demo/what-if');
    await page.getByLabel('Amount, USD').fill('10000');
    await page.getByLabel('Stage').fill('Won');
    const today = new Date().toISOString().slice(0, 10);
    await page.getByLabel('Engaged').fill(today);
    await page.getByLabel('Closed').fill(today);
    await page.getByRole('button', { name: 'What would it pay?' }).click();
    await page.getByRole('heading', { name: 'It would pay' }).waitFor();
    await visitor.expectSound('what if, answered');
  });

  test('is refused what is of others, even by its address', async () => {
    await visitor.go('/demo/periods');
    await page.getByRole('alert').first().waitFor();
  });

  test('signs out, and the pages are closed', async () => {
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await page.getByRole('button', { name: 'Ada Brandt' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto('/demo/earnings');
    await page.waitForURL(/\/sign-in/);
  });
});
