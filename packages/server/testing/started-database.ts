// SPDX-License-Identifier: Apache-2.0
// An embedded database for a program that ends well: it is stopped at the end, also when that comes while it starts.

import { type EmbeddedDatabase, type EmbeddedOptions, startEmbedded } from '../store/embedded/start.ts';
import { refusedSentence } from '../store/refused.ts';
import type { AtEnd } from './ended-well.ts';

export async function startedDatabase(options: EmbeddedOptions, atEnd: AtEnd): Promise<EmbeddedDatabase> {
  const starting = startEmbedded(options);
  atEnd(async () => {
    const database = await starting;
    if (database.kind === 'started') await database.stop();
  });
  const database = await starting;
  if (database.kind === 'refused') throw new Error(refusedSentence(database));
  return database;
}
