// SPDX-License-Identifier: Apache-2.0
// The files of a load while it waits: what was previewed is what will be recorded. They go once the load has ended.

import type { Migration } from './migration.ts';
import { workspaceTable } from './protection.ts';

export const feedFiles: Migration = {
  name: '0030-feed-files',
  sql: `
    create table rapport.feed_file (
      workspace integer not null,
      load bigint not null,
      ordinal integer not null,
      file_name text not null,
      content bytea not null,
      primary key (workspace, load, ordinal)
    );
    alter table rapport.feed_file alter column content set storage external;
    ${workspaceTable('feed_file', { app: 'insert, delete' })}
  `,
};
