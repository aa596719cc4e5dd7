// SPDX-License-Identifier: Apache-2.0
// `rapport-server`: reads the environment, runs one command, ends with its exit code.
import { backup } from './commands/backup.ts';
import { type Command, exitRefused } from './commands/command.ts';
import { usualDataFolder } from './commands/data-folder.ts';
import { migrate } from './commands/migrate.ts';
import { restore } from './commands/restore.ts';
import { rotateSecrets } from './commands/rotate-secrets.ts';
import { serve } from './commands/serve.ts';
import { readConfiguration } from './configuration/configuration.ts';
import { newLog } from './configuration/log.ts';

const commands: Readonly<Record<string, Command>> = {
  serve, //
  migrate,
  backup,
  restore,
  'rotate-secrets': rotateSecrets,
};

async function main(): Promise<number> {
  const [name = 'serve', ...words] = process.argv.slice(2);
  const command = commands[name];
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  if (command === undefined) {
    for (const { usage, summary } of Object.values(commands)) say(`rapport-server ${usage}   ${summary}`);
    return name === '--help' || name === 'help' ? 0 : exitRefused;
  }
  const read = readConfiguration(process.env, {
    isTerminal: process.stderr.isTTY === true,
    usualDataFolder: usualDataFolder(process.cwd()),
  });
  if (read.kind === 'wrong') {
    for (const problem of read.problems) process.stderr.write(`rapport-server: ${problem}\n`);
    return exitRefused;
  }
  const { configuration } = read;
  const write = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const log = newLog({ ...configuration.log, write, clock: () => new Date() });
  return await command.run({ configuration, log, words, say });
}

process.exitCode = await main();
