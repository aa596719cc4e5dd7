// SPDX-License-Identifier: Apache-2.0
// Finding parties by name though names are sealed: keyed tokens of the beginnings of their words, and per workspace the
// sealed key that makes them. A token stands only as long as the key of its person: an erasure takes both at once, in
// the database itself. docs/internals/name-search.md says what the tokens tell and what not.

import type { Migration } from './migration.ts';
import { workspaceTable } from './protection.ts';

export const nameIndex: Migration = {
  name: '0060-name-index',
  sql: `
    create table rapport.name_index (
      workspace integer primary key,
      sealed_key bytea not null,
      -- Names up to this record have their tokens; null: all of them have.
      indexed_through text collate "C" default ''
    );
    ${workspaceTable('name_index', { app: 'insert, update' })}

    create table rapport.name_token (
      workspace integer not null,
      token integer not null,
      party text collate "C" not null,
      primary key (workspace, token, party),
      foreign key (workspace, party) references rapport.subject_key on delete cascade
    );
    create index name_token_party on rapport.name_token (workspace, party);
    ${workspaceTable('name_token', { app: 'insert, delete' })}
  `,
};
