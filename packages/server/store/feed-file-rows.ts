// SPDX-License-Identifier: Apache-2.0
// The files of loads that wait.
import type { Scope } from './open.ts';

export interface FeedFile {
  readonly name: string;
  readonly content: Buffer;
}

export async function keepFiles(
  { workspace, query }: Scope,
  load: number,
  files: readonly FeedFile[],
): Promise<void> {
  if (files.length === 0) return;
  await query
    .insertInto('feed_file')
    .values(
      files.map(({ name, content }, ordinal) => ({ workspace, load, ordinal, file_name: name, content })),
    )
    .execute();
}

/** In the order in which they came. */
export async function readFiles({ workspace, query }: Scope, load: number): Promise<readonly FeedFile[]> {
  const rows = await query
    .selectFrom('feed_file')
    .select(['file_name', 'content'])
    .where('workspace', '=', workspace)
    .where('load', '=', load)
    .orderBy('ordinal')
    .execute();
  return rows.map(({ file_name, content }) => ({ name: file_name, content }));
}

export async function dropFiles({ workspace, query }: Scope, load: number): Promise<void> {
  await query.deleteFrom('feed_file').where('workspace', '=', workspace).where('load', '=', load).execute();
}
