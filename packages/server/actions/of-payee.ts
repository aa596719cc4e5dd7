// SPDX-License-Identifier: Apache-2.0
// What most questions about one payee begin with: may the caller ask, is there such an agreement and party, and what the
// books say of the payee at one moment. What is computed from it is computed after the books go on.

import type { StatementSource } from '@rapport/core/explain/statement-body.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import type { Known } from '@rapport/core/program/log.ts';
import type { Caller } from '../access/caller.ts';
import type { Permission } from '../access/permissions.ts';
import { findParties } from '../store/party-rows.ts';
import type { ActiveVersion } from '../writer/writing.ts';
import type { Context } from './context.ts';
import { namesIn } from './found-statement.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { denied } from './permit.ts';

export interface OfPayee {
  readonly agreement: string;
  readonly payee: string;
}

export interface PayeeBooks {
  readonly versions: StatementSource['versions'] & readonly ActiveVersion[];
  readonly known: Known;
  /** With lines where `keys` asked for them. */
  readonly entitlements: readonly Entitlement[];
  readonly postings: readonly Posting[];
  readonly name: string | null;
}

export async function booksOfPayee(
  context: Context,
  caller: Caller,
  permission: Permission,
  { agreement, payee }: OfPayee,
): Promise<Outcome<PayeeBooks>> {
  const no = denied(caller, permission, { party: payee });
  if (no !== null) return no;
  const { workspace } = caller;
  const writer = await context.writers.of(workspace);
  const [first, ...rest] = writer.declared().get(agreement) ?? [];
  if (first === undefined) return refused('agreement_unknown', { agreement });
  const parties = await context.store.within(workspace, (scope) => findParties(scope, [payee]));
  if (parties.length === 0) return refused('party_unknown', { party: payee });
  const books = await writer.read(async (view) => ({
    known: view.knownFor(agreement, payee),
    entitlements: view.entitlementsOf(agreement, payee).map((one) => view.entitlement(agreement, one) ?? one),
    postings: await view.postingsOf(agreement, payee),
  }));
  const names = await namesIn(context, caller, payee);
  return done({ ...books, versions: [first, ...rest], name: names[payee] ?? null });
}
