// SPDX-License-Identifier: Apache-2.0
// Roles, schemas, and the two functions that protect tables. Roles belong to the whole server, so they may be there.

import type { Migration } from './migration.ts';

export const roles: Migration = {
  name: '0001-roles',
  sql: `
    do $$
    declare
      role_name text;
      -- From 16 on, who makes a role may grant it, yet not act as it.
      membership text := case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end;
    begin
      foreach role_name in array array['rapport_app', 'rapport_writer', 'rapport_access'] loop
        if not exists (select from pg_roles where rolname = role_name) then
          begin
            execute format('create role %I nologin', role_name);
          exception when duplicate_object or unique_violation then null;
          end;
        end if;
        if not pg_has_role(current_user, role_name, membership) then
          begin
            execute format('grant %I to current_user', role_name);
          exception when unique_violation then null;
          end;
        end if;
      end loop;
    end $$;

    create schema if not exists rapport;
    create schema if not exists access;
    grant usage on schema rapport to rapport_app, rapport_writer, rapport_access;
    grant usage on schema access to rapport_access;

    create function rapport.current_workspace() returns integer
      language sql stable parallel safe
      return nullif(current_setting('rapport.workspace', true), '')::integer;

    create function rapport.refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are only ever added', tg_table_name using errcode = 'restrict_violation';
    end $$;
  `,
};
