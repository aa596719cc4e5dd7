// SPDX-License-Identifier: Apache-2.0
// Two owners can never both write: a killed session, a paused process and a silent or broken connection each end the
// first one, whatever it believes. What it acknowledged is there once, and nothing comes after the other has begun.
import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { bundled } from '../testing/bundled.ts';
import { cutWire } from '../testing/cut-wire.ts';
import { activate, day, deal } from '../testing/sales-agreement.ts';
import { testDatabase } from '../testing/test-database.ts';
import { checkReplay } from './replay-check.ts';
import { openWriter, WriterEnded } from './writer.ts';
import type { Writer } from './writing.ts';

const database = await testDatabase();
const program = bundled('packages/server/testing/writing-process.ts');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function open(workspace: number, url = database.url): Promise<Writer> {
  const writer = await openWriter({
    store: { ...(await database.store()), url },
    workspace,
    owner: 'second',
  });
  if ('kind' in writer) throw new Error(`owned by ${writer.owner}`);
  return writer;
}

async function prepared(): Promise<number> {
  const workspace = await database.newWorkspace();
  const writer = await open(workspace);
  await activate(await database.store(), writer);
  await writer.submit([day('2026-04-01')], { together: true });
  await writer.close();
  return workspace;
}

interface Written {
  readonly child: ChildProcess;
  /** What it said, line by line. */
  readonly lines: string[];
  /** Resolves when it has said so many lines, or has ended. */
  said(count: number): Promise<void>;
  readonly ended: Promise<unknown>;
}

function startWriting(workspace: number, name: string): Written {
  const child = spawn(process.execPath, [program, database.url, `${workspace}`, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines: string[] = [];
  let rest = '';
  let heard = (): void => undefined;
  child.stdout!.on('data', (bytes: Buffer) => {
    const parts = `${rest}${bytes}`.split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    heard();
  });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const said = async (count: number): Promise<void> => {
    while (lines.length < count && child.exitCode === null)
      await Promise.race([
        ended,
        new Promise<void>((resolve) => {
          heard = resolve;
        }),
      ]);
  };
  return { child, lines, said, ended };
}

async function terminateOwner(workspace: number): Promise<void> {
  await database.terminateWriter(workspace);
}

/** The log as `id` in its order; it must be dense. */
async function logOf(workspace: number): Promise<readonly string[]> {
  const rows = await database.asOwner<{ subject: string; sequence: number }>(
    `select subject, sequence::integer from rapport.log where workspace = $1 order by sequence`,
    [workspace],
  );
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, place) => place + 1));
  return rows.map(({ subject }) => subject);
}

/** Everything that was acknowledged is in the log once, and the books are what the log gives. */
async function expectSound(workspace: number, lines: readonly string[]): Promise<void> {
  const log = await logOf(workspace);
  const acknowledged = lines.filter((line) => line.startsWith('recorded')).map((line) => line.split(' ')[1]);
  for (const id of acknowledged) expect(log.filter((subject) => subject === id)).toHaveLength(1);
  expect(await checkReplay(await database.store(), workspace)).toMatchObject({
    differenceCount: 0,
    stopped: null,
  });
}

test('a paused owner that wakes up writes nothing more', async () => {
  const workspace = await prepared();
  const first = startWriting(workspace, 'first');
  await first.said(20);
  expect(first.lines.length).toBeGreaterThanOrEqual(20);
  await expect(open(workspace)).rejects.toThrow('owned by first');
  first.child.kill('SIGSTOP');
  await terminateOwner(workspace);
  const second = await open(workspace);
  const before = await logOf(workspace);
  await second.submit([deal('second-1')], { together: true });
  first.child.kill('SIGCONT');
  await first.ended;
  await second.submit([deal('second-2')], { together: true });
  expect(await logOf(workspace)).toEqual([...before, 'second-1', 'second-2']);
  expect(first.lines.at(-1)).toBe('WriterEnded');
  await second.close();
  await expectSound(workspace, first.lines);
});

test('an owner that is killed leaves what it acknowledged, and the next one goes on', async () => {
  const workspace = await prepared();
  const first = startWriting(workspace, 'first');
  await first.said(20);
  first.child.kill('SIGKILL');
  await first.ended;
  await terminateOwner(workspace);
  const second = startWriting(workspace, 'next');
  await second.said(5);
  second.child.kill('SIGKILL');
  await second.ended;
  await terminateOwner(workspace);
  await expectSound(workspace, [...first.lines, ...second.lines]);
});

test('an answer that never came is asked for again, and recorded once', async () => {
  const workspace = await prepared();
  const wire = await cutWire(database.url);
  const first = await open(workspace, wire.url);
  await first.submit([deal('D-1')], { together: true });
  wire.silence();
  const unheard = first.submit([deal('D-2')], { together: true });
  const lost = expect(unheard).rejects.toThrow(WriterEnded);
  while (!(await logOf(workspace)).includes('D-2')) await new Promise((resolve) => setTimeout(resolve, 10));
  wire.cut();
  await lost;
  await terminateOwner(workspace);
  const second = await open(workspace);
  expect(await second.submit([deal('D-2'), deal('D-3')], { together: false })).toEqual([
    { kind: 'repeated', sequence: 4 },
    { kind: 'recorded', sequence: 5 },
  ]);
  await second.close();
  await wire.close();
  await expectSound(workspace, ['recorded D-1', 'recorded D-2']);
});
