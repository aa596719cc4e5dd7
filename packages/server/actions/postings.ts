// SPDX-License-Identifier: Apache-2.0
// Postings, the newest first, and as they happen: a stream goes on after the last one that its reader saw, and hears of
// new ones from the database, whoever wrote them.

import type { Caller } from '../access/caller.ts';
import { may, partiesWithin } from '../access/may.ts';
import { entryOfText } from '../store/log-entry.ts';
import { readEntries } from '../store/log-rows.ts';
import { causeOfEntry } from '../store/posting-rows.ts';
import type { TransferRow } from '../store/tables.ts';
import {
  listTransfers,
  type TransferFilter,
  type TransferPlace,
  transfersAfter,
} from '../store/transfer-rows.ts';
import type { ReceivedOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/postings.ts';
import { postingLines, wireAmount } from './caused.ts';
import type { Context } from './context.ts';
import { declaredBy } from './declared.ts';
import { namesIn } from './found-statement.ts';
import { done, type Outcome, refused } from './outcome.ts';
import type { Page } from './page.ts';

type Posting = wire.Posting;

export async function listPostings(
  context: Context,
  caller: Caller,
  { agreement, payee, period, after, limit }: ReceivedOf<typeof wire.listPostings>['query'],
): Promise<Outcome<Page<Posting>>> {
  const before = after === undefined ? undefined : placeOf(after);
  if (before === null) return refused('cursor_unknown');
  const filter = filterFor(caller, { agreement, payee, accounting: period });
  if (filter === null) return refused('not_yours');
  const rows = await context.store.within(caller.workspace, (scope) =>
    listTransfers(scope, { ...filter, ...(before === undefined ? {} : { before }), limit: limit + 1 }),
  );
  const last = rows.slice(0, limit).at(-1);
  const next = rows.length > limit && last !== undefined ? placeText(last) : null;
  return done({ items: await shown(context, caller, rows.slice(0, limit)), next });
}

/** One batch of postings, with the place to go on after. */
export interface PostingsHeard {
  readonly place: string;
  readonly postings: readonly { readonly place: string; readonly posting: Posting }[];
}

/** At most so many postings are sent at once. */
const batchMax = 200;
/** How long a stream is silent before it says that it is still there, in milliseconds. */
const silenceMs = 15_000;

/**
 * Follows the books: an empty batch says where the stream is, first of all and whenever it was silent for long, so that
 * its reader can go on from there. Without a place it begins with what comes next.
 * Ends when the signal does.
 */
export async function streamPostings(
  context: Context,
  caller: Caller,
  {
    agreement,
    payee,
    after,
  }: { agreement?: string | undefined; payee?: string | undefined; after?: string | undefined },
  signal: AbortSignal,
): Promise<Outcome<AsyncIterable<PostingsHeard>>> {
  const given = after === undefined ? undefined : placeOf(after);
  if (given === null) return refused('cursor_unknown');
  const filter = filterFor(caller, { agreement, payee });
  if (filter === null) return refused('not_yours');
  const { workspace } = caller;
  const place = given ?? (await newestPlace(context, workspace));
  return done(follow(context, caller, filter, place, signal));
}

async function* follow(
  context: Context,
  caller: Caller,
  filter: TransferFilter,
  from: TransferPlace,
  signal: AbortSignal,
): AsyncGenerator<PostingsHeard> {
  let place = from;
  let wake = (): void => undefined;
  let isHeard = false;
  const heard = (): void => {
    isHeard = true;
    wake();
  };
  const silence = await context.store.listen('posted', heard);
  signal.addEventListener('abort', heard);
  try {
    yield { place: placeText(place), postings: [] };
    while (!signal.aborted) {
      isHeard = false;
      const rows = await context.store.within(caller.workspace, (scope) =>
        transfersAfter(scope, { ...filter, after: place, limit: batchMax }),
      );
      const last = rows.at(-1);
      if (last !== undefined) {
        place = last;
        const postings = await shown(context, caller, rows);
        yield {
          place: placeText(place),
          postings: postings.map((posting) => ({ place: `${posting.sequence}.${posting.ordinal}`, posting })),
        };
        continue;
      }
      if (!isHeard) await pause(silenceMs, (now) => (wake = now));
      if (!isHeard && !signal.aborted) yield { place: placeText(place), postings: [] };
    }
  } finally {
    signal.removeEventListener('abort', heard);
    await silence();
  }
}

function pause(milliseconds: number, wakes: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wakes(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Whose postings a caller sees; null where the party asked for is not among them. */
function filterFor(
  caller: Caller,
  { payee, ...rest }: Pick<TransferFilter, 'agreement' | 'payee' | 'accounting'>,
): TransferFilter | null {
  if (payee !== undefined) return may(caller, 'earnings.read', { party: payee }) ? { ...rest, payee } : null;
  const within = partiesWithin(caller, 'earnings.read');
  return within === 'all' ? rest : { ...rest, payees: within };
}

async function newestPlace(context: Context, workspace: number): Promise<TransferPlace> {
  const [newest] = await context.store.within(workspace, (scope) => listTransfers(scope, { limit: 1 }));
  return newest ?? { sequence: 0, ordinal: 0 };
}

function placeText({ sequence, ordinal }: TransferPlace): string {
  return `${sequence}.${ordinal}`;
}

/** "12.3"; null for any other text. */
function placeOf(text: string): TransferPlace | null {
  const [, sequence, ordinal] = /^(\d{1,15})\.(\d{1,9})$/.exec(text) ?? [];
  return sequence === undefined ? null : { sequence: Number(sequence), ordinal: Number(ordinal) };
}

async function shown(context: Context, caller: Caller, rows: readonly TransferRow[]): Promise<Posting[]> {
  const { workspace } = caller;
  const lines = postingLines(rows);
  if (lines.length === 0) return [];
  const declared = declaredBy((await context.writers.of(workspace)).declared());
  const entries = await context.store.within(workspace, (scope) =>
    readEntries(scope, [...new Set(lines.map(({ sequence }) => sequence))]),
  );
  const bySequence = new Map(entries.map((row) => [row.sequence, row]));
  const names = await namesIn(
    context,
    caller,
    lines.map(({ payee }) => payee),
  );
  return lines.map(({ asset, due, held, ...line }) => {
    const row = bySequence.get(line.sequence)!;
    const { kind, id, revision } = causeOfEntry(entryOfText(row.body));
    return {
      ...line,
      payeeName: names[line.payee] ?? null,
      due: wireAmount(declared, due, asset),
      held: wireAmount(declared, held, asset),
      cause: { words: `${kind} ${id}`, fact: revision > 0 && kind !== 'version' ? { kind, id } : null },
      recordedAt: row.recorded_at.toISOString(),
    };
  });
}
