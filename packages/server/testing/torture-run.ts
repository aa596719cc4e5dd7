// SPDX-License-Identifier: Apache-2.0
// `npm run torture -- KILLS SEED`: the service and its database killed under load, sixty times unless said otherwise.

import { endedWell } from './ended-well.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { torture } from './torture.ts';

const [kills = '60', seed = '1'] = process.argv.slice(2);

await endedWell(async (atEnd) => {
  const report = await torture({
    folder: temporaryFolder('rapport-torture-', atEnd),
    kills: Number(kills),
    seed: Number(seed),
    senders: 4,
    say: (line) => console.log(line),
    atEnd,
  });
  const { serviceKills, databaseKills, acknowledged, repeated, recorded, problems } = report;
  console.log(`The service was killed ${serviceKills} times, the database ${databaseKills} times.`);
  console.log(
    `${acknowledged} facts were acknowledged, ${repeated} repeats answered; ${recorded} are in the log.`,
  );
  if (problems.length === 0)
    console.log('Each is there once, the books balance, and a replay gives every row again.');
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
});
