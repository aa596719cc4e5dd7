// SPDX-License-Identifier: Apache-2.0
// Agreements and the texts of their versions. A version never changes; when it is in force says the log.

import type { Scope } from './open.ts';
import type { Row } from './tables.ts';

export type AgreementRow = Row<'agreement'>;
export type AgreementVersionRow = Row<'agreement_version'>;
/** A version without its text. */
export type AgreementVersionHead = Omit<AgreementVersionRow, 'text'>;

/** False when there is an agreement of that name. */
export async function createAgreement(
  { workspace, query }: Scope,
  { agreement, title }: { readonly agreement: string; readonly title: string },
): Promise<boolean> {
  const made = await query
    .insertInto('agreement')
    .values({ workspace, agreement, title })
    .onConflict((conflict) => conflict.columns(['workspace', 'agreement']).doNothing())
    .returning('agreement')
    .executeTakeFirst();
  return made !== undefined;
}

export interface NewVersion {
  readonly agreement: string;
  readonly text: string;
  /** The version of the semantics by which it computes. */
  readonly semantics: number;
  readonly hash: string;
  readonly createdBy: string;
}

/** Adds the next version; its number. Of two at once one fails on the key. */
export async function addVersion(
  { workspace, query }: Scope,
  { createdBy, ...version }: NewVersion,
): Promise<number> {
  const last = await query
    .selectFrom('agreement_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('workspace', '=', workspace)
    .where('agreement', '=', version.agreement)
    .executeTakeFirst();
  const row = await query
    .insertInto('agreement_version')
    .values({ ...version, workspace, created_by: createdBy, version: (last?.version ?? 0) + 1 })
    .returning('version')
    .executeTakeFirstOrThrow();
  return row.version;
}

/** By name. */
export async function listAgreements({ workspace, query }: Scope): Promise<readonly AgreementRow[]> {
  return await query
    .selectFrom('agreement')
    .selectAll()
    .where('workspace', '=', workspace)
    .orderBy('agreement')
    .execute();
}

export async function findAgreement(
  { workspace, query }: Scope,
  agreement: string,
): Promise<AgreementRow | null> {
  const row = await query
    .selectFrom('agreement')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('agreement', '=', agreement)
    .executeTakeFirst();
  return row ?? null;
}

/** Versions of one agreement, or of all, by agreement and number. */
export async function listVersions(
  { workspace, query }: Scope,
  agreement?: string,
): Promise<readonly AgreementVersionHead[]> {
  let rows = query
    .selectFrom('agreement_version')
    .select(['agreement', 'version', 'semantics', 'hash', 'created_at', 'created_by'])
    .where('workspace', '=', workspace);
  if (agreement !== undefined) rows = rows.where('agreement', '=', agreement);
  return await rows.orderBy('agreement').orderBy('version').execute();
}

export async function readVersion(
  { workspace, query }: Scope,
  { agreement, version }: { readonly agreement: string; readonly version: number },
): Promise<AgreementVersionRow | null> {
  const row = await query
    .selectFrom('agreement_version')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('agreement', '=', agreement)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ?? null;
}
