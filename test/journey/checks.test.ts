// SPDX-License-Identifier: Apache-2.0
// The books put to the test in the browser: an agreement computed anew, the log replayed, and a draft computed beside the
// books before anybody puts it into force. Each is work whose progress is seen, and none of it changes what is posted.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Asking, asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');

/** All of the log is evaluated again: on a busy machine that takes its time. */
const patienceMs = 150_000;

let browser: Browser;
let visitor: Visitor;
let page: Page;
let asOwner: Asking;

beforeAll(async () => {
  browser = await openBrowser();
  asOwner = await asMember(address, accounts['owner']!);
  visitor = await newVisitor(browser, address);
  page = visitor.page;
  await visitor.signIn(accounts['owner']!);
});
afterAll(() => browser?.close());

const headOf = async () => {
  const { items } = (await asOwner.ask('GET', '/postings?limit=1')) as {
    readonly items: readonly { readonly sequence: number }[];
  };
  return items[0]?.sequence;
};

describe('who checks the books', () => {
  test('computes an agreement anew, and hears that nothing differs', async () => {
    const before = await headOf();
    await visitor.go('/demo/books');
    const form = page.getByRole('form', { name: 'Compute an agreement anew' });
    await form.getByText('Where the books are right, nothing happens.').waitFor();
    await form.getByLabel('Agreement').click();
    await page.getByRole('option', { name: 'Sales Incentive Agreement' }).click();
    await form.getByLabel('Why').fill('After the journey');
    await visitor.expectSound('checks, before');
    await form.getByRole('button', { name: 'Compute anew' }).click();
    await page
      .getByText(/^Hardware-sales: \d+ computed, nothing differs\.$/)
      .waitFor({ timeout: patienceMs });
    await visitor.expectSound('checks, computed anew');
    expect(await headOf()).toBe(before);
  }, 180_000);

  test('replays the log, and hears that every row is as it is kept', async () => {
    await page.getByRole('button', { name: 'Replay and compare' }).click();
    await page.getByText(/rows; every one is as it is kept\.$/).waitFor({ timeout: patienceMs });
    const work = page.getByRole('table', { name: 'Work that takes longer' });
    await work
      .getByRole('row', { name: /replay done/ })
      .first()
      .waitFor();
    await visitor.expectSound('checks, replayed');
  }, 180_000);

  test('sees what a draft would change, for whom and by how much, before it is put into force', async () => {
    const before = await headOf();
    const { versions } = (await asOwner.ask('GET', '/agreements/hardware-sales')) as {
      readonly versions: readonly { readonly version: number }[];
    };
    const { text } = (await asOwner.ask(
      'GET',
      `/agreements/hardware-sales/versions/${versions[0]!.version}`,
    )) as {
      readonly text: string;
    };
    const other = text.replace(
      /\[(\d+)% : Base Rate\]/,
      (_, rate: string) => `[${Number(rate) + 1}% : Base Rate]`,
    );
    expect(other).not.toBe(text);
    const withoutExamples = other.replace(/^example [\s\S]*?(?=^```$)/gm, '');
    const made = (await asOwner.ask('POST', '/agreements/hardware-sales/versions', {
      text: withoutExamples,
    })) as { readonly versions: readonly { readonly version: number }[] };
    const draft = Math.max(...made.versions.map(({ version }) => version));
    await visitor.go(`/demo/agreements/hardware-sales?version=${draft}`);
    await page.getByRole('button', { name: `Compute version ${draft} beside the books` }).click();
    const table = page.getByRole('table', { name: 'Differences' });
    await table.waitFor({ timeout: patienceMs });
    await page.getByText(/^In all: Commission USD/).waitFor();
    await visitor.expectSound('a draft, computed beside the books');
    expect(await headOf()).toBe(before);
  }, 180_000);
});
