// SPDX-License-Identifier: Apache-2.0
// `rapport-server backup FILE`: everything in the database at one moment, also while the service runs. The file appears
// under its name once it is whole and on the disk; a file that is there is never written over.
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { writeBackup } from '../store/backup/backup.ts';
import { type Command, type CommandGiven, exitRefused } from './command.ts';
import { reachDatabase } from './database.ts';
import { withDatabase } from './with-database.ts';

export const backup: Command = {
  usage: 'backup FILE',
  summary: 'writes everything in the database to a new file',
  run: async (given) => {
    const [file] = given.words;
    if (file === undefined || given.words.length > 1)
      return misused(given, 'backup needs the name of one file.');
    if (existsSync(file)) return misused(given, `${file} is there already. Name a new file.`);
    return await withDatabase(given, reachDatabase, async ({ url }) => {
      const unfinished = `${file}.unfinished`;
      try {
        const report = await writeBackup(url, createWriteStream(unfinished, { mode: 0o600 }));
        if (report.kind === 'refused') return report;
        await keep(unfinished);
        await rename(unfinished, file);
        return `${report.rows} rows of ${report.tables} tables are in ${file}. The key that seals secrets is not: keep it apart.`;
      } finally {
        await rm(unfinished, { force: true });
      }
    });
  },
};

/** Waits until the disk has the file. */
async function keep(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}

function misused({ say }: CommandGiven, why: string): number {
  say(`rapport-server: ${why}`);
  return exitRefused;
}
