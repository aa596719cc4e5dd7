// SPDX-License-Identifier: Apache-2.0
// Statements that were issued, read. A version never changes; the latest one is the one that holds.

import { type SqlBool, sql } from 'kysely';
import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

export type StatementRow = Row<'statement'>;
/** A statement without its text. */
export type StatementHead = Omit<StatementRow, 'body'>;

export interface StatementKey {
  readonly agreement: string;
  readonly payee: string;
  /** Label of the accounting period. */
  readonly period: string;
}

const headColumns = ['agreement', 'payee', 'period', 'version', 'hash', 'sequence', 'issued_at'] as const;

/** A version, or the latest one; null when there is none. */
export async function readStatement(
  { workspace, query }: Scope,
  { agreement, payee, period, version }: StatementKey & { readonly version?: number },
): Promise<StatementRow | null> {
  let rows = query
    .selectFrom('statement')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('agreement', '=', agreement)
    .where('payee', '=', payee)
    .where('period', '=', period);
  if (version !== undefined) rows = rows.where('version', '=', version);
  return (await rows.orderBy('version', 'desc').limit(1).executeTakeFirst()) ?? null;
}

/** Every version of a statement, the first one first. */
export async function listStatementVersions(
  { workspace, query }: Scope,
  { agreement, payee, period }: StatementKey,
): Promise<readonly StatementHead[]> {
  return await query
    .selectFrom('statement')
    .select(headColumns)
    .where('workspace', '=', workspace)
    .where('agreement', '=', agreement)
    .where('payee', '=', payee)
    .where('period', '=', period)
    .orderBy('version')
    .execute();
}

export interface StatementFilter {
  readonly agreement?: string | undefined;
  readonly payee?: string | undefined;
  /** Only of these payees: a team. */
  readonly payees?: readonly string[] | undefined;
  readonly period?: string | undefined;
  /** The page continues after this statement. */
  readonly after?: StatementKey | undefined;
  readonly limit: number;
}

/** The latest version of each statement, by agreement, payee and period. */
export async function listStatements(
  { workspace, query }: Scope,
  { agreement, payee, payees, period, after, limit }: StatementFilter,
): Promise<readonly StatementHead[]> {
  let rows = query
    .selectFrom('statement')
    .select(headColumns)
    .distinctOn(['agreement', 'payee', 'period'])
    .where('workspace', '=', workspace);
  if (agreement !== undefined) rows = rows.where('agreement', '=', agreement);
  if (payee !== undefined) rows = rows.where('payee', '=', payee);
  if (payees !== undefined) rows = rows.where('payee', 'in', [...payees, '']);
  if (period !== undefined) rows = rows.where('period', '=', period);
  if (after !== undefined) {
    rows = rows.where(
      sql<SqlBool>`(agreement, payee, period) > (${after.agreement}, ${after.payee}, ${after.period})`,
    );
  }
  return await rows
    .orderBy('agreement')
    .orderBy('payee')
    .orderBy('period')
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
}

/** Every version of every statement of a payee, with its body. */
export async function statementsOf(
  { workspace, query }: Scope,
  payee: string,
): Promise<readonly StatementRow[]> {
  return await query
    .selectFrom('statement')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('payee', '=', payee)
    .orderBy('agreement')
    .orderBy('period')
    .orderBy('version')
    .execute();
}
