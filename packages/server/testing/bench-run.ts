// SPDX-License-Identifier: Apache-2.0
// `npm run bench:server -- HISTORY`: this process generates the load and measures; the service and its database run beside
// it, over loopback. How many facts with their postings become durable in a second, how long one takes until its reward is
// posted for everybody to see, and what a history of that many facts changes about both.

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { isoDay } from '@rapport/core/values/date.ts';
import { migrate } from '../store/migrate.ts';
import { openStore, type Store } from '../store/open.ts';
import { plainInsertRate } from '../store/plain-inserts.ts';
import { createWorkspace } from '../store/workspace-rows.ts';
import { openWriters } from '../writer/writers.ts';
import { type AtEnd, endedWell } from './ended-well.ts';
import { activate, day, dayOf } from './sales-agreement.ts';
import { integrationKey, type SentFact, sendUntilAnswered } from './sending.ts';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';
import { startedDatabase } from './started-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

const source = 'https://crm.example';
const representatives = 1000;
const batchFacts = 1000;
const requestsAtOnce = 4;
/** Facts of one measurement of throughput. */
const bulkFacts = 100_000;
/** Single facts a second, for how many seconds, and how many of these only warm up. */
const rate = 500;
const seconds = 10;
const warmUp = 2;
const plainInserts = 2000;

const firstDay = dayOf('2025-01-01');
let deals = 0;

/** Each earns something: one posting at least. */
function nextDeal(): SentFact {
  deals += 1;
  return {
    ...{ specversion: '1.0', id: `D-${deals}`, source, type: 'Deal', subject: `D-${deals}`, revision: 1 },
    data: {
      Representative: `R-${(deals * 7919) % representatives}`,
      Amount: `${100 + ((deals * 31) % 9000)}.${10 + (deals % 90)}`,
      Closed: isoDay(firstDay + ((deals * 13) % 700)),
    },
  };
}

/** What was announced as committed. */
interface Heard {
  tell(head: number): void;
  /** Resolves when a head as high was announced. */
  until(sequence: number): Promise<void>;
}

function newHeard(): Heard {
  let last = 0;
  let waiting: { readonly sequence: number; readonly go: () => void }[] = [];
  return {
    tell: (head) => {
      last = Math.max(last, head);
      const ready = waiting.filter(({ sequence }) => sequence <= last);
      waiting = waiting.filter(({ sequence }) => sequence > last);
      for (const { go } of ready) go();
    },
    until: (sequence) =>
      last >= sequence ? Promise.resolve() : new Promise((go) => waiting.push({ sequence, go })),
  };
}

interface Bench {
  readonly databasePid: number;
  readonly service: ServiceProcess;
  readonly workspace: string;
  readonly key: string;
  readonly heard: Heard;
}

function send({ service, workspace, key }: Bench, facts: readonly SentFact[]) {
  return sendUntilAnswered(() => service.address, { workspace, key, facts });
}

/** Facts a second. */
async function bulk(bench: Bench, facts: number): Promise<number> {
  let left = facts;
  const start = performance.now();
  const sender = async (): Promise<void> => {
    while (left > 0) {
      const count = Math.min(left, batchFacts);
      left -= count;
      const receipts = await send(bench, Array.from({ length: count }, nextDeal));
      if (receipts.some(({ outcome }) => outcome !== 'recorded')) throw new Error('A fact was not recorded.');
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, sender));
  return facts / ((performance.now() - start) / 1000);
}

/** Milliseconds from sending one fact until its posting is committed, announced and answered. */
async function latencies(bench: Bench): Promise<{ readonly p50: number; readonly p99: number }> {
  const times: number[] = [];
  const one = async (at: number): Promise<void> => {
    await new Promise((resolve) => {
      setTimeout(resolve, at);
    });
    const start = performance.now();
    const [receipt] = await send(bench, [nextDeal()]);
    await bench.heard.until(receipt?.sequence ?? 0);
    if (at >= warmUp * 1000) times.push(performance.now() - start);
  };
  await Promise.all(Array.from({ length: rate * seconds }, (_, index) => one((index * 1000) / rate)));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)]!;
  return { p50: at(0.5), p99: at(0.99) };
}

interface ProcessTime {
  readonly parent: number;
  /** Seconds of processor time, with those of its threads. */
  readonly own: number;
  /** Of those that it started and that are gone. */
  readonly ended: number;
}

/** From the place of a process in /proc; null when it is gone. */
function timeOf(pid: number | string): ProcessTime | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
    const secondsAt = (at: number) => (fields[at]! + fields[at + 1]!) / 100;
    return { parent: fields[1]!, own: secondsAt(11), ended: secondsAt(13) };
  } catch {
    return null;
  }
}

/** Seconds of processor time of a process and those that it started, gone or not. */
function familyTime(pid: number): number {
  const self = timeOf(pid);
  const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && timeOf(name)?.parent === pid);
  return others.reduce(
    (sum, other) => sum + (timeOf(other)?.own ?? 0),
    (self?.own ?? 0) + (self?.ended ?? 0),
  );
}

/** Microseconds of processor time of the service and of the database for each fact of some work. */
async function microsFor(bench: Bench, facts: number, work: () => Promise<void>): Promise<string> {
  const times = () => [familyTime(bench.service.pid), familyTime(bench.databasePid)];
  const before = times();
  await work();
  const micros = times().map((after, index) => ((after - before[index]!) * 1e6) / facts);
  return micros.map((each) => `${Math.round(each)} µs`).join(', ');
}

/** Megabytes that the process holds now, and at most so far. */
function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { now: of('VmRSS'), most: of('VmHWM') };
}

function report(name: string, figure: string): void {
  console.log(`${name.padEnd(58)} ${figure}`);
}

async function measure(bench: Bench, url: string): Promise<void> {
  report(`history: ${deals.toLocaleString('en')} facts`, '');
  const plain = await plainInsertRate(url, plainInserts, JSON.stringify(nextDeal()));
  report('  single-row inserts of the same database', `${Math.round(plain).toLocaleString('en')} rows/s`);
  let batches = 0;
  const bulkMicros = await microsFor(bench, bulkFacts, async () => {
    batches = await bulk(bench, bulkFacts);
  });
  report(
    '  durable facts with postings, in batches',
    `${Math.round(batches).toLocaleString('en')} facts/s (${(batches / plain).toFixed(1)} × single rows)`,
  );
  report('  processor time for each: service, database', bulkMicros);
  let times = { p50: 0, p99: 0 };
  const singleMicros = await microsFor(bench, rate * seconds, async () => {
    times = await latencies(bench);
  });
  report(
    `  one fact until its reward is posted, at ${rate}/s`,
    `p50 ${times.p50.toFixed(1)} ms, p99 ${times.p99.toFixed(1)} ms`,
  );
  report('  processor time for each: service, database', singleMicros);
  const { now, most } = memoryOf(bench.service.pid);
  report('  memory of the service', `${now} MB, at most ${most} MB`);
}

async function prepare(store: Store): Promise<{ readonly name: string; readonly key: string }> {
  const name = `bench-${randomBytes(4).toString('hex')}`;
  const workspace = await store.accessing((query) => createWorkspace(query, { name, title: 'Bench' }));
  if (typeof workspace !== 'number') throw new Error('The workspace is there already.');
  const writers = openWriters(store, { owner: 'bench', onEnded: () => undefined });
  const writer = await writers.of(workspace);
  await writer.submit([day('2026-12-31')], { together: true });
  await activate(store, writer);
  await writers.close();
  return { name, key: await integrationKey(store, workspace) };
}

async function run(history: number, atEnd: AtEnd): Promise<number> {
  const folder = temporaryFolder('rapport-bench-', atEnd);
  const options = { folder: join(folder, 'database'), onLine: () => undefined };
  const database = await startedDatabase(options, atEnd);
  await migrate(database.url);
  const store = await openStore({ url: database.url, poolSize: 4, onError: () => undefined });
  if (store.kind === 'refused') throw new Error(store.code);
  atEnd(() => store.close());
  const { name, key } = await prepare(store);
  const service = await startServiceProcess({ databaseUrl: database.url, folder });
  atEnd(() => service.stop());
  const heard = newHeard();
  await store.listen('posted', (payload) => heard.tell(JSON.parse(payload).head));
  const bench: Bench = { databasePid: database.pid(), service, workspace: name, key, heard };
  const processors = cpus();
  console.log(
    `${processors.length} × ${processors[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
  );
  await bulk(bench, 10_000);
  await measure(bench, database.url);
  if (history > deals) {
    const filled = await bulk(bench, history - deals);
    report(
      `filling up to ${history.toLocaleString('en')}`,
      `${Math.round(filled).toLocaleString('en')} facts/s`,
    );
    await measure(bench, database.url);
  }
  return 0;
}

await endedWell((atEnd) => run(Number(process.argv[2] ?? 1_000_000), atEnd));
