// SPDX-License-Identifier: Apache-2.0
// Where the keys that seal secrets come from: from the environment, else from a file in the data folder that only its
// owner can read and that is made at the first start. One key of 32 bytes in base64 per line (or between commas): the
// first seals, the others only open. To rotate, a new key is put in front and everything is sealed anew.

import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { keyBytes } from './secrets.ts';

export type SecretKeys =
  | { readonly kind: 'read'; readonly keys: readonly Buffer[]; readonly isNew: boolean }
  | { readonly kind: 'wrong'; readonly problem: string };

/** @param given the value of RAPPORT_SECRET_KEY, if there is one; the file is then not looked at. */
export function readSecretKeys(given: string | undefined, file: string): SecretKeys {
  if (given !== undefined && given.trim() !== '') return parsed(given, 'RAPPORT_SECRET_KEY', false);
  const isNew = madeFile(file);
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
    return wrong(`${file} can be read by others (mode ${mode.toString(8)}). Run: chmod 600 ${file}`);
  }
  return parsed(readFileSync(file, 'utf8'), file, isNew);
}

/** Puts a new key in front of those in the file. The caller seals everything anew, then may take the old ones out. */
export function addSecretKey(file: string): void {
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, `${newKey()}\n${before}`, { mode: 0o600 });
}

function madeFile(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, `${newKey()}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function parsed(text: string, from: string, isNew: boolean): SecretKeys {
  const keys = text
    .split(/[\s,]+/)
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64'));
  if (keys.length === 0)
    return wrong(`${from} holds no key. Make one with: openssl rand -base64 ${keyBytes}`);
  const bad = keys.findIndex((key) => key.length !== keyBytes);
  if (bad < 0) return { kind: 'read', keys, isNew };
  return wrong(
    `Key ${bad + 1} in ${from} has ${keys[bad]!.length} bytes in base64 and needs ${keyBytes}. Make one with: openssl rand -base64 ${keyBytes}`,
  );
}

function newKey(): string {
  return randomBytes(keyBytes).toString('base64');
}

function wrong(problem: string): SecretKeys {
  return { kind: 'wrong', problem };
}
