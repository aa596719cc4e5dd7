// SPDX-License-Identifier: Apache-2.0
// Every page, on a desk and on a phone, in light and in dark: axe finds nothing, nothing is wider than the screen, and
// the browser has nothing to complain of, above all nothing that the policy of the service refused.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { asMember } from './asking.ts';
import { openBrowser } from './chromium.ts';
import { newVisitor, type Scheme, type Screen } from './visitor.ts';

const address = inject('serviceAddress');
const accounts = inject('accounts');

/** Pages of the demonstration; what stands in braces is looked up first. */
const pages = [
  '/account',
  '/demo/earnings?party={payee}',
  '/demo/overview',
  '/demo/earnings',
  '/demo/wallet',
  '/demo/wallet?party={member}',
  '/demo/statements',
  '/demo/statements/{agreement}/{payee}/{period}',
  '/demo/statements/{agreement}/{payee}/{period}?version=1',
  '/demo/what-if',
  '/demo/facts',
  '/demo/facts/{fact}',
  '/demo/feeds',
  '/demo/feeds/new',
  '/demo/feeds/of/crm',
  '/demo/parties',
  '/demo/parties/{payee}',
  '/demo/agreements',
  '/demo/agreements/{agreement}',
  '/demo/periods',
  '/demo/periods/{agreement}/{period}',
  '/demo/books',
  '/demo/members',
  '/demo/trail',
] as const;

interface Page<T> {
  readonly items: readonly T[];
}

let browser: Browser;
let names: Readonly<Record<string, string>>;

beforeAll(async () => {
  browser = await openBrowser();
  const { ask } = await asMember(address, accounts['owner']!);
  const statements = (await ask('GET', '/statements?limit=1')) as Page<Record<string, string>>;
  const facts = (await ask('GET', '/facts?limit=1')) as Page<{ kind: string; id: string }>;
  const members = (await ask('GET', '/parties?kind=Member&limit=1')) as Page<{ party: string }>;
  const { agreement = '', payee = '', period = '' } = statements.items[0] ?? {};
  const { kind, id } = facts.items[0]!;
  const member = members.items[0]!.party;
  names = { agreement, payee, period, member, fact: `${kind}/${encodeURIComponent(id)}` };
});
afterAll(() => browser?.close());

const screens: readonly (readonly [Screen, Scheme])[] = [
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['phone', 'light'],
  ['phone', 'dark'],
];

describe.each(screens)('on a %s, %s', (screen, scheme) => {
  test('the sign-in page is sound', async () => {
    const visitor = await newVisitor(browser, address, { screen, scheme });
    await visitor.go('/sign-in');
    await visitor.expectSound('/sign-in');
    await visitor.leave();
  });

  test('every page of an owner is sound', async () => {
    const visitor = await newVisitor(browser, address, { screen, scheme });
    await visitor.signIn(accounts['owner']!);
    for (const page of pages) {
      const path = page.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? name);
      await visitor.go(path);
      expect(await visitor.page.getByRole('alert').allInnerTexts(), path).toEqual([]);
      await visitor.expectSound(path);
    }
    await visitor.leave();
  }, 300_000);
});
