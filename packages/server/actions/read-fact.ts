// SPDX-License-Identifier: Apache-2.0
// One fact with all its revisions, and what each of them caused in the books. A fact that names nobody whom the caller
// may see is as if it were not there; of what it caused, only that which is the caller's to see is shown.
import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { revisionsOf } from '../store/log-rows.ts';
import { transfersOf } from '../store/transfer-rows.ts';
import type { FoundFact } from '../wire/facts.ts';
import { type PostingLine, postingLines, wireAmount } from './caused.ts';
import type { Context } from './context.ts';
import { type Declared, declaredBy } from './declared.ts';
import { factOfRow, foundFact, partiesOfFact } from './found-fact.ts';
import { openFacts } from './open-personal.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { namesFor } from './personal-names.ts';

type Names = ReadonlyMap<string, string>;
type Caused = ReturnType<typeof causedOf>;

export async function readFact(
  context: Context,
  caller: Caller,
  name: { readonly kind: string; readonly id: string },
): Promise<Outcome<{ readonly revisions: readonly (FoundFact & { readonly caused: readonly Caused[] })[] }>> {
  const { workspace } = caller;
  const declared = declaredBy((await context.writers.of(workspace)).declared());
  return context.store.within(workspace, async (scope) => {
    const rows = await revisionsOf(scope, name);
    const parties = rows.flatMap((row) => partiesOfFact(factOfRow(row)));
    if (rows.length === 0 || !may(caller, 'facts.read', { party: parties }))
      return refused('fact_unknown', { ...name });
    const lines = postingLines(
      await transfersOf(
        scope,
        rows.map(({ sequence }) => sequence),
      ),
    ).filter((line) => may(caller, 'earnings.read', { party: line.payee }));
    const names = await namesFor(context, scope, caller, [...parties, ...lines.map(({ payee }) => payee)]);
    const opened = await openFacts(context, scope, caller, rows.map(factOfRow));
    const last = rows.at(-1)!.revision;
    return done({
      revisions: rows.map((row) => ({
        ...foundFact(row, { declared, names, opened, isLatest: row.revision === last }),
        caused: lines
          .filter(({ sequence }) => sequence === row.sequence)
          .map((line) => causedOf(line, declared, names)),
      })),
    });
  });
}

function causedOf(line: PostingLine, declared: Declared, names: Names) {
  const { agreement, clause, component, payee, period, accounting, asset, due, held } = line;
  return {
    ...{ agreement, clause, component, payee, period, accounting },
    payeeName: names.get(payee) ?? null,
    due: wireAmount(declared, due, asset),
    held: wireAmount(declared, held, asset),
  };
}
