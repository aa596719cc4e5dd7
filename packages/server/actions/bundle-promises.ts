// SPDX-License-Identifier: Apache-2.0
// What the books had promised a payee when a statement was issued: uses and grants of points, what is kept of clauses that
// keep it, and the lines of statements before, where the agreement freezes them.

import { keyText, type PostedTotal } from '@rapport/core/ledger/differences.ts';
import { addPosting } from '@rapport/core/ledger/open-books.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import { bookRules } from '@rapport/core/ledger/roles.ts';
import type { Program } from '@rapport/core/program/program.ts';
import type { Promised } from '@rapport/core/program/promise.ts';
import { parseAmountText } from '@rapport/core/values/asset.ts';
import type { Day } from '@rapport/core/values/date.ts';
import type { Sequenced } from '@rapport/core/verify/recompute.ts';
import type { Scope } from '../store/open.ts';
import { commitmentsOf } from '../store/person-rows.ts';
import { readEarlierStatements } from '../store/posting-rows.ts';
import { keepPosted, promisedBy } from '../writer/promises.ts';

/** Through the entry at `sequence`. `entries`: what concerns the payee; `postings`: to the payee. */
export async function promisedThen(
  scope: Scope,
  {
    agreement,
    payee,
    sequence,
    programs,
    entries,
    postings,
  }: {
    readonly agreement: string;
    readonly payee: string;
    readonly sequence: number;
    readonly programs: readonly [Program, ...Program[]];
    readonly entries: readonly Sequenced[];
    readonly postings: readonly Posting[];
  },
): Promise<Promised> {
  const rules = bookRules(programs);
  const rows = await commitmentsOf(scope, payee);
  const days = redemptionDays(entries, programs.at(-1)!.policies.zone);
  const promised = promisedBy(
    rows.filter((row) => row.agreement === agreement && row.sequence <= sequence),
    (id) => days.get(id) ?? null,
  );
  const posted = new Map<string, PostedTotal>();
  for (const posting of postings)
    if (posting.recorded <= sequence) {
      addPosting(posted, posting);
      // What was once posted is kept, whatever was posted after it.
      const total = posted.get(keyText(posting));
      if (total !== undefined) keepPosted(promised, [total], rules);
    }
  if (!rules.freezes) return promised;
  for (const body of await readEarlierStatements(scope, { agreement, payee, before: sequence }))
    for (const { clause, earned: period, asset, lines } of body.items)
      if (lines.length > 0)
        promised.frozen.set(
          keyText({ clause, payee, period, asset }),
          lines.map(({ fact, note, amount }) => ({ fact, note, amount: parseAmountText(amount) })),
        );
  return promised;
}

/** By commitment, the day that had begun last when the log took it in. */
function redemptionDays(entries: readonly Sequenced[], zone: string): ReadonlyMap<string, Day> {
  const days = new Map<string, Day>();
  let today: Day | null = null;
  for (const { entry } of entries) {
    if (entry.kind === 'day' && entry.zone === zone) today = entry.day;
    if (entry.kind === 'commitment' && today !== null) days.set(entry.commitment.id, today);
  }
  return days;
}
