// SPDX-License-Identifier: Apache-2.0
// `rapport-server rotate-secrets`: a new key in front, and every secret sealed anew under it. While the service is
// stopped: a running one does not know the new key. Everybody is signed out, since sessions are signed with it too.
import { join } from 'node:path';
import { resealAll } from '../access/reseal.ts';
import { addSecretKey, readSecretKeys } from '../access/secret-keys.ts';
import { secretsWith } from '../access/secrets.ts';
import { migrate } from '../store/migrate.ts';
import { openStore } from '../store/open.ts';
import { type Refused, refusedSentence } from '../store/refused.ts';
import { type Command, exitOk, exitRefused } from './command.ts';
import { openDatabase } from './database.ts';

export const rotateSecrets: Command = {
  usage: 'rotate-secrets',
  summary: 'seals every secret under a new key, while the service is stopped',
  run: async ({ configuration, log, say }) => {
    const file = join(configuration.dataFolder, 'secret.key');
    const given = configuration.secretKey ?? undefined;
    const complain = (why: string) => {
      say(`rapport-server: ${why}`);
      return exitRefused;
    };
    const refuse = (refused: Refused) => complain(refusedSentence(refused));
    const before = readSecretKeys(given, file);
    if (before.kind === 'wrong') return complain(before.problem);
    const database = await openDatabase(configuration, log);
    if (database.kind === 'refused') return refuse(database);
    try {
      const migrated = await migrate(database.url);
      if (migrated.kind === 'refused') return refuse(migrated);
      const store = await openStore({ url: database.url, onError: () => undefined });
      if (store.kind === 'refused') return refuse(store);
      // A key from the environment is put in front by whoever sets it; ours is made here.
      if (given === undefined) addSecretKey(file);
      const keys = readSecretKeys(given, file);
      if (keys.kind === 'wrong') return complain(keys.problem);
      const count = await resealAll(store, secretsWith(keys.keys), 'job:operator');
      await store.close();
      say(
        `Sealed ${count} secrets anew. The other keys in ${given === undefined ? file : 'RAPPORT_SECRET_KEY'} may be`,
      );
      say('taken out, once no backup is needed that was sealed with them.');
      return exitOk;
    } finally {
      await database.stop();
    }
  },
};
