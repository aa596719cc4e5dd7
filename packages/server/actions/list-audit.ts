// SPDX-License-Identifier: Apache-2.0
// The audit trail: who did what to which thing, the newest first.

import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { listAudit as auditRows } from '../store/audit-rows.ts';
import type { AuditPage } from '../wire/oversight.ts';
import type { Context } from './context.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { namesFor } from './personal-names.ts';

export interface ListAudit {
  readonly limit: number;
  /** Id of the last row of the page before. */
  readonly after?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
}

export async function listAudit(
  context: Context,
  caller: Caller,
  { limit, after, actor, action }: ListAudit,
): Promise<Outcome<AuditPage>> {
  const permission = 'audit.read';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const before = after === undefined ? undefined : Number(after);
  if (before !== undefined && !Number.isSafeInteger(before)) return refused('cursor_unknown');
  return await context.store.within(caller.workspace, async (scope) => {
    const rows = await auditRows(scope, { before, limit: limit + 1, actor, action });
    const shown = rows.slice(0, limit);
    const parties = shown.flatMap(({ subject }) => partyOf(subject) ?? []);
    const names = await namesFor(context, scope, caller, parties);
    return done({
      items: shown.map(({ id, at, actor: who, action: what, subject, details }) => ({
        id,
        at: at.toISOString(),
        actor: who,
        action: what,
        subject,
        subjectName: names.get(partyOf(subject) ?? '') ?? null,
        details: details as Record<string, unknown>,
      })),
      next: rows.length > limit ? `${shown.at(-1)!.id}` : null,
    });
  });
}

/** The party that an act was about; null for other subjects. */
function partyOf(subject: string): string | null {
  return /^(?:party:)?(p-[0-9a-f]+)$/.exec(subject)?.[1] ?? null;
}
