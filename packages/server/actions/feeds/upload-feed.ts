// SPDX-License-Identifier: Apache-2.0
// Files of a feed come in. Everything is read and compared first: what is new, what changes, what would be gone, and
// what it does to pay. What changes too much waits for somebody to approve it; nothing is recorded by a preview.
import { createHash } from 'node:crypto';
import type { Caller } from '../../access/caller.ts';
import { may } from '../../access/may.ts';
import { recordAudit } from '../../store/audit-rows.ts';
import { type FeedFile, keepFiles } from '../../store/feed-file-rows.ts';
import { type FeedRow, findFeed } from '../../store/feed-rows.ts';
import { addLoadedRows, createLoad, findLoad, listLoads } from '../../store/load-rows.ts';
import type { Load } from '../../wire/feeds.ts';
import type { BooksView } from '../../writer/writing.ts';
import type { Context } from '../context.ts';
import { type Declared, declaredBy } from '../declared.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { asSealed } from '../seal-personal.ts';
import { limitsOf } from './feed-limits.ts';
import { keptEffect, keptTotals, loadAnswer } from './load-answer.ts';
import { changesOf, knownParties, type LoadChanges, referencesIn } from './load-changes.ts';
import { effectOf, type PayChange, shareOfPay } from './load-effect.ts';
import { loadedRowsOf } from './loaded-rows.ts';
import type { ReadFiles } from './read-files.ts';
import { readAll, sourceOf } from './read-load.ts';
import { recordLoad } from './record-load.ts';
import { tellOfLoad } from './tell-of-load.ts';

export interface UploadFeed {
  readonly feed: string;
  readonly files: readonly FeedFile[];
  /** Only look, whatever it changes. */
  readonly isPreview: boolean;
}

export async function uploadFeed(
  context: Context,
  caller: Caller,
  { feed, files, isPreview }: UploadFeed,
): Promise<Outcome<Load>> {
  const permission = 'loads.upload';
  if (!may(caller, permission)) return refused('not_allowed', { role: caller.role, permission });
  const { store, writers } = context;
  const { workspace, actor } = caller;
  const row = await store.within(workspace, (scope) => findFeed(scope, feed));
  if (row === null) return refused('feed_unknown', { feed });
  if (files.length === 0) return refused('file_missing', { feed });
  const contentHash = hashOf(files);
  const same = await store.within(workspace, (scope) => recordedBefore(scope, feed, contentHash));
  if (same !== null) return refused('load_repeated', { load: `${same}` });
  const writer = await writers.of(workspace);
  const declared = declaredBy(writer.declared());
  const read = readAll(row, files, declared, writer.declared());
  if ('refused' in read) return read.refused;
  const changes = await comparedWithLog(context, workspace, row, read, declared);
  const { effect, share } = await writer.read((view) => effectAndShare(view, changes));
  const reasons = reasonsToWait(row, read, changes, share);
  const state = reasons.length > 0 ? 'waiting for approval' : 'preview';
  const load = await store.within(workspace, async (scope) => {
    const made = await createLoad(scope, {
      feed,
      fileName: files.map(({ name }) => name).join(', '),
      contentHash,
      state,
      rows: read.report.sources.reduce((sum, { rows }) => sum + rows, 0),
      totals: keptTotals(read, changes, reasons),
      effect: keptEffect(effect),
      actor,
    });
    await keepFiles(scope, made, files);
    await addLoadedRows(scope, made, loadedRowsOf(read.report));
    await recordAudit(scope, { actor, action: 'loads.upload', subject: `load:${made}`, details: { feed } });
    if (reasons.length > 0) await tellOfLoad(scope, 'load waiting', { load: made, feed });
    return made;
  });
  if (!isPreview && reasons.length === 0) {
    const recorded = await recordLoad(context, { workspace, actor, load, from: 'preview' });
    if (recorded.kind === 'refused') return recorded;
  }
  return await store.within(workspace, async (scope) =>
    done(await loadAnswer(context, scope, (await findLoad(scope, load))!, declared)),
  );
}

async function comparedWithLog(
  context: Context,
  workspace: number,
  { feed, mode }: FeedRow,
  read: ReadFiles,
  declared: Declared,
): Promise<LoadChanges> {
  const source = sourceOf(feed);
  const asked = referencesIn(read, declared, source);
  return await context.store.within(workspace, async (scope) =>
    changesOf(scope, read, {
      sealed: (facts) => asSealed(context, workspace, facts),
      declared,
      parties: await knownParties(scope, asked),
      system: source,
      source,
      isSnapshot: mode === 'snapshot',
    }),
  );
}

function effectAndShare(
  view: BooksView,
  changes: LoadChanges,
): { readonly effect: readonly PayChange[]; readonly share: number } {
  const effect = effectOf(view, changes);
  // New rows are what a feed is for: only corrections count against the limit.
  const moved = effectOf(view, { facts: changes.corrections, attributes: [] });
  return { effect, share: shareOfPay(view, moved) };
}

/** Why somebody has to look at it first, with the figures. New rows are what a feed is for; changed ones count. */
function reasonsToWait(
  row: FeedRow,
  { report }: ReadFiles,
  { revised, voided, known }: LoadChanges,
  share: number,
): readonly string[] {
  const { changeLimit } = limitsOf(row);
  const reasons: string[] = [];
  const changed = revised + voided;
  if (known > 0 && changed / known > changeLimit.rows) {
    reasons.push(
      `It changes or takes away ${changed} of ${known} known rows; ${percent(changeLimit.rows)} is the limit.`,
    );
  }
  if (known > 0 && share > changeLimit.money)
    reasons.push(`It moves ${percent(share)} of pay; ${percent(changeLimit.money)} is the limit.`);
  for (const { file, differences } of report.sources) {
    for (const { what, theirs, ours } of differences)
      reasons.push(`${file} says ${theirs} ${what}, and it holds ${ours}.`);
  }
  return reasons;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}

async function recordedBefore(
  scope: Parameters<typeof listLoads>[0],
  feed: string,
  hash: string,
): Promise<number | null> {
  const loads = await listLoads(scope, { feed, state: 'recorded', limit: 1 });
  const [last] = loads;
  return last?.content_hash === hash ? last.load : null;
}

function hashOf(files: readonly FeedFile[]): string {
  const hash = createHash('sha256');
  for (const { name, content } of files) hash.update(`${name}\n${content.length}\n`).update(content);
  return hash.digest('hex');
}

export type { FeedFile };
