// SPDX-License-Identifier: Apache-2.0
// What those do who keep the books: find a fact and what it caused, upload a file and look at its effect before it is
// recorded, read an agreement with its readings, add a party, make a key, close a period, and find it all in the trail.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');
const owner = accounts['owner']!;

let browser: Browser;
let visitor: Visitor;
let page: Page;

/** How the rows of a CRM's export become deals. */
const feed = {
  title: 'CRM export',
  mode: 'events',
  mapping: {
    sources: [
      {
        file: 'deals.csv',
        fact: 'Deal',
        id: 'id',
        fields: {
          Representative: 'agent',
          Customer: 'account',
          Stage: 'stage',
          Amount: { column: 'value', currency: 'USD' },
          Engaged: { column: 'engaged', date: 'ISO' },
          Closed: { column: 'closed', date: 'ISO' },
        },
      },
    ],
  },
};

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await newVisitor(browser, address);
  page = visitor.page;
  const { ask } = await asMember(address, owner);
  await ask('PUT', '/feeds/crm-export', feed);
  await visitor.signIn(owner);
});
afterAll(() => browser?.close());

describe('who keeps the books', () => {
  test('finds a deal and sees what it changed for whom', async () => {
    await visitor.go('/demo/facts');
    await page.getByLabel('Id or text').fill('H-0100');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/text=H-0100/);
    await page.getByRole('link', { name: 'Deal H-0100' }).click();
    await page.getByRole('heading', { name: 'Revision 1' }).waitFor();
    await visitor.expectSound('a fact');
  });

  test('sees the effect of a file on pay before it is recorded, and records it', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const rows = [
      'id,agent,account,stage,value,engaged,closed',
      `UP-1,ada-brandt,journey-customer,Won,12000,${today},${today}`,
      `UP-2,bela-novak,journey-customer,Won,not a number,${today},${today}`,
    ];
    await visitor.go('/demo/feeds');
    await page.getByRole('form', { name: 'Upload a file' }).getByLabel('Feed').click();
    await page.getByRole('option', { name: 'CRM export' }).click();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('heading', { name: 'deals.csv' }).waitFor();
    const effect = page.getByRole('table', { name: 'Effect on pay' });
    await effect.getByText('Ada Brandt').waitFor();
    await page.getByText('not a number').first().waitFor();
    await visitor.expectSound('a preview');
    await page.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('recorded', { exact: true }).waitFor();
    await visitor.go('/demo/facts/Deal/UP-1');
    await page
      .getByRole('table', { name: /changed in the books/ })
      .getByText('Ada Brandt')
      .first()
      .waitFor();
  });

  test('declares the feed complete', async () => {
    await visitor.go('/demo/feeds');
    const form = page.getByRole('form', { name: 'Declare a feed complete' });
    await form.getByLabel('Feed').click();
    await page.getByRole('option', { name: 'CRM export' }).click();
    await form.getByLabel('Complete through').fill('2026-01-31');
    await form.getByRole('button', { name: 'Declare it complete' }).click();
    await page.getByText(/It is complete through 31.Jan.2026/).waitFor();
    await visitor.expectSound('feeds, one complete');
  });

  test('reads an agreement with the reading under each formula', async () => {
    await visitor.go('/demo/agreements');
    await page.getByRole('link', { name: 'Sales Incentive Agreement' }).click();
    await page.getByRole('note').first().waitFor();
    expect(await page.getByRole('note').count()).toBeGreaterThan(3);
    await page.getByText('Base Rate').first().waitFor();
    await visitor.expectSound('an agreement');
  });

  test('is told what is wrong with a text while writing it', async () => {
    await page.getByRole('button', { name: 'Write the next version from this one' }).click();
    const text = page.getByLabel('Text');
    await text.fill(
      (await text.inputValue()).replace('Commission Rates on Revenue', 'Commission Rates on Revenu'),
    );
    await page.getByText('It does not compile yet.').waitFor();
    await page
      .getByText(/Revenu\b/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Store as a draft' }).isDisabled()).toBe(true);
  });

  test('adds a party', async () => {
    await visitor.go('/demo/parties');
    await page.getByRole('button', { name: 'Add a party' }).click();
    const form = page.getByRole('form', { name: 'Add a party' });
    await form.getByLabel('Name').fill('Journey Person');
    await form.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('heading', { name: 'Journey Person' }).waitFor();
    await visitor.expectSound('a party');
  });

  test('makes a key, whose secret is shown once', async () => {
    await visitor.go('/demo/members');
    await page.getByLabel('For which system').fill('Journey system');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByText('It is shown only now.').waitFor();
    await visitor.expectSound('members and keys');
    await visitor.go('/demo/members');
    expect(await page.getByText('It is shown only now.').count()).toBe(0);
    await page
      .getByRole('table', { name: 'Keys of other systems' })
      .getByText('Journey system')
      .first()
      .waitFor();
  });

  test('closes the open period only with a reason while a feed is not complete', async () => {
    await visitor.go('/demo/periods');
    await page
      .getByRole('table', { name: 'Periods of hardware-sales' })
      .getByRole('row', { name: /open/ })
      .first()
      .getByRole('link')
      .click();
    await page.getByRole('button', { name: /^Close / }).click();
    await page.getByText(/Locking also issues a statement/).waitFor();
    await page.getByText(/Say why it is closed all the same/).waitFor();
    await visitor.expectSound('a period, before closing');
    await page.getByRole('button', { name: 'Leave it' }).click();
  });

  test('finds what was done in the trail', async () => {
    await visitor.go('/demo/trail');
    await page.getByRole('table', { name: 'Administrative acts' }).waitFor();
    expect(await page.getByRole('row').count()).toBeGreaterThan(3);
    await visitor.expectSound('the trail');
  });
});
