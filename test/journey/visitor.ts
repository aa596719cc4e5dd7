// SPDX-License-Identifier: Apache-2.0
// Somebody at a browser: on a screen of a kind, in light or dark, signed in or not. Whatever the browser complains of
// is kept, above all what the policy of the service refused, and a journey ends only without complaints.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';

export const screens = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const;
export type Screen = keyof typeof screens;
export type Scheme = 'light' | 'dark';

export interface Visitor {
  readonly page: Page;
  /** Goes to a page of the service and waits until it has loaded what it shows. */
  go(path: string): Promise<void>;
  signIn(account: Account): Promise<void>;
  /** No complaint of the browser, nothing that axe finds, and nothing wider than the screen. */
  expectSound(where: string): Promise<void>;
  leave(): Promise<void>;
}

export interface Account {
  readonly email: string;
  readonly password: string;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe found, each with the elements that it is about. */
const findings = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => id + ': ' + target.join(' ') + ' ' + failureSummary)))`;

export async function newVisitor(
  browser: Browser,
  address: string,
  { screen = 'desktop', scheme = 'light' }: { readonly screen?: Screen; readonly scheme?: Scheme } = {},
): Promise<Visitor> {
  const context = await browser.newContext({ ...screens[screen], colorScheme: scheme, baseURL: address });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refusal of the service is an answer, and the browser calls every one of them an error.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
  });
  const settled = async () => {
    await page.locator('main h1').first().waitFor();
    const loading = page.locator('[data-loading]');
    while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'detached' });
  };
  return {
    page,
    go: async (path) => {
      await page.goto(path);
      await settled();
    },
    signIn: async ({ email, password }) => {
      await page.goto('/sign-in');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((url) => url.pathname !== '/sign-in');
      await settled();
    },
    expectSound: async (where) => {
      await page.evaluate(axe);
      expect(await page.evaluate(findings), `what axe finds on ${where}`).toEqual([]);
      // On a phone the window itself grows with what is too wide for it.
      const { width } = screens[screen].viewport;
      const isTooWide = await page.evaluate(`document.documentElement.scrollWidth > ${width}`);
      expect(isTooWide, `${where} is wider than the screen`).toBe(false);
      expect(complaints, `complaints of the browser on ${where}`).toEqual([]);
    },
    leave: () => context.close(),
  };
}
