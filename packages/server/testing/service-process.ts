// SPDX-License-Identifier: Apache-2.0
// The service in a process of its own, over a database that is there already or its own, so that it can be killed, started
// again and measured from outside.

import { type ChildProcess, spawn } from 'node:child_process';
import { bundled } from './bundled.ts';

export interface ServiceProcess {
  /** Where it listens: http://127.0.0.1:40123. */
  readonly address: string;
  readonly pid: number;
  /** Resolves when it ended by itself, with what it said last on standard error. */
  readonly fell: Promise<string>;
  /** Ends it at once, as a crash does; resolves when it is gone. */
  kill(): Promise<void>;
  /** Lets it finish. */
  stop(): Promise<void>;
}

export interface ServiceProcessOptions {
  /** Without one it runs an embedded one in its folder. */
  readonly databaseUrl?: string;
  /** For its secret key. */
  readonly folder: string;
  /** Hears what it says on standard error. */
  readonly onLog?: (line: string) => void;
  /** Options of Node. */
  readonly node?: readonly string[];
}

/** As bin/rapport-server.js has it. */
const youngObjects = '--max-semi-space-size=32';

let program: string | null = null;

/** Starts it and resolves when it listens; throws when it ends before. */
export async function startServiceProcess(options: ServiceProcessOptions): Promise<ServiceProcess> {
  program ??= bundled('packages/server/main.ts');
  const child = spawn(process.execPath, [youngObjects, ...(options.node ?? []), program, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: options.databaseUrl ?? '',
      RAPPORT_DATA: options.folder,
      RAPPORT_DEMO: 'no',
      RAPPORT_LOG_FORMAT: 'json',
      HOST: '127.0.0.1',
      PORT: '0',
    },
  });
  // Should this process end without stopping the service, nothing is left of it.
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  child.once('close', () => process.off('exit', onExit));
  let complaints = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaints = `${complaints}${text}`.slice(-2000);
    options.onLog?.(text);
  });
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const address = await listening(child, gone, () => complaints);
  let isMeant = false;
  const fell = new Promise<string>((resolve) => {
    void gone.then(() => {
      if (!isMeant) resolve(complaints);
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    isMeant = true;
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  return { address, pid: child.pid!, fell, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

async function listening(
  child: ChildProcess,
  gone: Promise<void>,
  complaints: () => string,
): Promise<string> {
  let said = '';
  const found = new Promise<string>((resolve) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /Rapport is at (http:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  const address = await Promise.race([found, gone]);
  if (address === undefined) throw new Error(`The service did not start: ${said}${complaints()}`);
  return address;
}
