// SPDX-License-Identifier: Apache-2.0
// The audit trail: who did what to which thing. Rows are only ever added.

import type { Scope } from './open.ts';
import type { Json, Row } from './tables.ts';

export type AuditRow = Row<'audit'>;

export interface AuditRecord {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: { readonly [name: string]: Json };
}

export async function recordAudit({ workspace, query }: Scope, record: AuditRecord): Promise<void> {
  await query
    .insertInto('audit')
    .values({ workspace, ...record, details: JSON.stringify(record.details) })
    .execute();
}

/** Newest first; the page after `before` continues with the id of the last row seen. */
export async function listAudit(
  { workspace, query }: Scope,
  page: {
    readonly before?: number | undefined;
    readonly limit: number;
    readonly subject?: string | undefined;
    readonly actor?: string | undefined;
    readonly action?: string | undefined;
  },
): Promise<readonly AuditRow[]> {
  let rows = query.selectFrom('audit').selectAll().where('workspace', '=', workspace);
  if (page.before !== undefined) rows = rows.where('id', '<', page.before);
  if (page.subject !== undefined) rows = rows.where('subject', '=', page.subject);
  if (page.actor !== undefined) rows = rows.where('actor', '=', page.actor);
  if (page.action !== undefined) rows = rows.where('action', '=', page.action);
  return await rows.orderBy('id', 'desc').limit(page.limit).execute();
}
