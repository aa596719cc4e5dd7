// SPDX-License-Identifier: Apache-2.0
// What settlements have settled for good, per agreement: derived from the log like `posted`, kept so that a writer need
// not replay the log to know it.

import type { Migration } from './migration.ts';
import { workspaceTable } from './protection.ts';

export const settled: Migration = {
  name: '0050-settled',
  sql: `
    create table rapport.settled (
      workspace integer not null,
      agreement text collate "C" not null,
      body text not null,
      sequence bigint not null,
      primary key (workspace, agreement)
    );
    ${workspaceTable('settled', { writer: 'insert, update, delete' })}
  `,
};
