// SPDX-License-Identifier: Apache-2.0
// From terms to money in the browser: a version is put into force, a dated value of a party is changed, a period is closed
// and locked, its statements are approved and recorded as paid, and the representative sees it.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Asking, asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');

const terms = `# Referral plan

[Northwind Hardware Inc. : Company] pays a Representative [USD 50 : Reward] for each Referral of a quarter.

\`\`\`rapport
party Company
parties Representatives
each Referral has Representative, Made (date); counts on Made
Company pays each Representative each quarter "Referrals": Reward × count of Referrals of the Representative in the quarter
calendar: calendar quarters and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: none
\`\`\`
`;

let browser: Browser;
let asOwner: Asking;
/** The quarter before the one of today, and a day in it. */
let period: string;
let inPeriod: string;

beforeAll(async () => {
  browser = await openBrowser();
  asOwner = await asMember(address, accounts['owner']!);
  const { items } = (await asOwner.ask('GET', '/agreements/hardware-sales/periods')) as {
    readonly items: readonly {
      readonly period: string;
      readonly unit: string;
      readonly state: string;
      readonly end: string;
    }[];
  };
  const last = items.find(({ unit, state }) => unit === 'quarter' && state === 'locked')!;
  period = last.period;
  inPeriod = last.end;
  await asOwner.ask('POST', '/agreements', { agreement: 'referrals', text: terms });
});
afterAll(() => browser?.close());

async function visit(role: string, look: Parameters<typeof newVisitor>[2] = {}): Promise<Visitor> {
  const visitor = await newVisitor(browser, address, look);
  await visitor.signIn(accounts[role]!);
  return visitor;
}

/** Opens a step of the period and gives the form that is in it. */
async function openStep(page: Page, button: RegExp, form: RegExp) {
  // By keyboard alone: each step is reached and opened without a mouse.
  await page.getByRole('button', { name: button }).focus();
  await page.keyboard.press('Enter');
  return page.getByRole('form', { name: form });
}

describe('the owner', () => {
  test('puts a version of an agreement into force', async () => {
    const visitor = await visit('owner');
    const { page } = visitor;
    await visitor.go('/demo/agreements/referrals');
    const form = page.getByRole('form', { name: 'Put version 1 into force' });
    await form.getByLabel('Why').fill('Agreed with everybody');
    await visitor.expectSound('an agreement, before it is in force');
    await form.getByRole('button', { name: 'Put version 1 into force' }).click();
    await page.getByText('active', { exact: true }).first().waitFor();
    await visitor.expectSound('an agreement in force');
    const listed = (await asOwner.ask('GET', '/agreements/referrals')) as {
      readonly versions: readonly { readonly state: string }[];
    };
    expect(listed.versions.map(({ state }) => state)).toEqual(['active']);
    await visitor.leave();
  });

  test('changes a dated value of a party: what held before stays for the days before', async () => {
    const { items } = (await asOwner.ask('GET', '/parties?kind=Representative&text=ada-brandt&limit=1')) as {
      readonly items: readonly { readonly party: string }[];
    };
    const visitor = await visit('owner');
    const { page } = visitor;
    await visitor.go(`/demo/parties/${items[0]!.party}`);
    const relations = page.getByRole('table', { name: 'Relations' });
    await relations.getByText('always').waitFor();
    const form = page.getByRole('form', { name: 'Set a value' });
    const manager = form.getByRole('combobox', { name: 'Manager' });
    await manager.fill('Rosa');
    await page.getByRole('option', { name: 'Rosa Keller' }).click();
    await form.getByLabel('From').fill('2031-01-01');
    await form.getByRole('button', { name: 'Set' }).click();
    await relations.getByText(/from 1.Jan.2031/).waitFor();
    expect(await relations.getByRole('row').count()).toBe(3);
    await visitor.expectSound('a party with a value from a day on');
    await visitor.leave();
  });
});

describe('who keeps the books', () => {
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    for (const [id, of] of [
      ['R-1', 'ada-brandt'],
      ['R-2', 'ada-brandt'],
      ['R-3', 'bela-novak'],
    ])
      await asOwner.ask('POST', '/facts', {
        ...{ specversion: '1.0', id: `journey-${id}`, source: '/journey', type: 'Referral', subject: id },
        data: { Representative: of, Made: inPeriod },
      });
    visitor = await visit('finance');
    page = visitor.page;
  });

  test('closes and locks a period, and is told before what that does', async () => {
    await visitor.go('/demo/periods');
    await page
      .getByRole('table', { name: 'Periods of referrals' })
      .getByRole('link', { name: period, exact: true })
      .click();
    const form = await openStep(page, /^Close …/, /^Close or lock/);
    await form.getByText(/ends it for good/).waitFor();
    await visitor.expectSound('a period, before it is closed');
    await form.getByRole('button', { name: `Close and lock ${period}` }).click();
    await page.getByText(/^Closed and locked/).waitFor();
    await page.getByText('locked', { exact: true }).waitFor();
    await visitor.expectSound('a period, closed and locked');
  });

  test('approves its statements, all at once', async () => {
    const form = await openStep(page, /^Approve …/, /^Approve statements/);
    await form.getByText(/can be taken back as long as nothing was paid/).waitFor();
    await form.getByRole('button', { name: /^Approve \d+ statements$/ }).click();
    await form.getByText(/\d+ approved/).waitFor();
    await form.getByRole('button', { name: 'Done' }).click();
    const row = page.getByRole('row', { name: /Ada Brandt/ });
    await row.getByText('approved', { exact: true }).waitFor();
    expect(await row.textContent()).toContain('100.00');
    await visitor.expectSound('a period with approved statements');
  });

  test('takes one approval back with a reason, and gives it again', async () => {
    await page.getByRole('link', { name: /Bela Novak/ }).click();
    await page.getByRole('link', { name: /^Version 1/ }).click();
    await page.getByRole('button', { name: /^Take the approval back/ }).click();
    const back = page.getByRole('form', { name: 'Take the approval back' });
    await back.getByLabel('Why').fill('Looked at again');
    await back.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: /^Approve version 1/ }).click();
    const again = page.getByRole('form', { name: 'Approve the statement' });
    await visitor.expectSound('a statement, before it is approved');
    await again.getByRole('button', { name: 'Approve version 1' }).click();
    await page.getByText('Approved for payment').waitFor();
    await visitor.expectSound('a statement, approved');
  });

  test('records what payroll paid, after seeing it row by row', async () => {
    await visitor.go(`/demo/periods/referrals/${period}`);
    const form = await openStep(page, /^Record payments …/, /^Record what was paid/);
    await form.getByText('A file of payroll').click();
    const rows = ['payee,period,amount,reference', `ada-brandt,${period},100.00,SEPA 7`];
    await form
      .locator('input[type="file"]')
      .setInputFiles({ name: 'payroll.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await form.getByLabel('Paid on').fill(inPeriod);
    await form.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('table', { name: 'Payments' });
    await preview.getByText('Ada Brandt').waitFor();
    await preview.getByText('to be recorded').waitFor();
    await visitor.expectSound('a preview of payments');
    await page.getByRole('button', { name: 'Record 1 payment' }).click();
    await page.getByText('1 recorded.').waitFor();
    const row = page.getByRole('table', { name: /^Statements of/ }).getByRole('row', { name: /Ada Brandt/ });
    await row.getByText('paid', { exact: true }).waitFor();
    await visitor.expectSound('a period with a paid statement');
  });

  test('is told with the figures when a payment is more than is approved', async () => {
    await page
      .getByRole('table', { name: /^Statements of/ })
      .getByRole('link', { name: /Bela Novak/ })
      .click();
    await page.getByRole('button', { name: /^Record a payment/ }).click();
    const form = page.getByRole('form', { name: 'Record a payment' });
    await form.getByLabel('Amount in USD').fill('60');
    await form.getByLabel('Paid on').fill(inPeriod);
    await form.getByRole('button', { name: 'Record the payment' }).click();
    await form.getByText(/USD 60\.00 for .* is more than the USD 50\.00/).waitFor();
    await visitor.expectSound('a payment that was refused');
  });
});

test('the representative sees what is paid', async () => {
  const visitor = await visit('representative');
  const { page } = visitor;
  await visitor.go('/demo/statements');
  const { items } = (await asOwner.ask('GET', `/statements?agreement=referrals&limit=100`)) as {
    readonly items: readonly { readonly payee: string; readonly payeeName: string; readonly state: string }[];
  };
  const own = items.find(({ payeeName }) => payeeName === 'Ada Brandt')!;
  expect(own.state).toBe('paid');
  await visitor.go(`/demo/statements/referrals/${own.payee}/${period}`);
  const now = page.getByRole('region', { name: 'Where it stands by now' });
  await now.getByText(/SEPA 7/).waitFor();
  expect(await now.textContent()).toMatch(/Still to pay.*0\.00/);
  expect(await page.getByRole('button', { name: /Record a payment/ }).count()).toBe(0);
  await visitor.expectSound('a paid statement, of its representative');
  await visitor.leave();
});

test('the steps of a period are sound on a phone and in the dark', async () => {
  const visitor = await visit('finance', { screen: 'phone', scheme: 'dark' });
  const { page } = visitor;
  await visitor.go(`/demo/periods/referrals/${period}`);
  await openStep(page, /^Record payments …/, /^Record what was paid/);
  await visitor.expectSound('payments on a phone, dark');
  await visitor.leave();
});
