// SPDX-License-Identifier: Apache-2.0
// `rapport-server migrate`: brings the database forward without starting the service, which does the same at its start.
import { migrate as bringForward } from '../store/migrate.ts';
import type { Command } from './command.ts';
import { reachDatabase } from './database.ts';
import { withDatabase } from './with-database.ts';

export const migrate: Command = {
  usage: 'migrate',
  summary: 'brings the database forward to this version',
  run: (given) =>
    withDatabase(given, reachDatabase, async ({ url }) => {
      const migrated = await bringForward(url);
      if (migrated.kind === 'refused') return migrated;
      const { applied } = migrated;
      return applied.length === 0 ? 'The database is up to date.' : `Done: ${applied.join(', ')}`;
    }),
};
