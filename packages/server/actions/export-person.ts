// SPDX-License-Identifier: Apache-2.0
// Everything that is held about a person, as one JSON document: what they may ask for and take with them. Personal values
// in the clear, facts and relations that name them, what was earned, posted and stated, and their account.

import { walletAccounts } from '@rapport/core/explain/wallet-account.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { recordAudit } from '../store/audit-rows.ts';
import { erasedAt } from '../store/erasure-rows.ts';
import { entryOfText } from '../store/log-entry.ts';
import { findMembersOfParty } from '../store/member-rows.ts';
import type { Scope } from '../store/open.ts';
import { findParties, referencesOf } from '../store/party-rows.ts';
import { commitmentsOf, entriesNaming, holdsOf } from '../store/person-rows.ts';
import { privateOfParty } from '../store/private-rows.ts';
import { statementsOf } from '../store/statement-rows.ts';
import { accountBalances, listTransfers } from '../store/transfer-rows.ts';
import type { Context } from './context.ts';
import { openRows } from './open-personal.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { namesOf } from './personal-names.ts';

/** More is no person any more; the document says when something was left out. */
const rowsMax = 100_000;

export async function exportPerson(
  context: Context,
  caller: Caller,
  { party }: { readonly party: string },
): Promise<Outcome<{ readonly fileName: string; readonly text: string }>> {
  const permission = 'persons.export';
  if (!may(caller, permission, { party })) {
    return may(caller, permission)
      ? refused('not_allowed', { role: caller.role, permission })
      : refused('party_unknown', { party });
  }
  const lots = await lotsOf(context, caller.workspace, party);
  return await context.store.within(caller.workspace, async (scope) => {
    const [row] = await findParties(scope, [party]);
    if (row === undefined) return refused('party_unknown', { party });
    const document = { ...(await gathered(context, scope, row)), lots };
    await recordAudit(scope, {
      actor: caller.actor,
      action: 'persons.export',
      subject: `party:${party}`,
      details: {},
    });
    return done({ fileName: `person-${party}.json`, text: JSON.stringify(document, plain, 2) });
  });
}

/** The points that the person earned under every agreement, lot by lot, as their wallets are folded now. */
async function lotsOf({ writers }: Context, workspace: number, party: string) {
  const writer = await writers.of(workspace);
  const agreements = [...writer.declared()];
  const known = await writer.read((view) => agreements.map(([agreement]) => view.knownFor(agreement, party)));
  return agreements.flatMap(([agreement, versions], place) =>
    walletAccounts(versions, known[place]!, party).flatMap(({ asset, owner: wallet, lots }) =>
      lots
        .filter(({ owner }) => owner === party)
        .map(({ id, owner: _, number: __, issuedOn, usableFrom, usableThrough, ...lot }) => ({
          ...{ agreement, asset, wallet, lot: id, ...lot },
          issuedOn: isoDay(issuedOn),
          usableFrom: usableFrom === null ? null : isoDay(usableFrom),
          usableThrough: usableThrough === null ? null : isoDay(usableThrough),
        })),
    ),
  );
}

async function gathered(
  context: Context,
  scope: Scope,
  { party, kind, state, created_at }: { party: string; kind: string; state: string; created_at: Date },
) {
  const rows = await privateOfParty(scope, party);
  const fields = await openRows(context, scope, rows);
  const members = await findMembersOfParty(scope, party);
  const entries = await entriesNaming(scope, party, rowsMax);
  const transfers = await listTransfers(scope, { payee: party, limit: rowsMax });
  return {
    format: 'rapport person export 1',
    exportedAt: context.clock().toISOString(),
    party: { id: party, kind, state, createdAt: created_at.toISOString() },
    name: (await namesOf(context, scope, [party])).get(party) ?? null,
    erasedAt: (await erasedAt(scope, party))?.toISOString() ?? null,
    references: await referencesOf(scope, [party]),
    accounts: members.map(({ name, email, role, createdAt }) => ({
      name,
      email,
      role,
      since: createdAt.toISOString(),
    })),
    personalFields: [...fields].flatMap(([record, values]) =>
      [...values].map(([field, value]) => ({ record, field, value })),
    ),
    log: entries.map(({ sequence, recorded_at, source, body }) => ({
      sequence,
      recordedAt: recorded_at.toISOString(),
      source,
      entry: entryOfText(body),
    })),
    transfers,
    balances: await accountBalances(scope, { party }),
    statements: await statementsOf(scope, party),
    holds: await holdsOf(scope, party),
    commitments: await commitmentsOf(scope, party),
    isComplete: entries.length < rowsMax && transfers.length < rowsMax,
  };
}

/** Whole amounts are texts: a JSON number would round them. */
function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}
