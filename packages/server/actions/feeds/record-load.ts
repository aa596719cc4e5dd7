// SPDX-License-Identifier: Apache-2.0
// A load becomes part of the log: read again from its files as they were previewed, compared with the log as it is now,
// recorded in the order of the files. Recording it twice changes nothing.
import { dropFiles, readFiles as readFileRows } from '../../store/feed-file-rows.ts';
import { findFeed } from '../../store/feed-rows.ts';
import { findLoad, moveLoad } from '../../store/load-rows.ts';
import type { Submitted } from '../../writer/writing.ts';
import type { Context } from '../context.ts';
import { declaredBy } from '../declared.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { resolveReferences } from '../party-reference.ts';
import { asSealed, sealPersonal } from '../seal-personal.ts';
import { keptOf, keptTotals } from './load-answer.ts';
import { changesOf, referencesIn } from './load-changes.ts';
import { readAll, sourceOf } from './read-load.ts';
import { tellOfLoad } from './tell-of-load.ts';

export interface RecordLoad {
  readonly workspace: number;
  readonly actor: string;
  readonly load: number;
  /** The state that it must be in. */
  readonly from: string;
  readonly approvedBy?: string;
}

/** Entries submitted at once. */
const submitSize = 1000;

export async function recordLoad(context: Context, given: RecordLoad): Promise<Outcome<null>> {
  const { store, writers } = context;
  const { workspace, actor, load, from, approvedBy } = given;
  const isOurs = await store.within(workspace, (scope) =>
    moveLoad(scope, { load, from, to: 'recording', approvedBy }),
  );
  if (!isOurs) return refused('load_not_waiting', { load: `${load}`, state: 'recorded or rejected' });
  const { row, files, feed } = await store.within(workspace, async (scope) => {
    const found = (await findLoad(scope, load))!;
    return {
      row: found,
      files: await readFileRows(scope, load),
      feed: await findFeed(scope, found.feed),
    };
  });
  const writer = await writers.of(workspace);
  const declared = declaredBy(writer.declared());
  const read =
    feed === null
      ? { refused: refused('feed_unknown', { feed: row.feed }) }
      : readAll(feed, files, declared, writer.declared());
  if ('refused' in read) {
    await store.within(workspace, (scope) => moveLoad(scope, { load, from: 'recording', to: 'failed' }));
    return read.refused;
  }
  const source = sourceOf(row.feed);
  const asked = referencesIn(read, declared, source);
  const parties = await resolveReferences(context, workspace, asked);
  const changes = await store.within(workspace, (scope) =>
    changesOf(scope, read, {
      sealed: (facts) => asSealed(context, workspace, facts),
      declared,
      parties,
      system: source,
      source,
      isSnapshot: feed?.mode === 'snapshot',
    }),
  );
  const sealed = await sealPersonal(context, workspace, changes.facts);
  const by = { actor: approvedBy ?? actor, source, load };
  const entries: readonly Submitted[] = [
    ...changes.attributes.map((fact): Submitted => ({ entry: { kind: 'attribute', fact }, ...by })),
    ...sealed.map(
      ({ fact, private: values }): Submitted => ({ entry: { kind: 'fact', fact }, private: values, ...by }),
    ),
  ];
  const problems: string[] = [];
  for (let first = 0; first < entries.length; first += submitSize) {
    const receipts = await writer.submit(entries.slice(first, first + submitSize), { together: false });
    for (const receipt of receipts) {
      if (receipt.kind !== 'refused') continue;
      const { code, facts } = receipt.refusal;
      problems.push(`${code}: ${facts['kind'] ?? ''} ${facts['id'] ?? ''}`.trim());
    }
  }
  const reasons = [...keptOf(row).reasons, ...problems.slice(0, 50)];
  await store.within(workspace, async (scope) => {
    await moveLoad(scope, {
      load,
      from: 'recording',
      to: 'recorded',
      totals: keptTotals(read, changes, reasons),
    });
    await dropFiles(scope, load);
    await tellOfLoad(scope, 'load recorded', { load, feed: row.feed });
  });
  context.log.info('load_recorded', { workspace, load, entries: entries.length, refused: problems.length });
  return done(null);
}
