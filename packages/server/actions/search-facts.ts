// SPDX-License-Identifier: Apache-2.0
// Facts by kind, party, counting day, text and load, the newest first. Who sees only their own sees only facts that
// name them.
import { parseIsoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { partiesWithin } from '../access/may.ts';
import { findFacts } from '../store/log-rows.ts';
import type { FactSearch, FoundFact } from '../wire/facts.ts';
import type { Context } from './context.ts';
import { declaredBy } from './declared.ts';
import { factOfRow, foundFact, partiesOfFact } from './found-fact.ts';
import { openFacts } from './open-personal.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { type Page, pageOfRows, placeOf } from './page.ts';
import { namesFor } from './personal-names.ts';

export async function searchFacts(
  context: Context,
  caller: Caller,
  search: FactSearch,
): Promise<Outcome<Page<FoundFact>>> {
  const { workspace } = caller;
  const before = placeOf(search.after);
  if (before === null) return refused('cursor_unknown');
  const declared = declaredBy((await context.writers.of(workspace)).declared());
  const within = partiesWithin(caller, 'facts.read');
  const dated = datedBy(search, declared);
  return context.store.within(workspace, async (scope) => {
    const found = await findFacts(scope, {
      ...search,
      limit: search.limit + 1,
      before,
      within: within === 'all' ? undefined : within,
      ...(dated === null ? {} : { dated }),
    });
    const page = pageOfRows(found, search.limit, ({ sequence }) => `${sequence}`);
    const facts = page.rows.map(factOfRow);
    const names = await namesFor(context, scope, caller, facts.flatMap(partiesOfFact));
    const opened = await openFacts(context, scope, caller, facts);
    const items = page.rows.map((row) =>
      foundFact(row, { declared, names, opened, isLatest: row.is_latest }),
    );
    return done({ items, next: page.next });
  });
}

/** The fields that hold counting dates, of the kind asked for or of all. */
function datedBy({ kind, from, through }: FactSearch, declared: ReturnType<typeof declaredBy>) {
  if (from === undefined && through === undefined) return null;
  const kinds = [...declared.facts.values()].filter((one) => kind === undefined || one.kind === kind);
  const fields = new Set(kinds.flatMap(({ countsOn }) => (countsOn.length === 1 ? countsOn : [])));
  return {
    fields: [...fields],
    ...(from === undefined ? {} : { from: parseIsoDay(from)! }),
    ...(through === undefined ? {} : { through: parseIsoDay(through)! }),
  };
}
