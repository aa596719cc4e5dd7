// SPDX-License-Identifier: Apache-2.0
// Files of a load by the mapping of their feed: facts and attributes as the other system names their parties, and the
// account of every row. Nothing is recorded here.
import { entriesOfStore, factsFromFeed } from '@rapport/core/feeds/facts-from-feed.ts';
import type { Feed } from '@rapport/core/feeds/feed.ts';
import { feedMessageOf } from '@rapport/core/feeds/messages.ts';
import { readFeed } from '@rapport/core/feeds/read-feed.ts';
import { type FeedReport, rowStates } from '@rapport/core/feeds/report.ts';
import type { Diagnostic } from '@rapport/core/program/diagnostic.ts';
import type { AttributeFact, Fact } from '@rapport/core/program/log.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { formatDecimal, isTerminating, rationalText } from '@rapport/core/values/rational.ts';
import type { FeedFile } from '../../store/feed-file-rows.ts';
import type { FeedRow } from '../../store/feed-rows.ts';
import type { Load } from '../../wire/feeds.ts';
import type { Finding } from '../../wire/problem.ts';

export interface ReadFiles {
  readonly facts: readonly Fact[];
  readonly attributes: readonly AttributeFact[];
  readonly report: FeedReport;
}

/** The feed of a mapping, or what is wrong with it. */
export function feedOfMapping(
  mapping: unknown,
): { readonly feed: Feed } | { readonly errors: readonly Finding[] } {
  const { feed, diagnostics } = readFeed(mapping, 'mapping');
  return feed === null ? { errors: diagnostics.map(findingOf) } : { feed };
}

/** The mode of the feed holds for each of its sources that names none. */
export function withMode(mapping: unknown, mode: FeedRow['mode']): unknown {
  if (typeof mapping !== 'object' || mapping === null || !('sources' in mapping)) return mapping;
  const { sources } = mapping;
  if (!Array.isArray(sources)) return mapping;
  return {
    ...mapping,
    sources: sources.map((source: unknown) =>
      typeof source === 'object' && source !== null && 'fact' in source ? { mode, ...source } : source,
    ),
  };
}

export function readFiles(feed: Feed, files: readonly FeedFile[], program: Program): ReadFiles {
  const { store, report } = factsFromFeed(feed, (name) => chunksOf(feed, files, name), program);
  const facts: Fact[] = [];
  const attributes: AttributeFact[] = [];
  for (const entry of entriesOfStore(store)) {
    if (entry.kind === 'fact') facts.push(entry.fact);
    if (entry.kind === 'attribute') attributes.push(entry.fact);
  }
  return { facts, attributes, report };
}

/** One file for a feed of one source may have any name. */
function chunksOf(feed: Feed, files: readonly FeedFile[], name: string): readonly Uint8Array[] | null {
  const named = files.find((file) => file.name === name);
  const [only] = files;
  const isOnly = files.length === 1 && feed.sources.length === 1 && feed.tables.size === 0;
  const file = named ?? (isOnly ? only : undefined);
  return file === undefined ? null : [file.content];
}

/** The account as answers show it. */
export function accountsOf({ sources }: FeedReport): Load['accounts'] {
  return sources.map(({ file, becomes, rows, states, differences }) => ({
    file,
    becomes,
    rows,
    outcomes: rowStates.map((outcome) => ({
      outcome,
      rows: states[outcome].rows,
      reasons: [...states[outcome].reasons].map(([reason, count]) => ({ reason, rows: count })),
      sums: [...states[outcome].sums].map(([field, sum]) => ({
        field,
        sum: isTerminating(sum) ? formatDecimal(sum) : rationalText(sum),
      })),
    })),
    differences: differences.map((each) => ({ ...each })),
  }));
}

export function findingOf(diagnostic: Diagnostic): Finding {
  const { sentence, remedy } = feedMessageOf(diagnostic);
  const { file = '', row, column } = diagnostic.facts;
  const place = [file, row, column].filter((part) => part !== undefined && part !== '').join(':');
  return { code: diagnostic.code, place, detail: sentence, remedy };
}
