// SPDX-License-Identifier: Apache-2.0
// What stands for each key changes with nearly every fact: half of a page stays free for it, so that no index is touched.
// The payee comes early in the key, so that one index serves the writer and the statements.

import type { Migration } from './migration.ts';

export const roomForTotals: Migration = {
  name: '0051-room-for-totals',
  sql: `
    alter table rapport.posted set (fillfactor = 50);
    drop index rapport.posted_payee;
    alter table rapport.posted drop constraint posted_pkey,
      add primary key (workspace, agreement, payee, period, clause, asset);
  `,
};
