// SPDX-License-Identifier: Apache-2.0
// An agreement as the wire shows it: its versions, which of them are in force on which days, and who put them there.
import { walletHolders } from '@rapport/core/explain/wallet-account.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { type Day, isoDay } from '@rapport/core/values/date.ts';
import { type AgreementRow, findAgreement, listAgreements, listVersions } from '../store/agreement-rows.ts';
import { entriesOfKind } from '../store/log-rows.ts';
import type { Scope } from '../store/open.ts';
import type { Agreement } from '../wire/agreements.ts';
import type { ActiveVersion } from '../writer/writing.ts';
import type { Versions } from './declared.ts';

/** All agreements, or the one of that name. */
export async function agreementViews(
  scope: Scope,
  active: Versions,
  today: Day,
  name?: string,
): Promise<readonly Agreement[]> {
  const one = name === undefined ? null : await findAgreement(scope, name);
  const rows = name === undefined ? await listAgreements(scope) : one === null ? [] : [one];
  const views: Agreement[] = [];
  for (const row of rows) views.push(await viewOf(scope, row, active.get(row.agreement) ?? [], today));
  return views;
}

async function viewOf(
  scope: Scope,
  { agreement, title, created_at }: AgreementRow,
  active: readonly ActiveVersion[],
  today: Day,
): Promise<Agreement> {
  const activations = await entriesOfKind(scope, { kind: 'version', name: agreement });
  const versions = await listVersions(scope, agreement);
  const program = active.at(-1)?.program;
  const paid = new Set(program?.clauses.map(({ payee }) => payee.party));
  return {
    agreement,
    title,
    payees: [...paid],
    wallets: program === undefined ? [] : [...walletHolders(program.clauses, program.assets)],
    hasPeriods: program !== undefined && hasPeriods(program),
    createdAt: created_at.toISOString(),
    versions: versions.map(({ version, hash, semantics, created_at: createdAt, created_by: createdBy }) => {
      const inForce = active.find((other) => other.version === version);
      const state = inForce === undefined ? 'draft' : isOver(inForce, today) ? 'ended' : 'active';
      const activation = activations.findLast(({ revision }) => revision === version);
      return {
        version,
        hash,
        semantics,
        state,
        from: dayText(inForce?.from ?? null),
        to: dayText(inForce?.to ?? null),
        createdAt: createdAt.toISOString(),
        createdBy,
        activatedBy: activation?.actor ?? null,
      };
    }),
  };
}

/** Whether anything is computed or settled period by period. */
function hasPeriods({ clauses, settlements }: Program): boolean {
  return (
    settlements.length > 0 || clauses.some(({ occasion }) => 'unit' in occasion && occasion.unit !== null)
  );
}

function isOver({ to }: ActiveVersion, today: Day): boolean {
  return to !== null && to <= today;
}

export function dayText(day: Day | null): string | null {
  return day === null ? null : isoDay(day);
}
