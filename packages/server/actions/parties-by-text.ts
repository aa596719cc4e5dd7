// SPDX-License-Identifier: Apache-2.0
// Parties by the beginnings of the words of their names, or by part of what other systems call them. Names are sealed:
// the index of tokens says whom to open, and everybody who is found is opened and looked at again. Where the index is
// of no use, names are opened one by one, up to a limit a page.

import type { Caller } from '../access/caller.ts';
import { mayAtAll } from '../access/may.ts';
import { partiesByClues } from '../store/name-token-rows.ts';
import type { Scope } from '../store/open.ts';
import { findParties, listParties, type PartyRow } from '../store/party-rows.ts';
import type { Party } from '../wire/parties.ts';
import type { Context } from './context.ts';
import { wantedTokens } from './name-index.ts';
import { hasWords, wordsOf } from './name-words.ts';
import { type Page, pageOfRows } from './page.ts';
import { partyViews } from './party-view.ts';

export interface TextSearch {
  readonly text: string;
  readonly kind?: string | undefined;
  readonly state?: PartyRow['state'] | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Parties that are opened for one page; the next page goes on from there. */
const openedMax = 5_000;
const openedAtOnce = 500;

export async function partiesByText(
  context: Context,
  scope: Scope,
  caller: Caller,
  search: TextSearch,
): Promise<Page<Party>> {
  const { limit, ...given } = search;
  // Who sees no names must not learn of any by whom a word finds.
  const tokens = mayAtAll(caller, 'personal.read')
    ? await wantedTokens(context, scope, wordsOf(search.text))
    : [];
  const rowsAfter = async (after: string | undefined): Promise<readonly PartyRow[]> => {
    const filter = { ...given, after, limit: openedAtOnce };
    if (tokens === null) return await listParties(scope, filter);
    return await findParties(scope, await partiesByClues(scope, { ...filter, tokens }));
  };
  const found: Party[] = [];
  let after = search.after;
  for (let opened = 0; opened < openedMax; opened += openedAtOnce) {
    const rows = await rowsAfter(after);
    const views = await partyViews(context, scope, caller, rows);
    found.push(...views.filter((party) => fits(party, search.text)));
    after = rows.at(-1)?.party ?? after;
    if (rows.length < openedAtOnce || found.length > limit) return pageOf(found, limit, null);
  }
  return pageOf(found, limit, after ?? null);
}

function pageOf(found: readonly Party[], limit: number, goOn: string | null): Page<Party> {
  const page = pageOfRows(found, limit, ({ party }) => party);
  return { items: page.rows, next: page.next ?? goOn };
}

/** Whether every word of the text begins a word of the name, or the text stands in a reference. */
export function fits({ name, references, party }: Party, text: string): boolean {
  const lower = text.toLowerCase();
  // Ids of ours are random: only a whole one is meant.
  return (
    party === text ||
    hasWords(name ?? '', wordsOf(text)) ||
    references.some(({ reference }) => reference.toLowerCase().includes(lower))
  );
}
