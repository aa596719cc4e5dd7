// SPDX-License-Identifier: Apache-2.0
// Members and keys as a workspace administers them: rows of its own alone, in one transaction with the audit trail.
// Links that make somebody a member or give a new password, each good for one use. Before a workspace is known, the
// role of access sees all of it, as before.

import type { Migration } from './migration.ts';

const ofWorkspace = ['member', 'api_key', 'invitation'];
/** Tables of people: a workspace sees those who are members of it. */
const ofPeople = [
  ['"user"', 'id'],
  ['session', '"userId"'],
] as const;

export const members: Migration = {
  name: '0020-members',
  sql: `
    alter table access."user" add column "mustChangePassword" boolean not null default false;
    alter table access.member add column goodwill_limits jsonb not null default '{}';
    alter table access.api_key add column goodwill_limits jsonb not null default '{}';
    create table access.invitation (
      hash text primary key,
      workspace integer not null references rapport.workspace,
      purpose text not null check (purpose in ('join', 'new password')),
      email text not null,
      role text not null,
      party text collate "C",
      created_by text not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index invitation_workspace on access.invitation (workspace);
    grant select, insert, update, delete on access.invitation to rapport_access;

    grant usage on schema access to rapport_app;
    grant select, insert, update, delete on access.member, access.invitation to rapport_app;
    grant select, insert, update on access.api_key to rapport_app;
    grant select on access."user" to rapport_app;
    grant select, delete on access.session to rapport_app;
    ${ofWorkspace.map((table) => walled(table, 'workspace = rapport.current_workspace()')).join('\n')}
    ${ofPeople
      .map(([table, column]) =>
        walled(
          table,
          `exists (select 1 from access.member as belongs
            where belongs."user" = ${table}.${column} and belongs.workspace = rapport.current_workspace())`,
        ),
      )
      .join('\n')}
  `,
};

function walled(table: string, condition: string): string {
  return `
    alter table access.${table} enable row level security;
    create policy workspace on access.${table} to rapport_app using (${condition}) with check (${condition});
    create policy everything on access.${table} to rapport_access using (true) with check (true);`;
}
