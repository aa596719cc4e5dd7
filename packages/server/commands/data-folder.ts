// SPDX-License-Identifier: Apache-2.0
// Where data is kept when nobody says where: below the folder that the service is started in. Started by root inside a
// home that others cannot enter, the database's user could not reach it; then in the system's own place for such data.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { canReach, databaseUser } from '../store/embedded/system-user.ts';

export function usualDataFolder(startedIn: string): string {
  const own = join(startedIn, '.rapport', 'service');
  const database = join(own, 'database');
  const user = databaseUser(database);
  if (user === null || user === 'none' || canReach(database, user)) return own;
  const name = createHash('sha256').update(startedIn).digest('hex').slice(0, 12);
  return join('/var/lib/rapport', name);
}
