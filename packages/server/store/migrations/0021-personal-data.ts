// SPDX-License-Identifier: Apache-2.0
// Whose a personal field is, erasures that wait until the law lets them happen, and the last traces that an erasure
// takes.

import type { Migration } from './migration.ts';
import { workspaceTable } from './protection.ts';

export const personalData: Migration = {
  name: '0021-personal-data',
  sql: `
    -- The field of the same kind that names the person, such as Customer; the first party of the fact when it is null.
    alter table rapport.personal_field add column subject text collate "C";

    create table rapport.erasure_request (
      workspace integer not null,
      party text collate "C" not null,
      due_on date not null,
      actor text not null,
      reason text not null,
      requested_at timestamptz not null default now(),
      primary key (workspace, party)
    );
    ${workspaceTable('erasure_request', { app: 'insert, update, delete' })}

    -- As before, but our own random id goes on leading to the party: it says nothing about anybody, and a system that
    -- knows only the id does not make a second party of the same person.
    create or replace function rapport.erase_person(erased text, by_actor text, why text) returns void
      language plpgsql security definer set search_path = rapport as $$
    declare current integer := rapport.current_workspace();
    begin
      if current is null then raise exception 'no workspace is set'; end if;
      delete from rapport.private where workspace = current and party = erased;
      delete from rapport.subject_key where workspace = current and party = erased;
      delete from rapport.party_reference where workspace = current and party = erased and reference <> erased;
      insert into rapport.erasure (workspace, party, actor, reason) values (current, erased, by_actor, why)
        on conflict do nothing;
    end $$;
  `,
};
