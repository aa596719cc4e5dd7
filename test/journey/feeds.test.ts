// SPDX-License-Identifier: Apache-2.0
// A file of another system becomes facts without a line of code: a sample is chosen, its columns are mapped to the
// fields of a kind of fact, what comes out is seen as one goes, and the whole file is loaded. The form is the feed file.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');

const header = 'Deal No;Rep;Account;Status;Amount;Engaged;Closed on';
const file = {
  name: 'wins.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      header,
      'W-1;ada-brandt;Acme;won;1.200,50;01.02.2026;04.03.2026',
      'W-2;ada-brandt;Bolt;won;80,00;01.02.2026;05.03.2026',
      'W-3;ada-brandt;Cask;open;10,00;01.02.2026;-',
      'W-4;ada-brandt;Dune;won;12.5;01.02.2026;06.03.2026',
      'T-1;test;Test;won;1,00;01.02.2026;06.03.2026',
      '',
    ].join('\n'),
  ),
};

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const field = ({ page }: Visitor, name: string) => page.getByRole('group', { name: new RegExp(`^${name} `) });

/** Chooses in a list that opens below its control. */
async function choose(
  visitor: Visitor,
  within: ReturnType<typeof field>,
  label: string,
  option: string,
): Promise<void> {
  await within.getByRole('combobox', { name: label }).click();
  await visitor.page.getByRole('option', { name: option, exact: true }).click();
}

test('a feed is defined from a sample, checked as one goes, and its file loaded', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go, expectSound } = visitor;
  await visitor.signIn(accounts['owner']!);
  await go('/demo/feeds');
  await page.getByRole('link', { name: 'Define a feed' }).click();
  await page.getByRole('heading', { level: 1, name: 'A new feed' }).waitFor();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('table', { name: 'First rows of the file' }).getByText('ada-brandt').first().waitFor();
  expect(await page.getByRole('combobox', { name: 'Divided by' }).inputValue()).toBe('semicolon');
  await page.getByRole('combobox', { name: 'Kind of fact' }).click();
  await page.getByRole('option', { name: 'Deal', exact: true }).click();

  // What is called alike is filled in already, with the ways of writing that leave no doubt.
  expect(await field(visitor, 'Engaged').getByRole('combobox', { name: 'Column' }).inputValue()).toBe(
    'Engaged',
  );
  await field(visitor, 'Engaged').getByText('D.M.YYYY').first().waitFor();
  await choose(visitor, field(visitor, 'Representative'), 'Filled from', 'a column');
  await field(visitor, 'Representative').getByRole('combobox', { name: 'Column' }).fill('Rep');
  await choose(visitor, field(visitor, 'Customer'), 'Filled from', 'a column');
  await field(visitor, 'Customer').getByRole('combobox', { name: 'Column' }).fill('Account');
  const stage = field(visitor, 'Stage');
  await choose(visitor, stage, 'Filled from', 'a column');
  await stage.getByRole('combobox', { name: 'Column' }).fill('Status');
  await stage.getByText('Texts that mean something else').click();
  await stage.getByRole('button', { name: 'Add the 2 of the file' }).click();
  await stage.getByLabel('Means').nth(0).fill('Won');
  await stage.getByLabel('Means').nth(1).fill('Engaging');
  const closed = field(visitor, 'Closed');
  await closed.getByText('D.M.YYYY').first().waitFor();
  await closed.getByText('Texts that mean something else').click();
  await closed.getByRole('combobox', { name: 'Texts that stand for nothing' }).fill('-');
  await closed.getByRole('combobox', { name: 'Texts that stand for nothing' }).press('Enter');
  await page.keyboard.press('Escape');

  // One amount is written otherwise: its row is refused, with the row and what to do.
  await field(visitor, 'Amount').getByRole('combobox', { name: 'Numbers are written as' }).fill('1.234,56');
  await page.getByText('wins.csv:5:Amount').first().waitFor();
  const facts = page.getByRole('table', { name: 'First facts of the sample' });
  await facts.getByText('1,200.50').waitFor();
  await page.getByRole('button', { name: 'Add a filter' }).click();
  const filters = page.getByRole('region', { name: 'Rows that are left out' });
  await filters.getByRole('combobox', { name: 'Column' }).fill('Rep');
  await filters.getByRole('combobox', { name: 'is one of' }).fill('test');
  await filters.getByRole('combobox', { name: 'is one of' }).press('Enter');
  await page.keyboard.press('Escape');
  await page.getByText('5 rows of the file: 2 taken, 1 left out, 1 waiting, 1 refused.').first().waitFor();
  await expectSound('a feed that is being defined');

  await page.getByLabel('Title').fill('Wins of 2026');
  await page.getByText('Feed file', { exact: true }).click();
  const text = page.getByRole('textbox', { name: 'The feed file' });
  expect(JSON.parse(await text.inputValue())).toEqual({
    sources: [
      {
        file: 'wins.csv',
        delimiter: ';',
        fact: 'Deal',
        id: 'Deal No',
        mode: 'events',
        without: { Rep: ['test'] },
        fields: {
          Representative: 'Rep',
          Customer: 'Account',
          Stage: { column: 'Status', map: { won: 'Won', open: 'Engaging' } },
          Amount: { column: 'Amount', number: '1.234,56', currency: 'USD' },
          Engaged: { column: 'Engaged', date: 'D.M.YYYY' },
          Closed: { column: 'Closed on', date: 'D.M.YYYY', emptyWhen: ['-'] },
        },
      },
    ],
  });
  await text.fill('{');
  await page.getByText('This is no JSON yet.').waitFor();
  expect(await page.getByRole('button', { name: 'Save the feed' }).isDisabled()).toBe(true);
  await page.getByText('Form', { exact: true }).click();
  await page.getByText('so it stays text').waitFor();
  await expectSound('a feed file with a mistake');
  await visitor.leave();
}, 180_000);

test('a feed that is there is changed, as a form and as text, and loads its file', async () => {
  const visitor = await newVisitor(browser, address, { screen: 'phone', scheme: 'dark' });
  const { page, go, expectSound } = visitor;
  await visitor.signIn(accounts['owner']!);
  await go('/demo/feeds/new');
  await page.getByText('Feed file', { exact: true }).click();
  const text = page.getByRole('textbox', { name: 'The feed file' });
  const mapping = {
    sources: [
      {
        ...{ file: 'wins.csv', delimiter: ';', fact: 'Deal', id: 'Deal No', mode: 'events' },
        without: { Rep: ['test'] },
        fields: {
          ...{ Representative: 'Rep', Customer: 'Account' },
          Stage: { column: 'Status', map: { won: 'Won', open: 'Engaging' } },
          Amount: { column: 'Amount', number: '1.234,56' },
          Engaged: { column: 'Engaged', date: 'D.M.YYYY' },
          Closed: { column: 'Closed on', date: 'DD.M.YYYY', emptyWhen: ['-'] },
        },
      },
    ],
  };
  await text.fill(JSON.stringify(mapping));
  await page.getByLabel('Title').fill('Deals of the CRM');
  await page.getByLabel('Name in addresses').fill('crm');
  await page.getByText('There is a feed of the name crm already').waitFor();
  await page.getByLabel('Name in addresses').fill('wins');
  await page.getByRole('button', { name: 'Save the feed' }).click();
  await page.getByRole('heading', { level: 1, name: 'Feeds' }).waitFor();

  await page.getByRole('link', { name: 'Deals of the CRM' }).last().click();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('5 rows of the file: 2 taken').first().waitFor();
  expect(await field(visitor, 'Closed').getByText('DD.M.YYYY').isVisible()).toBe(true);
  await page.getByLabel('Title').fill('Wins');
  await expectSound('a feed that is changed');
  await page.getByRole('button', { name: 'Save, and preview the whole file' }).click();
  await page.getByRole('heading', { level: 1, name: 'wins.csv' }).waitFor();
  await page.getByText('It would add 3 facts').waitFor();
  await page.getByRole('button', { name: 'Drop it' }).click();
  await page.getByText('rejected', { exact: true }).waitFor();
  await visitor.leave();
});

test('who may not change feeds reads the feed file', async () => {
  const visitor = await newVisitor(browser, address);
  await visitor.signIn(accounts['auditor']!);
  await visitor.go('/demo/feeds');
  expect(await visitor.page.getByRole('link', { name: 'Define a feed' }).count()).toBe(0);
  await visitor.page.getByRole('link', { name: 'Deals of the CRM' }).first().click();
  await visitor.page.getByText('"fact": "Deal"').waitFor();
  await visitor.expectSound('a feed that is read');
  await visitor.leave();
});
