// SPDX-License-Identifier: Apache-2.0
// Files read by the mapping of their feed, under what is declared now.
import type { FeedFile } from '../../store/feed-file-rows.ts';
import type { FeedRow } from '../../store/feed-rows.ts';
import type { Declared } from '../declared.ts';
import { type Outcome, refused } from '../outcome.ts';
import { declaredProgram } from './declared-program.ts';
import { feedOfMapping, findingOf, type ReadFiles, readFiles, withMode } from './read-files.ts';

/** How the log names what a feed says. */
export function sourceOf(feed: string): string {
  return `feed:${feed}`;
}

/** The files as facts; refused when the feed no longer fits or no row of any file could be read. */
export function readAll(
  row: FeedRow,
  files: readonly FeedFile[],
  declared: Declared,
  versions: Parameters<typeof declaredProgram>[0],
): ReadFiles | { readonly refused: Outcome<never> } {
  const mapping = feedOfMapping(withMode(row.mapping, row.mode));
  if ('errors' in mapping) return { refused: refused('feed_wrong', {}, { errors: mapping.errors }) };
  const program = declaredProgram(versions, declared);
  if (program === null) return { refused: refused('kind_not_declared', { kind: row.feed, known: '' }) };
  const read = readFiles(mapping.feed, files, program);
  const rows = read.report.sources.reduce((sum, source) => sum + source.rows, 0);
  if (rows > 0 || read.report.diagnostics.length === 0) return read;
  const file = files.map(({ name }) => name).join(', ');
  const errors = read.report.diagnostics.slice(0, 50).map(findingOf);
  return { refused: refused('file_unreadable', { file }, { errors }) };
}
