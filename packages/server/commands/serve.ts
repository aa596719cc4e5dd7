// SPDX-License-Identifier: Apache-2.0
// `rapport-server serve`: the service until it is told to stop.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { passkeyAddress } from '../access/cross-site.ts';
import { type Command, exitOk, exitRefused } from './command.ts';
import { demoAccounts, makeDemo } from './demo.ts';
import { ensureOwner } from './first-owner.ts';
import { startService } from './start-service.ts';

export const serve: Command = {
  usage: 'serve',
  summary: 'runs the service until it is told to stop',
  run: async ({ configuration, log, say }) => {
    const begun = performance.now();
    const accountsFile = join(configuration.dataFolder, 'demo-accounts.txt');
    let firstSteps: readonly string[] = [];
    const service = await startService(configuration, log, {
      version: ownVersion(),
      pages: pagesFolder(),
      beforeListening: async (context, http) => {
        if (!configuration.hasDemo) {
          firstSteps = await ensureOwner(context.store, configuration.ownerEmail);
          return;
        }
        const took = await makeDemo(context, http, accountsFile);
        if (took !== null) log.info('demo_loaded', { milliseconds: Math.round(took) });
      },
    });
    if (service.kind === 'not started') {
      say(`rapport-server: ${service.why}`);
      return exitRefused;
    }
    log.info('started', { milliseconds: Math.round(performance.now() - begun) });
    const at = configuration.publicUrl ?? service.address;
    // By its name where it has one: browsers make no passkeys for a number.
    say(`Rapport is at ${passkeyAddress(at) ?? at}`);
    const accounts = configuration.hasDemo ? demoAccounts(accountsFile) : [];
    if (accounts.length > 0) {
      say('Sign in to the demonstration as:');
      for (const line of accounts) say(`  ${line}`);
    }
    for (const line of firstSteps) say(line);
    say(
      `The API is described at ${service.address}/api/v1/docs; data is kept in ${configuration.dataFolder}`,
    );
    const why = await Promise.race([
      toldToStop(),
      service.lost.then((reason) => `the database is lost: ${reason}`),
    ]);
    log.info('stopping', { why });
    await service.close();
    log.info('stopped');
    return why.startsWith('SIG') ? exitOk : exitRefused;
  },
};

/** Resolves with the name of the first signal; a second one ends the process at once. */
function toldToStop(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve(signal);
        process.once(signal, () => process.exit(exitRefused));
      });
    }
  });
}

const here = dirname(fileURLToPath(import.meta.url));

/** The built pages: beside the package of the server, or inside it when published. */
function pagesFolder(): string | null {
  const places = [
    join(here, 'pages'),
    join(here, '..', '..', 'web', 'dist'),
    join(here, '..', '..', '..', 'web', 'dist'),
  ];
  return places.find((place) => existsSync(join(place, 'index.html'))) ?? null;
}

function ownVersion(): string {
  const found = [join(here, '..', 'package.json'), join(here, '..', '..', 'package.json')].find((each) =>
    existsSync(each),
  );
  if (found === undefined) return '0.0.0';
  const { version } = JSON.parse(readFileSync(found, 'utf8')) as { readonly version?: string };
  return version ?? '0.0.0';
}
