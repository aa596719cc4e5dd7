// SPDX-License-Identifier: Apache-2.0
// The moment that must work: months after a quarter was closed, a deal of it turns out smaller. The old statement stays
// as it was, byte for byte, and still verifies in the browser; the open quarter has one line with the exact difference,
// which opens to its cause; and the representative sees it as it happens.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Asking, asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');

interface Deal {
  readonly id: string;
  readonly revision: number;
  readonly fields: Readonly<Record<string, unknown>> & { readonly Amount?: { readonly amount: string } };
}
interface Statements {
  readonly items: readonly { readonly agreement: string; readonly period: string; readonly payee: string }[];
}
interface Posting {
  readonly accounting: string;
  readonly component: string;
  readonly period: string;
  readonly due: { readonly amount: string };
  readonly cause: { readonly fact: { readonly id: string } | null };
}

let browser: Browser;
let visitor: Visitor;
let page: Page;
let own: Asking;
let finance: Asking;
/** The latest quarter that is closed, and what its statement says. */
let closed: { readonly payee: string; readonly period: string };
let before: string;
let deal: Deal;

const statementOf = ({ payee, period }: typeof closed) =>
  `/agreements/hardware-sales/statements/${payee}/${period}`;

beforeAll(async () => {
  browser = await openBrowser();
  visitor = await newVisitor(browser, address);
  page = visitor.page;
  own = await asMember(address, accounts['representative']!);
  finance = await asMember(address, accounts['finance']!);
  const { items: all } = (await own.ask('GET', '/statements?limit=100')) as Statements;
  const items = all.filter(({ agreement }) => agreement === 'hardware-sales');
  closed = [...items].sort((a, b) => a.period.localeCompare(b.period)).at(-1)!;
  before = JSON.stringify(await own.ask('GET', `${statementOf(closed)}?version=1`));
  const { start, end } = JSON.parse(before) as { start: string; end: string };
  const found = (await own.ask(
    'GET',
    `/facts?kind=Deal&from=${start}&through=${end}&party=${closed.payee}&limit=200`,
  )) as { readonly items: readonly Deal[] };
  deal = found.items.find(({ fields }) => fields['Stage'] === 'Won')!;
  await visitor.signIn(accounts['representative']!);
});
afterAll(() => browser?.close());

describe('a credit note for a deal of a closed quarter', () => {
  test('is seen as it happens, as a change of the open quarter', async () => {
    await visitor.go('/demo/earnings');
    await page.getByText('live', { exact: true }).first().waitFor();
    await finance.ask('POST', '/facts', {
      specversion: '1.0',
      id: `credit-note-${deal.id}`,
      source: '/journey',
      type: 'Deal',
      subject: deal.id,
      revision: deal.revision + 1,
      data: { ...deal.fields, Amount: { amount: '1', asset: 'USD' } },
    });
    const posted = page.locator('li', { has: page.getByRole('link', { name: `Deal ${deal.id}` }) }).first();
    await posted.waitFor({ timeout: 5000 });
    await expect.poll(() => posted.textContent()).toContain('−');
  });

  test('leaves the old statement as it was, byte for byte', async () => {
    expect(JSON.stringify(await own.ask('GET', `${statementOf(closed)}?version=1`))).toBe(before);
  });

  test('stands in the open quarter as one line with the exact difference, which opens to its cause', async () => {
    const postings = (await own.ask('GET', '/postings?agreement=hardware-sales&limit=50')) as {
      readonly items: readonly Posting[];
    };
    const due = postings.items.find(
      ({ cause, component, period }) =>
        cause.fact?.id === deal.id && component === 'Commission' && period === closed.period,
    )!;
    const difference = due.due.amount.replace('-', '−').replace(/\B(?=(\d{3})+\.)/g, ',');
    await visitor.go(`/demo/statements/hardware-sales/${closed.payee}/${due.accounting}`);
    await page.getByRole('heading', { name: 'From earlier periods' }).waitFor();
    const line = page.getByRole('button', { name: new RegExp(`^Commission.*for ${closed.period}`) });
    expect(await line.textContent()).toContain(difference);
    await line.click();
    await page.getByText('because of').first().waitFor();
    await page
      .getByRole('link', { name: new RegExp(`Deal ${deal.id}`) })
      .first()
      .waitFor();
    await page.getByText('How it was reckoned').first().waitFor();
    await visitor.expectSound('a statement with a line of an earlier period');
  });

  test('changes nothing in what the old bundle proves', async () => {
    await visitor.go(`/demo/statements/hardware-sales/${closed.payee}/${closed.period}?version=1`);
    await page.getByRole('button', { name: 'Recompute here' }).click();
    await page.getByText(/lines came out the same/).waitFor({ timeout: 20_000 });
    await visitor.expectSound('an old statement, recomputed');
  });
});
