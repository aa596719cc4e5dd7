// SPDX-License-Identifier: Apache-2.0
// Parties and things: the list, and one with its values from day to day and its relations in both directions. Who sees
// only their own finds only their own.

import type { AttributeFact } from '@rapport/core/program/log.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { may, partiesWithin } from '../access/may.ts';
import { entriesOfKind } from '../store/log-rows.ts';
import { findParties, type PartyRow, listParties as partyRows } from '../store/party-rows.ts';
import type { Party } from '../wire/parties.ts';
import { dayText } from './agreement-view.ts';
import { idInLog } from './change-party.ts';
import type { Context } from './context.ts';
import { latestValues } from './dated-values.ts';
import { type Declared, declaredBy } from './declared.ts';
import { fieldValueOf } from './field-value.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { type Page, pageOfRows } from './page.ts';
import { fits, partiesByText } from './parties-by-text.ts';
import { isThing, partyViews } from './party-view.ts';
import { namesFor } from './personal-names.ts';

export interface PartySearch {
  readonly kind?: string | undefined;
  readonly state?: PartyRow['state'] | undefined;
  readonly text?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function listParties(
  context: Context,
  caller: Caller,
  search: PartySearch,
): Promise<Outcome<Page<Party>>> {
  const within = partiesWithin(caller, 'parties.read');
  return context.store.within(caller.workspace, async (scope) => {
    const { text, ...filter } = search;
    if (within !== 'all') {
      const rows = (await findParties(scope, within)).filter(
        ({ kind, state }) => (search.kind ?? kind) === kind && (search.state ?? state) === state,
      );
      const views = await partyViews(context, scope, caller, rows);
      return done({ items: views.filter((party) => text === undefined || fits(party, text)), next: null });
    }
    if (text !== undefined) return done(await partiesByText(context, scope, caller, { ...filter, text }));
    const rows = await partyRows(scope, { ...filter, limit: search.limit + 1 });
    const page = pageOfRows(rows, search.limit, ({ party }) => party);
    return done({ items: await partyViews(context, scope, caller, page.rows), next: page.next });
  });
}

export async function readParty(context: Context, caller: Caller, { party }: { readonly party: string }) {
  if (!may(caller, 'parties.read', { party })) return refused('party_unknown', { party });
  const { workspace } = caller;
  const declared = declaredBy((await context.writers.of(workspace)).declared());
  return context.store.within(workspace, async (scope) => {
    const [row] = await findParties(scope, [party]);
    if (row === undefined) return refused('party_unknown', { party });
    const id = idInLog(row, isThing(declared, row.kind));
    const own = latestValues(await entriesOfKind(scope, { kind: 'attribute', subject: id })).filter(
      ({ fact }) => fact.party === row.kind,
    );
    const others = latestValues(await entriesOfKind(scope, { kind: 'attribute' })).filter(
      ({ fact }) =>
        fact.value.kind === 'party' && fact.value.value === id && targetKind(declared, fact) === row.kind,
    );
    const [view] = await partyViews(context, scope, caller, [row]);
    const relations = own.filter(({ fact }) => fact.value.kind === 'party');
    const names = await namesFor(context, scope, caller, [
      ...relations.map(({ fact }) => valueText(fact)),
      ...others.map(({ fact }) => fact.of),
    ]);
    return done({
      ...view!,
      attributes: own.map(({ fact, sequence }) => ({
        attribute: fact.attribute,
        value: fieldValueOf(fact.value, typeOf(declared, fact)),
        from: dayText(fact.from),
        through: dayText(fact.through),
        sequence,
      })),
      relations: relations.map(({ fact }) => ({
        attribute: fact.attribute,
        to: valueText(fact),
        toName: names.get(valueText(fact)) ?? null,
        from: dayText(fact.from),
        through: dayText(fact.through),
      })),
      related: others.map(({ fact }) => {
        return { attribute: fact.attribute, of: fact.of, ofName: names.get(fact.of) ?? null };
      }),
      participation: participationOf(declared, row.kind, own),
    });
  });
}

function valueText({ value }: AttributeFact): string {
  return value.kind === 'party' ? value.value : '';
}

function typeOf(declared: Declared, { party, attribute }: AttributeFact) {
  const kind = declared.parties.get(party);
  return (kind?.attributes.get(attribute) ?? kind?.fields.get(attribute))?.type;
}

function targetKind(declared: Declared, fact: AttributeFact): string | null {
  const type = typeOf(declared, fact);
  return type?.kind === 'party' ? type.of : null;
}

/** From when through when a party takes part, by the fields that the agreements name for it. */
function participationOf(declared: Declared, kind: string, own: readonly { readonly fact: AttributeFact }[]) {
  const party = declared.parties.get(kind);
  const dayOf = (field: string | undefined): string | null => {
    const value = own.findLast(({ fact }) => fact.attribute === field)?.fact.value;
    return value?.kind === 'date' ? isoDay(value.value) : null;
  };
  return (party?.agreements ?? []).map((agreement) => {
    return { agreement, from: dayOf(party?.lasts?.from), through: dayOf(party?.lasts?.through) };
  });
}
