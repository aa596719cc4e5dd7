// SPDX-License-Identifier: Apache-2.0
// A process that runs the embedded database of a folder until its input ends: tests start it as another user, and kill
// it. It prints one line of JSON: the address and the number of the server's process, or why it does not start.

import { startEmbedded } from '../store/embedded/start.ts';

const database = await startEmbedded({ folder: process.argv[2] ?? '', onLine: () => undefined });
if (database.kind === 'refused') {
  process.stdout.write(`${JSON.stringify(database)}\n`);
} else {
  process.stdout.write(
    `${JSON.stringify({ kind: 'started', url: database.url, pid: database.pid(), uid: process.getuid?.() })}\n`,
  );
  process.stdin.resume();
  process.stdin.once('end', () => void database.stop());
}
