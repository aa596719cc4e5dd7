// SPDX-License-Identifier: Apache-2.0
// What the commands on the database share: they open it, do their work, say in a sentence why not, and close it.
import type { Configuration } from '../configuration/configuration.ts';
import type { Log } from '../configuration/log.ts';
import { type Refused, refusedSentence } from '../store/refused.ts';
import { type CommandGiven, exitOk, exitRefused } from './command.ts';
import type { Database } from './database.ts';

/** @param work gives the line to say when it is done. */
export async function withDatabase(
  { configuration, log, say }: CommandGiven,
  open: (configuration: Configuration, log: Log) => Promise<Database | Refused>,
  work: (database: Database) => Promise<string | Refused>,
): Promise<number> {
  const refuse = (refusal: Refused): number => {
    say(`rapport-server: ${refusedSentence(refusal)}`);
    return exitRefused;
  };
  const database = await open(configuration, log);
  if (database.kind === 'refused') return refuse(database);
  try {
    const done = await work(database);
    if (typeof done !== 'string') return refuse(done);
    say(done);
    return exitOk;
  } finally {
    await database.stop();
  }
}
