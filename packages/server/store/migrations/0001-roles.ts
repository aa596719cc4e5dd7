// SPDX-License-Identifier: Apache-2.0
// Roles, schemas, and the two functions that protect tables. Roles belong to the whole server, so they may be there.

import type { Migration } from './migration.ts';

export const roles: Migration = {
  name: '0001-roles',
  sql: `
    do $$
    declare role_name text;
    begin
      foreach role_name in array array['rapport_app', 'rapport_writer', 'rapport_access'] loop
        begin
          execute format('create role %I nologin', role_name);
        exception when duplicate_object or unique_violation then null;
        end;
        if not pg_has_role(current_user, role_name, 'member') then
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
