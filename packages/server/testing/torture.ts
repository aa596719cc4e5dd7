// SPDX-License-Identifier: Apache-2.0
// The service under load while it, or its database, is killed again and again; facts come repeated, out of order and
// corrected. Afterwards every acknowledged fact must be in the log once, the books must balance, and a replay must agree.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isoDay } from '@rapport/core/values/date.ts';
import { entriesOfKind } from '../store/log-rows.ts';
import { migrate } from '../store/migrate.ts';
import { openStore, type Store } from '../store/open.ts';
import { accountBalances } from '../store/transfer-rows.ts';
import { createWorkspace } from '../store/workspace-rows.ts';
import { checkReplay } from '../writer/replay-check.ts';
import { openWriters } from '../writer/writers.ts';
import type { AtEnd } from './ended-well.ts';
import { activate, day, dayOf } from './sales-agreement.ts';
import { integrationKey, type SentFact, sendUntilAnswered } from './sending.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { seeded } from './simulated-load.ts';
import { startedDatabase } from './started-database.ts';

export interface TortureOptions {
  /** Empty, and open to the user of the database. */
  readonly folder: string;
  readonly seed: number;
  readonly kills: number;
  /** Senders at once. */
  readonly senders: number;
  readonly say: (line: string) => void;
  /** Told how to end the processes that are started. */
  readonly atEnd: AtEnd;
}

export interface TortureReport {
  readonly serviceKills: number;
  readonly databaseKills: number;
  readonly acknowledged: number;
  /** Sent again after it was acknowledged, and answered as the first time. */
  readonly repeated: number;
  readonly recorded: number;
  /** What is wrong; must be empty. */
  readonly problems: readonly string[];
}

const source = 'https://crm.example';
const people = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay'];

export async function torture(options: TortureOptions): Promise<TortureReport> {
  const { folder, seed, kills, senders, say, atEnd } = options;
  const random = seeded(seed);
  const database = await startedDatabase(
    { folder: join(folder, 'database'), onLine: () => undefined, steadyAfter: 0 },
    atEnd,
  );
  await migrate(database.url);
  const store = await openStore({ url: database.url, poolSize: 4, onError: () => undefined });
  if (store.kind === 'refused') throw new Error(store.code);
  atEnd(() => store.close());
  const name = `torture-${randomBytes(4).toString('hex')}`;
  const workspace = await store.accessing((query) => createWorkspace(query, { name, title: 'Torture' }));
  if (typeof workspace !== 'number') throw new Error('The workspace is there already.');
  await prepare(store, workspace);
  const key = await integrationKey(store, workspace);

  const start = async (): Promise<ServiceProcess> => {
    const started = await startServiceProcess({ databaseUrl: database.url, folder });
    void started.fell.then((said) => problems.push(`the service ended by itself: ${said}`));
    return started;
  };
  const problems: string[] = [];
  let service: ServiceProcess = await start();
  atEnd(() => service.kill());
  const load = newLoad(random);
  const acknowledged = new Map<string, number>();
  let repeated = 0;
  let isOver = false;
  atEnd(() => {
    isOver = true;
  });

  async function send(): Promise<void> {
    while (!isOver) {
      const facts = load.next();
      const receipts = await sendUntilAnswered(() => service.address, { workspace: name, key, facts });
      for (const { id, revision, outcome, sequence, problem } of receipts) {
        const identity = `${id} ${revision}`;
        const before = acknowledged.get(identity);
        if (sequence === null)
          problems.push(`${identity} was answered ${outcome}: ${JSON.stringify(problem)}`);
        else if (before === undefined) acknowledged.set(identity, sequence);
        else if (before !== sequence) problems.push(`${identity} was answered ${before}, then ${sequence}`);
        else repeated += 1;
      }
    }
  }

  const sending = Promise.all(Array.from({ length: senders }, send));
  // Its failure is met below, where it is awaited.
  sending.catch(() => undefined);
  let databaseKills = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    await progress(acknowledged, problems);
    await pause(random() * 600);
    // Both at least once, in a short run too.
    const what = (kill < 2 ? kill === 0 : random() < 0.5) ? 'service' : 'database';
    if (what === 'database') {
      killNow(database.pid());
      databaseKills += 1;
      await reachable(store);
    } else {
      await service.kill();
      service = await started(start);
    }
    say(`kill ${kill + 1} of ${kills}: ${what}; ${acknowledged.size} facts acknowledged`);
    if (problems.length > 0) break;
  }
  isOver = true;
  await sending;
  await service.stop();
  // A database that was killed last may be starting still.
  await reachable(store);
  const recorded = await check(store, workspace, acknowledged, problems);
  const serviceKills = kills - databaseKills;
  return { serviceKills, databaseKills, acknowledged: acknowledged.size, repeated, recorded, problems };
}

/** Waits until more was acknowledged, so that each kill meets work; gives up when nothing is for a minute. */
async function progress(
  acknowledged: ReadonlyMap<string, number>,
  problems: readonly string[],
): Promise<void> {
  const before = acknowledged.size;
  for (let attempt = 1; acknowledged.size < before + 20; attempt += 1) {
    if (problems.length > 0) throw new Error(problems.join('\n'));
    if (attempt === 600) throw new Error('The service answers nobody any more.');
    await pause(100);
  }
}

/** A database that is just being started again has no process to kill. */
function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function prepare(store: Store, workspace: number): Promise<void> {
  const writers = openWriters(store, { owner: 'torture', onEnded: () => undefined });
  const writer = await writers.of(workspace);
  await writer.submit([day('2026-12-31')], { together: true });
  await activate(store, writer);
  await writers.close();
}

/** Batches with new deals, corrections (also before what they correct), voids, and what was sent before. */
function newLoad(random: () => number): { next(): readonly SentFact[] } {
  const whole = (below: number) => Math.floor(random() * below);
  const sent: SentFact[] = [];
  let deals = 0;

  function revision(id: string, number: number): SentFact {
    const voided = number > 1 && whole(8) === 0;
    const data = {
      Representative: people[whole(people.length)]!,
      Amount: `${100 + whole(50_000)}`,
      Closed: isoDay(dayOf('2026-01-01') + whole(360)),
    };
    const head = { specversion: '1.0', id: `${id}/${number}`, source, type: 'Deal', subject: id } as const;
    return { ...head, revision: number, ...(voided ? { voided } : { data }) };
  }

  return {
    next: () => {
      const batch: SentFact[] = [];
      const count = 1 + whole(30);
      while (batch.length < count) {
        deals += 1;
        const revisions = 1 + (whole(4) === 0 ? whole(3) : 0);
        for (let number = 1; number <= revisions; number += 1) batch.push(revision(`D-${deals}`, number));
        if (sent.length > 0 && whole(5) === 0) batch.push(sent[whole(sent.length)]!);
      }
      for (let place = batch.length - 1; place > 0; place -= 1) {
        const other = whole(place + 1);
        [batch[place], batch[other]] = [batch[other]!, batch[place]!];
      }
      sent.push(...batch.filter(() => whole(10) === 0));
      return batch;
    },
  };
}

/** A service that is killed while it starts, by the loss of its database, is started again. */
async function started(start: () => Promise<ServiceProcess>): Promise<ServiceProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === 20) throw error;
      await pause(500);
    }
  }
}

async function reachable(store: Store): Promise<void> {
  for (let attempt = 1; !(await store.isReachable()); attempt += 1) {
    if (attempt === 300) throw new Error('The database did not come back.');
    await pause(100);
  }
}

/** Looks at what is left: how many facts, each once, and the books over them. */
async function check(
  store: Store,
  workspace: number,
  acknowledged: ReadonlyMap<string, number>,
  problems: string[],
): Promise<number> {
  const log = await store.within(workspace, (scope) => entriesOfKind(scope, { kind: 'fact' }));
  const found = new Map<string, number>();
  for (const { subject, revision, sequence } of log) {
    const identity = `${subject} ${revision}`;
    if (found.has(identity)) problems.push(`${identity} is in the log twice`);
    found.set(identity, sequence);
  }
  for (const [identity, sequence] of acknowledged)
    if (found.get(identity) !== sequence)
      problems.push(`${identity} was acknowledged as ${sequence} and is not there`);
  const sums = new Map<string, bigint>();
  for (const { asset, balance } of await store.within(workspace, (scope) => accountBalances(scope)))
    sums.set(asset, (sums.get(asset) ?? 0n) + balance);
  for (const [asset, sum] of sums) if (sum !== 0n) problems.push(`accounts of ${asset} add up to ${sum}`);
  const replay = await checkReplay(store, workspace);
  if (replay.stopped !== null) problems.push(replay.stopped);
  for (const { table, replayed, kept } of replay.differences)
    problems.push(`replay differs in ${table}: ${replayed} replayed, ${kept} kept`);
  if (replay.entries < log.length) problems.push(`only ${replay.entries} entries were replayed`);
  return log.length;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
