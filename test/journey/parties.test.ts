// SPDX-License-Identifier: Apache-2.0
// People whose names are longer than any column, or are written from the right: their pages hold together on a phone and
// at twice the size, and a relation is set between them by choosing, not by typing ids.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor } from './visitor.ts';

const address = inject('serviceAddress');
const owner = inject('accounts')['owner']!;

const long = 'Maximiliana Wolfeschlegelsteinhausenbergerdorffdonaudampfschifffahrtsgesellschaft-Featherstone';
const fromTheRight = '\u0644\u064a\u0644\u0649 \u0627\u0644\u0623\u062d\u0645\u062f';

let browser: Browser;
let party: Readonly<Record<string, string>>;

beforeAll(async () => {
  browser = await openBrowser();
  const { ask } = await asMember(address, owner);
  const add = async (kind: string, name: string) => {
    const reference = `${name.slice(0, 3)}-${'x'.repeat(120)}`;
    const made = await ask('POST', '/parties', { kind, name, references: [{ reference }] });
    return (made as { party: string }).party;
  };
  party = { long: await add('Representative', long), right: await add('Manager', fromTheRight) };
});
afterAll(() => browser?.close());

test('a relation is set by choosing a party of its kind', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go, expectSound } = visitor;
  await visitor.signIn(owner);
  await go(`/demo/parties/${party['long']}`);
  const form = page.getByRole('form', { name: 'Set a value' });
  const choice = form.getByRole('combobox', { name: 'Manager' });
  await choice.fill('\u0644\u064a');
  await page.getByRole('option', { name: fromTheRight }).click();
  await form.getByLabel('From').fill('2026-02-01');
  await form.getByRole('button', { name: 'Set' }).click();
  await form.getByRole('status').getByText('It is set.').waitFor();
  const relations = page.getByRole('table', { name: 'Relations' });
  await relations.getByRole('link', { name: fromTheRight }).waitFor();
  await relations.getByText('from 1 Feb 2026').waitFor();
  // Nobody of another kind is offered.
  await choice.fill('Ada Br');
  await page.getByText('Nobody of that name').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Nobody of that name').waitFor({ state: 'hidden' });
  await expectSound('a party with a relation');
  await visitor.leave();
});

test.each([
  ['on a phone of 360 pixels', { width: 360, height: 740 }],
  ['at twice the size', { width: 640, height: 400 }],
  ['at four times the size', { width: 320, height: 256 }],
])(
  'their pages hold together %s',
  async (_, viewport) => {
    const visitor = await newVisitor(browser, address);
    const { page, go } = visitor;
    await page.setViewportSize(viewport);
    await visitor.signIn(owner);
    for (const path of [
      `/demo/parties/${party['long']}`,
      `/demo/parties/${party['right']}`,
      `/demo/earnings?party=${party['long']}`,
      '/demo/parties',
      '/demo/trail',
      '/demo/members',
      '/demo/feeds',
      '/demo/feeds/of/crm',
      '/demo/statements',
    ]) {
      await go(path);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(
        viewport.width,
      );
    }
    await visitor.leave();
  },
  120_000,
);

test('everything on the way to a party is done with the keyboard alone', async () => {
  const visitor = await newVisitor(browser, address);
  const { page } = visitor;
  await visitor.signIn(owner);
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
  const focus = async (name: string) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.textContent')) === name) return;
    }
    throw new Error(`${name} is not reached`);
  };
  await focus('Parties');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Parties' }).waitFor();
  const search = page.getByLabel('Name or reference');
  for (let step = 0; step < 20; step += 1) {
    if (await search.evaluate((element) => element === element.ownerDocument.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('maxim');
  await page.getByRole('link', { name: long }).waitFor();
  await focus(long);
  const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
  expect(outline).toBe('solid');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: long }).waitFor();
  await visitor.leave();
});

test('who asked for less motion sees none', async () => {
  const visitor = await newVisitor(browser, address);
  const { page, go } = visitor;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await visitor.signIn(owner);
  await go('/demo/parties');
  const longest = await page.evaluate(`Math.max(...[...document.querySelectorAll('*')].flatMap((element) => {
    const { animationDuration, transitionDuration } = getComputedStyle(element);
    return [animationDuration, transitionDuration].flatMap((text) => text.split(',').map(parseFloat));
  }))`);
  expect(longest).toBeLessThan(0.001);
  await visitor.leave();
});
