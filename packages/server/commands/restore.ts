// SPDX-License-Identifier: Apache-2.0
// `rapport-server restore FILE [--erasures FILE]`: a backup into a database without rows, with the service stopped.
// Persons in the journal of erasures do not come back.
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readErasures } from '../store/backup/erasure-journal.ts';
import { restoreBackup } from '../store/backup/restore.ts';
import { type Command, exitRefused } from './command.ts';
import { openDatabase } from './database.ts';
import { withDatabase } from './with-database.ts';

export const restore: Command = {
  usage: 'restore FILE [--erasures FILE]',
  summary: 'brings a backup into an empty database',
  run: async (given) => {
    const asked = askedFor(given.words, join(given.configuration.dataFolder, 'erasures.jsonl'));
    if (typeof asked === 'string') {
      given.say(`rapport-server: ${asked}`);
      return exitRefused;
    }
    return await withDatabase(given, openDatabase, async ({ url }) => {
      const report = await restoreBackup(url, createReadStream(asked.file), readErasures(asked.erasures));
      if (report.kind === 'refused') return report;
      return `${report.rows} rows of ${report.takenAt} are back. Erased again: ${report.erased}. Everybody signs in anew.`;
    });
  },
};

/** The files, or what is wrong with the words. */
function askedFor(
  words: readonly string[],
  usualJournal: string,
): { readonly file: string; readonly erasures: string } | string {
  let read: { readonly values: { readonly erasures?: string }; readonly positionals: readonly string[] };
  try {
    read = parseArgs({
      args: [...words],
      options: { erasures: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    return (error as Error).message;
  }
  const [file, ...more] = read.positionals;
  if (file === undefined || more.length > 0) return 'restore needs the name of one file.';
  const { erasures } = read.values;
  const missing = [file, ...(erasures === undefined ? [] : [erasures])].find((name) => !existsSync(name));
  if (missing !== undefined) return `There is no file ${missing}.`;
  return { file, erasures: erasures ?? usualJournal };
}
