// SPDX-License-Identifier: Apache-2.0
// The whole service for a run of the journeys: the pages built, a database of its own, the demonstration loaded, and
// listening. It is what `npm start` runs, in this process.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { createOwner } from '../../packages/server/access/create-owner.ts';
import { demoAccounts, makeDemo } from '../../packages/server/commands/demo.ts';
import { startService } from '../../packages/server/commands/start-service.ts';
import { readConfiguration } from '../../packages/server/configuration/configuration.ts';
import { newLog } from '../../packages/server/configuration/log.ts';
import type { Store } from '../../packages/server/store/open.ts';
import { createWorkspace } from '../../packages/server/store/workspace-rows.ts';
import { openedToAll } from '../../packages/server/testing/temporary-folder.ts';
import type { Account } from './visitor.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the service listens. */
    serviceAddress: string;
    /** Who can sign in, by role; the founder has a workspace of their own, with nothing in it. */
    accounts: Readonly<Record<string, Account>>;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = openedToAll(mkdtempSync(join(tmpdir(), 'rapport-journey-')));
  const accountsFile = join(folder, 'accounts.txt');
  const port = `${await freePort()}`;
  // By name, since passkeys belong to names.
  const address = `http://localhost:${port}`;
  const read = readConfiguration(
    { RAPPORT_DATA: folder, RAPPORT_URL: address, PORT: port, RAPPORT_LOG_LEVEL: 'error' },
    { isTerminal: false, usualDataFolder: folder },
  );
  if (read.kind === 'wrong') throw new Error(read.problems.join(' '));
  const { configuration } = read;
  const write = (line: string) => console.error(line);
  const log = newLog({ ...configuration.log, write, clock: () => new Date() });
  let founder: Account | null = null;
  const service = await startService(configuration, log, {
    version: '0.0.0',
    pages: await builtPages(),
    beforeListening: async (context, http) => {
      await makeDemo(context, http, accountsFile);
      founder = await newWorkspace(context.store);
    },
  });
  if (service.kind === 'not started') throw new Error(service.why);
  project.provide('serviceAddress', address);
  if (founder === null) throw new Error('the empty workspace was not made');
  project.provide('accounts', { ...accountsOf(demoAccounts(accountsFile)), founder });
  return async () => {
    await service.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}

/** A workspace in which nothing is yet, and its owner with a one-time password. */
async function newWorkspace(store: Store): Promise<Account> {
  const email = 'founder@new.example';
  const workspace = await store.accessing((query) =>
    createWorkspace(query, { name: 'new', title: 'New and empty' }),
  );
  const { oneTimePassword } = await createOwner(store, { workspace: workspace!, name: 'Fia Founder', email });
  return { email, password: oneTimePassword! };
}

/** The folder of the pages, built when a source is newer. */
async function builtPages(): Promise<string> {
  const web = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'packages', 'web');
  const { buildPagesWhenStale } = (await import(/* @vite-ignore */ join(web, 'build.js'))) as {
    buildPagesWhenStale: () => Promise<void>;
  };
  await buildPagesWhenStale();
  return join(web, 'dist');
}

/** "ada@demo.example  secret  Ada Brandt (representative)", one line each; the first of a role counts. */
function accountsOf(lines: readonly string[]): Readonly<Record<string, Account>> {
  const found = lines.flatMap((line) => {
    const parts = /^(\S+)\s+(\S+)\s+.*\(([^)]+)\)$/.exec(line);
    return parts === null ? [] : [[parts[3]!, { email: parts[1]!, password: parts[2]! }] as const];
  });
  return Object.fromEntries(found.reverse());
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
