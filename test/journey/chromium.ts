// SPDX-License-Identifier: Apache-2.0
// The browser of the journeys: the Chromium that the system has. RAPPORT_CHROMIUM names another one.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import places from './chromium-places.json' with { type: 'json' };

export async function openBrowser(): Promise<Browser> {
  const executablePath = [process.env['RAPPORT_CHROMIUM'] ?? '', ...places].find((place) =>
    existsSync(place),
  );
  if (executablePath === undefined)
    throw new Error(
      'The journeys need Chromium, and there is none. Install it (Debian: apt-get install chromium), or name it by RAPPORT_CHROMIUM.',
    );
  return await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
