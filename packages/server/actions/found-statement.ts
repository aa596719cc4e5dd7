// SPDX-License-Identifier: Apache-2.0
// A statement as it is kept: a version that was issued, or as it would be issued now, with the names of whoever stands in
// it and where it stands by now. What was issued never changes; its status does, as periods close and payments follow.

import type { StatementBody, StatementBodyLine } from '@rapport/core/ledger/statement-body.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import type { Caller } from '../access/caller.ts';
import type { StatementStatus } from '../documents/issued-statement.ts';
import { revisionsOf } from '../store/log-rows.ts';
import { findParties } from '../store/party-rows.ts';
import {
  listStatementVersions,
  readStatement,
  type StatementHead,
  type StatementKey,
} from '../store/statement-rows.ts';
import type * as wire from '../wire/standing.ts';
import type { ActiveVersion } from '../writer/writing.ts';
import type { Context } from './context.ts';
import { declaredBy } from './declared.ts';
import { factOfRow } from './found-fact.ts';
import { openFacts, recordOf } from './open-personal.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { namesFor } from './personal-names.ts';
import { shownStandings } from './shown-standing.ts';
import { type StandingNow, standingOf, statusOf } from './statement-standing.ts';

export interface FoundStatement {
  readonly body: StatementBody;
  /** Null for a draft. */
  readonly issued: Pick<StatementHead, 'version' | 'hash' | 'sequence' | 'issued_at'> | null;
  readonly versions: readonly StatementHead[];
  readonly status: StatementStatus;
  /** What is approved and paid of it by now. */
  readonly standing: StandingNow;
  /** The same, as it is shown. */
  readonly now: wire.StandingNow;
  /** Postings came since the version that was issued last. */
  readonly hasNewer: boolean;
  /** Ids with the names that are held of them. */
  readonly names: Readonly<Record<string, string>>;
  readonly terms: ActiveVersion;
}

/** The version asked for; without one the draft, or the last version where nothing was posted since. */
export async function findStatement(
  context: Context,
  caller: Caller,
  { version, ...key }: StatementKey & { readonly version?: number | undefined },
  permission: 'statements.read' | 'bundles.read' = 'statements.read',
): Promise<Outcome<FoundStatement>> {
  const { agreement, payee, period } = key;
  const no = denied(caller, permission, { party: payee });
  if (no !== null) return no;
  const { workspace } = caller;
  const writer = await context.writers.of(workspace);
  const versions = writer.declared().get(agreement);
  const terms = versions?.at(-1);
  if (terms === undefined) return refused('agreement_unknown', { agreement });
  const { calendar } = terms.program.policies;
  const own = parsePeriod(calendar, period);
  if (own === null) return refused('period_unknown', { agreement, period });
  const kept = await context.store.within(workspace, async (scope) => ({
    parties: await findParties(scope, [payee]),
    versions: await listStatementVersions(scope, key),
    row: version === undefined ? null : await readStatement(scope, { ...key, version }),
  }));
  if (kept.parties.length === 0) return refused('party_unknown', { party: payee });
  if (version !== undefined && kept.row === null)
    return refused('statement_unknown', { agreement, payee, period, version: `${version}` });
  const now = await writer.read(async (view) => ({
    ...(await view.statement(agreement, { payee, period })),
    standing: await standingOf(view, key, own, calendar),
  }));
  const body = kept.row === null ? (now.draft ?? now.issued) : (JSON.parse(kept.row.body) as StatementBody);
  if (body === null) throw new Error('There is neither a statement nor its draft.');
  const declared = declaredBy(writer.declared());
  const [shown] = await context.store.within(workspace, (scope) =>
    shownStandings(scope, declared, [now.standing]),
  );
  const isDraft = kept.row === null && now.draft !== null;
  return done({
    body,
    issued: isDraft ? null : (kept.row ?? kept.versions.at(-1) ?? null),
    versions: kept.versions,
    status: statusOf(body, now.standing),
    standing: now.standing,
    now: shown!,
    hasNewer: now.draft !== null && kept.versions.length > 0,
    names: { ...(await namesIn(context, caller, body)), ...(await openedIn(context, caller, body)) },
    terms,
  });
}

/** The names of all parties that stand in the data, for a caller who may see names. */
export async function namesIn(
  context: Context,
  caller: Caller,
  data: unknown,
): Promise<Readonly<Record<string, string>>> {
  const ids = JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? `${value}` : value)).match(
    partyIds,
  );
  const names = await context.store.within(caller.workspace, (scope) =>
    namesFor(context, scope, caller, ids ?? []),
  );
  return Object.fromEntries(names);
}

/** Personal values in the place of their seals, for a caller who may see them; what was erased stays a seal. */
async function openedIn(
  context: Context,
  caller: Caller,
  { items }: StatementBody,
): Promise<Readonly<Record<string, string>>> {
  const shown = items.flatMap(({ lines, restates }) => [
    ...lines.flatMap(({ fact, fields, linked }) => [
      ...(fact === null ? [] : [{ ...fact, fields }]),
      ...linked,
    ]),
    ...(restates?.causes ?? []),
  ]);
  const isSealed = ({ fields }: Pick<StatementBodyLine, 'fields'>) =>
    fields.some(({ figure }) => seal.test(figure));
  const named = new Map(shown.filter(isSealed).map((fact) => [`${fact.kind}\u0000${fact.id}`, fact]));
  if (named.size === 0) return {};
  return context.store.within(caller.workspace, async (scope) => {
    const facts = [];
    for (const fact of named.values()) facts.push(...(await revisionsOf(scope, fact)).map(factOfRow));
    const opened = await openFacts(context, scope, caller, facts);
    const values = facts.flatMap((fact) =>
      [...(opened.get(recordOf(fact)) ?? [])].flatMap(([field, value]) => {
        const sealed = fact.fields[field];
        return sealed?.kind === 'text' ? [[sealed.value, value] as const] : [];
      }),
    );
    return Object.fromEntries(values);
  });
}

/** As sealOf writes them. */
const seal = /^[0-9a-f]{64}$/;

/** As newPartyId makes them. */
const partyIds = /p-[0-9a-f]{24}/g;
