// SPDX-License-Identifier: Apache-2.0
// What migrations say of a table, as SQL: rows of one workspace alone, and rows that are only ever added.
// Every table of the schema `rapport` uses `isolated`; tables of truth use `appendOnly` as well.

/**
 * Row-level security: rows of the workspace in `rapport.workspace`; none without it. Not for the owner. The setting is
 * a select of its own, so that it is read once for a statement and not for each row.
 */
export function isolated(table: string): string {
  return `
    alter table rapport.${table} enable row level security;
    create policy workspace on rapport.${table}
      using (workspace = (select rapport.current_workspace()))
      with check (workspace = (select rapport.current_workspace()));`;
}

/** Refuses update, delete and truncate to everybody, the owner and replication included. */
export function appendOnly(table: string): string {
  return `
    create trigger append_only before update or delete on rapport.${table}
      for each row execute function rapport.refuse_change();
    create trigger append_only_truncate before truncate on rapport.${table}
      for each statement execute function rapport.refuse_change();
    alter table rapport.${table} enable always trigger append_only;
    alter table rapport.${table} enable always trigger append_only_truncate;`;
}

/** What a role may do with a table beside reading it. */
export function granted(table: string, role: 'app' | 'writer' | 'access', rights: string): string {
  return `grant ${rights} on rapport.${table} to rapport_${role};`;
}

/** A table whose rows belong to a workspace, readable by both roles that act for one. */
export function workspaceTable(
  table: string,
  rights: { readonly app?: string; readonly writer?: string },
): string {
  return [
    isolated(table),
    granted(table, 'app', ['select', rights.app].filter(Boolean).join(', ')),
    granted(table, 'writer', ['select', rights.writer].filter(Boolean).join(', ')),
  ].join('\n');
}
