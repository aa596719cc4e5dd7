// SPDX-License-Identifier: Apache-2.0
// `npm run torture -- KILLS SEED`: the service and its database killed under load, sixty times unless said otherwise.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openedToAll } from './temporary-folder.ts';
import { torture } from './torture.ts';

const [kills = '60', seed = '1'] = process.argv.slice(2);
const folder = openedToAll(mkdtempSync(join(tmpdir(), 'rapport-torture-')));
const report = await torture({
  folder,
  kills: Number(kills),
  seed: Number(seed),
  senders: 4,
  say: (line) => console.log(line),
});
rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
const { serviceKills, databaseKills, acknowledged, repeated, recorded, problems } = report;
console.log(`The service was killed ${serviceKills} times, the database ${databaseKills} times.`);
console.log(
  `${acknowledged} facts were acknowledged, ${repeated} repeats answered; ${recorded} are in the log.`,
);
if (problems.length === 0)
  console.log('Each is there once, the books balance, and a replay gives every row again.');
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
