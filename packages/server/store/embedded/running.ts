// SPDX-License-Identifier: Apache-2.0
// The address of a folder's database while another process runs it, for what may work beside it, such as a backup.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isAlive } from './process-table.ts';
import { passwordFile, statusLinesOf } from './server-process.ts';

/** Null when it is not running. Only its owner and root can read what this needs. */
export function urlOfRunning(folder: string): string | null {
  const [pid, , , port, , , , state] = statusLinesOf(resolve(folder));
  if (state?.trim() !== 'ready' || !isAlive(Number(pid)) || !existsSync(passwordFile(folder))) return null;
  return databaseUrl(readFileSync(passwordFile(folder), 'utf8').trim(), Number(port));
}

export function databaseUrl(password: string, port: number): string {
  return `postgres://rapport:${password}@127.0.0.1:${port}/rapport`;
}
