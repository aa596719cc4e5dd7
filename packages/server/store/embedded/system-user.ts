// SPDX-License-Identifier: Apache-2.0
// PostgreSQL refuses to run as root. Started by root, it runs as another user of the system: the one who owns the
// data folder, else `postgres`, else `nobody`. Such a user must have a name, since initdb looks it up.

import { chownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The user under whom the database of `folder` runs: null for the user of this process, 'none' when root finds nobody. */
export function databaseUser(folder: string): SystemUser | null | 'none' {
  if (process.getuid?.() !== 0) return null;
  const users = namedUsers();
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid ?? 0;
  return (
    users.find(({ uid }) => uid === owner) ??
    users.find(({ name }) => name === 'postgres') ??
    users.find(({ name }) => name === 'nobody') ??
    users[0] ??
    'none'
  );
}

function namedUsers(): readonly SystemUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .flatMap(([name = '', , uid, gid]) => (name === '' ? [] : [{ name, uid: Number(uid), gid: Number(gid) }]))
    .filter(({ uid }) => uid > 0);
}

/** True when `user` may enter every folder above `path`. */
export function canReach(path: string, user: SystemUser): boolean {
  const above = dirname(resolve(path));
  const status = statSync(above, { throwIfNoEntry: false });
  if (status !== undefined) {
    const enter = status.uid === user.uid ? 0o100 : status.gid === user.gid ? 0o010 : 0o001;
    if ((status.mode & enter) === 0) return false;
  }
  return above === dirname(above) || canReach(above, user);
}

/** Gives a folder and all in it to `user`; nothing to do without one. */
export function chownTree(path: string, user: SystemUser | null): void {
  if (user === null) return;
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return;
  chownSync(path, user.uid, user.gid);
  if (status.isDirectory()) for (const name of readdirSync(path)) chownTree(join(path, name), user);
}
