// SPDX-License-Identifier: Apache-2.0
// Facts of kinds that no agreement in force declares: listed, and recorded as soon as a version declares their kind.
import type { Caller } from '../access/caller.ts';
import { may } from '../access/may.ts';
import { dropWaiting, listWaitingRows, type WaitingRow } from '../store/waiting-rows.ts';
import type { FieldValue } from '../wire/facts.ts';
import type { Context } from './context.ts';
import { declaredBy } from './declared.ts';
import type { GivenFact } from './given-fact.ts';
import { done, type Outcome, refused } from './outcome.ts';
import { type Page, pageOfRows } from './page.ts';
import { recordFacts } from './record-facts.ts';

export interface WaitingFact {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly reason: string;
  readonly source: string;
  readonly receivedAt: string;
}

export async function listWaiting(
  { store }: Context,
  caller: Caller,
  page: { readonly kind?: string | undefined; readonly after?: string | undefined; readonly limit: number },
): Promise<Outcome<Page<WaitingFact>>> {
  if (!may(caller, 'feeds.read'))
    return refused('not_allowed', { role: caller.role, permission: 'feeds.read' });
  const after = page.after === undefined ? undefined : placeOfText(page.after);
  if (after === null) return refused('cursor_unknown');
  const found = await store.within(caller.workspace, (scope) =>
    listWaitingRows(scope, { kind: page.kind, after, limit: page.limit + 1 }),
  );
  const { rows, next } = pageOfRows(found, page.limit, ({ kind, id, revision }) =>
    JSON.stringify([kind, id, revision]),
  );
  return done({ items: rows.map(shown), next });
}

function placeOfText(text: string): Pick<WaitingRow, 'kind' | 'id' | 'revision'> | null {
  try {
    const [kind, id, revision] = JSON.parse(text) as readonly unknown[];
    return typeof kind === 'string' && typeof id === 'string' && typeof revision === 'number'
      ? { kind, id, revision }
      : null;
  } catch {
    return null;
  }
}

function shown(row: WaitingRow): WaitingFact {
  const { kind, id, revision, reason, source, received_at } = row;
  return {
    kind,
    id,
    revision,
    fields: dataOf(row).fields,
    reason,
    source,
    receivedAt: received_at.toISOString(),
  };
}

function dataOf({ data }: WaitingRow): Pick<GivenFact, 'fields' | 'isVoid'> {
  return data as unknown as Pick<GivenFact, 'fields' | 'isVoid'>;
}

/** Rows taken at once when facts are picked up. */
const pickUpSize = 1000;

/**
 * Records what waited for the kinds that are declared by now; how many. One that does not fit its declaration goes on
 * waiting, with the reason.
 */
export async function pickUpWaiting(context: Context, workspace: number, actor: string): Promise<number> {
  const writer = await context.writers.of(workspace);
  let count = 0;
  for (const kind of declaredBy(writer.declared()).facts.keys()) {
    let after: WaitingRow | undefined;
    for (;;) {
      const rows = await context.store.within(workspace, (scope) =>
        listWaitingRows(scope, { kind, after, limit: pickUpSize }),
      );
      if (rows.length === 0) break;
      after = rows.at(-1);
      count += await recordWaiting(context, rows, { workspace, actor });
    }
  }
  return count;
}

async function recordWaiting(
  context: Context,
  rows: readonly WaitingRow[],
  { workspace, actor }: { readonly workspace: number; readonly actor: string },
): Promise<number> {
  const given = rows.map(({ kind, id, revision, source, ...row }): GivenFact => {
    return { kind, id, revision, source, ...dataOf(row as WaitingRow) };
  });
  const outcomes = await recordFacts(context, given, { workspace, actor, together: false });
  const recorded = rows.filter((_, at) => ['recorded', 'repeated'].includes(outcomes[at]!.kind));
  await context.store.within(workspace, (scope) => dropWaiting(scope, recorded));
  return recorded.length;
}
