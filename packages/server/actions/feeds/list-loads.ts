// SPDX-License-Identifier: Apache-2.0
// Loads as they are read: the list, one with its effect on pay, its rows that somebody has to look at.
import { feedMessageOf } from '@rapport/core/feeds/messages.ts';
import type { Caller } from '../../access/caller.ts';
import { may } from '../../access/may.ts';
import {
  findLoad,
  type LoadedRow,
  listLoadedRows,
  listLoads as listLoadRowsOfFeed,
  type Outcome as RowOutcome,
} from '../../store/load-rows.ts';
import type { Context } from '../context.ts';
import { declaredBy } from '../declared.ts';
import { done, refused } from '../outcome.ts';
import { pageOfRows, placeOf } from '../page.ts';
import { keptOf, loadAnswer, loadSummary } from './load-answer.ts';

const permission = 'feeds.read';

interface Paged {
  readonly limit: number;
  readonly after?: string | undefined;
}

export async function listLoads(
  context: Context,
  caller: Caller,
  { feed, limit, after }: Paged & { readonly feed?: string | undefined },
) {
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const before = placeOf(after);
  if (before === null) return refused('cursor_unknown');
  const found = await context.store.within(caller.workspace, (scope) =>
    listLoadRowsOfFeed(scope, { feed, before, limit: limit + 1 }),
  );
  const { rows, next } = pageOfRows(found, limit, ({ load }) => `${load}`);
  return done({ items: rows.map(loadSummary), next });
}

export async function readLoad(context: Context, caller: Caller, { load }: { readonly load: number }) {
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const declared = declaredBy((await context.writers.of(caller.workspace)).declared());
  return await context.store.within(caller.workspace, async (scope) => {
    const row = await findLoad(scope, load);
    if (row === null) return refused('load_unknown', { load: `${load}` });
    return done(await loadAnswer(context, scope, row, declared));
  });
}

export async function listRows(
  context: Context,
  caller: Caller,
  given: Paged & { readonly load: number; readonly outcome?: RowOutcome | undefined },
) {
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const { load, outcome, limit } = given;
  const after = placeOf(given.after);
  if (after === null) return refused('cursor_unknown');
  return await context.store.within(caller.workspace, async (scope) => {
    const row = await findLoad(scope, load);
    if (row === null) return refused('load_unknown', { load: `${load}` });
    const found = await listLoadedRows(scope, { load, outcome, after, limit: limit + 1 });
    const { rows, next } = pageOfRows(found, limit, (each) => `${each.row}`);
    const [file] = keptOf(row).accounts.map((account) => account.file);
    return done({ items: rows.map((each) => shown(each, file ?? row.file_name)), next });
  });
}

const nowhere = { offset: 0, line: 1, column: 1 };

function shown({ row, outcome, code, facts, fact_kind, fact_id }: LoadedRow, file: string) {
  const values = (facts ?? {}) as Readonly<Record<string, string>>;
  const at = { source: file, start: nowhere, end: nowhere };
  const message =
    code === null ? null : feedMessageOf({ code, severity: 'error', at, facts: values, related: [] });
  return {
    file: values['file'] ?? file,
    row,
    outcome,
    code,
    detail: message?.sentence ?? null,
    remedy: message?.remedy ?? null,
    fact: fact_kind === null || fact_id === null ? null : { kind: fact_kind, id: fact_id },
  };
}
