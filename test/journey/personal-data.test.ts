// SPDX-License-Identifier: Apache-2.0
// Somebody asks what is held about them, and then to be forgotten: found by name, exported, erased at once where nothing
// has to be kept; and where the law wants records kept, told so with the day, and taken back while it waits.
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openBrowser } from './chromium.ts';
import { newVisitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test('a person is added, found by the beginning of a name, exported and erased', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go, expectSound } = visitor;
  await visitor.signIn(accounts['owner']!);
  await go('/demo/parties');
  await page.getByRole('button', { name: 'Add a party' }).click();
  const add = page.getByRole('form', { name: 'Add a party' });
  await add.getByLabel('Name').fill('Zoë Weiß-Ortega');
  await add.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('heading', { level: 1, name: 'Zoë Weiß-Ortega' }).waitFor();
  const partyPage = new URL(page.url()).pathname;

  await go('/demo/parties');
  await page.getByLabel('Name or reference').fill('orteg zoe');
  await page.getByRole('link', { name: 'Zoë Weiß-Ortega' }).click();
  const personal = page.getByRole('region', { name: 'Personal data' });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    personal.getByRole('link', { name: 'Download all that is held' }).click(),
  ]);
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toMatchObject({ name: 'Zoë Weiß-Ortega' });

  await personal.getByRole('button', { name: 'Erase this person…' }).click();
  const form = page.getByRole('form', { name: 'Erase this person' });
  await form.getByText('Nothing: it happens at once.').waitFor();
  const forGood = form.getByRole('button', { name: 'Erase for good' });
  await form.getByLabel('Why').fill('She asked for it.');
  await form.getByLabel('Type “Zoë Weiß-Ortega” to confirm').fill('Zoe Weiss');
  expect(await forGood.isDisabled()).toBe(true);
  await expectSound('the form that erases');
  // Typed with the accent as a sign of its own, as some keyboards do.
  await form.getByLabel('Type “Zoë Weiß-Ortega” to confirm').fill('Zoe\u0308 Weiß-Ortega');
  await forGood.click();
  await personal.getByRole('status').getByText('Nothing readable of this person is left.').waitFor();
  await page.getByText('Zoë Weiß-Ortega').waitFor({ state: 'detached' });
  await expectSound('a person who was erased');

  await go('/demo/parties');
  await page.getByLabel('Name or reference').fill('ortega');
  await page.getByText('Nobody fits.').waitFor();
  await go(partyPage);
  await page.getByRole('status').getByText('Erased on').waitFor();
  await visitor.leave();
});

test('what the law wants kept delays it, with the day and the reason; until then it can be taken back', async () => {
  const visitor = await newVisitor(browser, address, { screen: 'phone', scheme: 'dark' });
  const { page, go, expectSound } = visitor;
  await visitor.signIn(accounts['owner']!);
  await go('/demo/parties');
  await page.getByLabel('Name or reference').fill('bran');
  await page.getByRole('link', { name: 'Ada Brandt' }).click();
  const personal = page.getByRole('region', { name: 'Personal data' });
  await personal.getByRole('button', { name: 'Erase this person…' }).click();
  const form = page.getByRole('form', { name: 'Erase this person' });
  await form.getByText(/terms and records of commission .* until/).waitFor();
  await form.getByLabel('Why').fill('She asked for it.');
  await form.getByLabel('Type “Ada Brandt” to confirm').fill('Ada Brandt');
  await expectSound('an erasure that has to wait');
  await form.getByRole('button', { name: /^Erase on/ }).click();
  await personal.getByRole('status').getByText('and then happens by itself').waitFor();
  await expectSound('an erasure that waits');
  await personal.getByRole('button', { name: 'Take the erasure back' }).click();
  await personal.getByRole('button', { name: 'Erase this person…' }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Ada Brandt' }).waitFor();
  await visitor.leave();
});

test('who may neither export nor erase is offered neither', async () => {
  const visitor = await newVisitor(browser, address);
  await visitor.signIn(accounts['finance']!);
  await visitor.go('/demo/parties');
  await visitor.page.getByRole('link', { name: 'Ada Brandt' }).click();
  await visitor.page.getByRole('heading', { level: 2, name: 'In other systems' }).waitFor();
  expect(await visitor.page.getByRole('region', { name: 'Personal data' }).count()).toBe(0);
  await visitor.leave();
});
