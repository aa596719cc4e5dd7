// SPDX-License-Identifier: Apache-2.0
// The agreements that somebody may see, and which of them are about a party: that pay its kind or keep its points. What
// is offered and which page comes first follows from them.
import type { Agreement } from '@rapport/server/wire/agreements.ts';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.ts';
import type { Membership } from './session.ts';

export interface Terms {
  /** Those in force that pay the party, or anybody where no party is asked for. */
  readonly paying: readonly Agreement[];
  /** Those in force that keep points of the party, or of anybody. */
  readonly keeping: readonly Agreement[];
}

export function termsQuery(workspace: string, party: string | null) {
  return queryOptions({
    queryKey: [workspace, 'agreements of', party],
    queryFn: async ({ signal }): Promise<Terms> => {
      const [{ items }, found] = await Promise.all([
        api.listAgreements({ params: { workspace } }, signal),
        party === null ? null : api.readParty({ params: { workspace, party } }, signal),
      ]);
      const active = items.filter(({ versions }) => versions.some(({ state }) => state !== 'draft'));
      const isOf = (kinds: readonly string[]) =>
        found === null ? kinds.length > 0 : kinds.includes(found.kind);
      return {
        paying: active.filter(({ payees }) => isOf(payees)),
        keeping: active.filter(({ wallets }) => isOf(wallets)),
      };
    },
    staleTime: 60_000,
  });
}

/** The terms of a member's own party; of all where the member is none. Not asked for by who may not read agreements. */
export function ownTermsQuery({ workspace, party, may }: Membership) {
  return { ...termsQuery(workspace, party), enabled: may['agreements.read'] !== undefined };
}
