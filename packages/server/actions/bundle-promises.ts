// SPDX-License-Identifier: Apache-2.0
// What the books had promised a payee when a statement was issued: uses, holds and grants of points, what is kept of clauses that
// keep it, and the lines of statements before, where the agreement freezes them.

import { keyText, type PostedTotal } from '@rapport/core/ledger/differences.ts';
import { addPosting } from '@rapport/core/ledger/open-books.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import { bookRules } from '@rapport/core/ledger/roles.ts';
import type { Program } from '@rapport/core/program/program.ts';
import type { Promised } from '@rapport/core/program/promise.ts';
import { parseAmountText } from '@rapport/core/values/asset.ts';
import { type Day, firstDay } from '@rapport/core/values/date.ts';
import type { Sequenced } from '@rapport/core/verify/recompute.ts';
import type { Scope } from '../store/open.ts';
import { commitmentsOf, holdEndsOf, holdsOf } from '../store/person-rows.ts';
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
  const isThen = (row: { readonly agreement: string; readonly sequence: number }) =>
    row.agreement === agreement && row.sequence <= sequence;
  const dayAt = daysIn(entries, programs.at(-1)!.policies.zone);
  const holds = (await holdsOf(scope, payee)).filter(isThen);
  const ends = (await holdEndsOf(scope, payee)).filter(isThen);
  const promised = promisedBy((await commitmentsOf(scope, payee)).filter(isThen), holds, {
    redeemedOn: new Map(
      entries.flatMap(({ sequence: at, entry }) =>
        entry.kind === 'commitment' ? [[entry.commitment.id, dayAt(at)] as const] : [],
      ),
    ),
    held: new Map(
      holds.map(({ hold, sequence: at }) => {
        const ended = ends.find((one) => one.hold === hold);
        const isDone = ended !== undefined && ended.state !== 'timed out';
        const end = isDone ? { kind: ended.state, day: dayAt(ended.sequence) } : null;
        return [hold, { day: dayAt(at), end } as const];
      }),
    ),
  });
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

/** For a place in the log, the day that had begun last. */
function daysIn(entries: readonly Sequenced[], zone: string): (sequence: number) => Day {
  const days = entries.flatMap(({ sequence, entry }) =>
    entry.kind === 'day' && entry.zone === zone ? [{ sequence, day: entry.day }] : [],
  );
  return (sequence) => days.findLast((one) => one.sequence < sequence)?.day ?? firstDay;
}
