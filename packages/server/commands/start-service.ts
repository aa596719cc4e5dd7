// SPDX-License-Identifier: Apache-2.0
// The service put together: database, writers, access, actions, jobs, HTTP. What was opened is closed in the opposite
// order, also when a later step is refused.
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openAccess } from '../access/open-access.ts';
import { readSecretKeys } from '../access/secret-keys.ts';
import { secretsWith } from '../access/secrets.ts';
import type { Context } from '../actions/context.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Log } from '../configuration/log.ts';
import { messageSender } from '../connectors/send-message.ts';
import { buildHttp, type HttpOptions } from '../http/build.ts';
import { deliverWebhooks } from '../jobs/deliver-webhooks.ts';
import { jobs } from '../jobs/job-list.ts';
import { startJobs } from '../jobs/start-jobs.ts';
import { appendErasure, type Erasure } from '../store/backup/erasure-journal.ts';
import { migrate } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import { type Refused, refusedSentence } from '../store/refused.ts';
import { listWorkspaces } from '../store/workspace-rows.ts';
import { openWriters } from '../writer/writers.ts';
import { openDatabase } from './database.ts';

export interface Service {
  readonly kind: 'running';
  readonly context: Context;
  /** Where it listens: http://127.0.0.1:8080. */
  readonly address: string;
  /** Resolves with the reason when the service cannot go on. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

export interface NotStarted {
  readonly kind: 'not started';
  readonly why: string;
}

export interface ServiceOptions {
  readonly version: string;
  /** Folder of the built pages; null serves none. */
  readonly pages: string | null;
  /** Runs before the service listens, with what it will answer with. */
  readonly beforeListening?: (context: Context, http: HttpOptions) => Promise<void>;
}

export async function startService(
  configuration: Configuration,
  log: Log,
  options: ServiceOptions,
): Promise<Service | NotStarted> {
  const closings: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closings.splice(0).reverse()) await each();
  };
  const giveUp = async (why: string): Promise<NotStarted> => {
    await close();
    return { kind: 'not started', why };
  };
  const refuse = (refused: Refused) => giveUp(refusedSentence(refused));

  const keys = readSecretKeys(
    configuration.secretKey ?? undefined,
    join(configuration.dataFolder, 'secret.key'),
  );
  if (keys.kind === 'wrong') return await giveUp(keys.problem);
  const database = await openDatabase(configuration, log);
  if (database.kind === 'refused') return await refuse(database);
  closings.push(() => database.stop());
  const migrated = await migrate(database.url);
  if (migrated.kind === 'refused') return await refuse(migrated);
  const store = await openStore({
    url: database.url,
    poolSize: configuration.databasePool,
    onError: (error) => log.warn('database_connection_lost', { why: error.message }),
  });
  if (store.kind === 'refused') return await refuse(store);
  closings.push(() => store.close());
  const writers = openWriters(store, {
    owner: `${hostname()} ${process.pid}`,
    onEnded: (workspace, why) => log.warn('writer_ended', { workspace, why }),
  });
  closings.push(() => writers.close());
  const clock = () => new Date();
  const secrets = secretsWith(keys.keys);
  const publicUrl = configuration.publicUrl ?? `http://${configuration.host}:${configuration.port}`;
  const access = openAccess({
    store,
    secrets,
    publicUrl,
    clock,
    providers: configuration.identityProvider === null ? [] : [configuration.identityProvider],
    onError: (error) => log.error('sign_in_failed', { error: error.name }),
  });
  const journalErasure = (erasure: Erasure) =>
    appendErasure(join(configuration.dataFolder, 'erasures.jsonl'), erasure);
  const context: Context = {
    store,
    writers,
    clock,
    random: randomBytes,
    secrets,
    access,
    journalErasure,
    log,
  };
  const httpOptions: HttpOptions = {
    access,
    publicUrl,
    pages: options.pages,
    version: options.version,
    trustedProxies: configuration.trustedProxies,
    allowsInside: configuration.sendsInside,
  };
  const workspaces = async () => (await store.accessing(listWorkspaces)).map(({ workspace }) => workspace);
  await options.beforeListening?.(context, httpOptions);
  const webhooks = deliverWebhooks(messageSender({ allowsInside: configuration.sendsInside }));
  const running = await startJobs(context, { jobs: [...jobs, webhooks], workspaces });
  closings.push(() => running.stop());
  const app = await buildHttp(context, httpOptions);
  closings.push(() => app.close());
  try {
    const address = await app.listen({ host: configuration.host, port: configuration.port });
    return { kind: 'running', context, address, lost: database.onLost, close };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const place = `${configuration.host}:${configuration.port}`;
    if (code === 'EADDRINUSE')
      return await giveUp(
        `${place} is in use already. Set PORT to another port, or stop what listens there.`,
      );
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
      return await giveUp(`Cannot listen on ${place} (${code}). Set HOST and PORT.`);
    await close();
    throw error;
  }
}
