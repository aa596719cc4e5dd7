// SPDX-License-Identifier: Apache-2.0
// From the words of a command line to an exit code: chooses the command, reads its options, shows help, and says
// what is wrong with words that make no sense. A usage mistake is always exit code 2 and one remedy.
import { parseArgs } from 'node:util';
import { closestName } from '@rapport/core/feeds/closest-name.ts';
import { type Command, exitOk, exitUsage } from './command.ts';
import { commandTable } from './command-table.ts';
import type { Terminal } from './terminal.ts';

export const version = '0.1.0';

/** Runs one command line (without `node` and the script) and gives its exit code. */
export async function dispatch(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h') return overview(terminal);
  if (name === 'help')
    return rest[0] === undefined ? overview(terminal) : dispatch([rest[0], '--help'], terminal);
  if (name === '--version' || name === '-v') {
    terminal.write(`${version}\n`);
    return exitOk;
  }
  const entry = Object.hasOwn(commandTable, name) ? commandTable[name] : undefined;
  if (entry === undefined) {
    const closest = closestName(name, Object.keys(commandTable));
    terminal.complain(`rapport: there is no command "${name}".`);
    terminal.complain(closest === null ? 'See `rapport --help`.' : `Did you mean \`rapport ${closest}\`?`);
    return exitUsage;
  }
  const { command } = await entry.load();
  return runCommand(name, command, rest, terminal);
}

async function runCommand(
  name: string,
  command: Command,
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    terminal.write(`usage: rapport ${command.usage}\n\n${command.help.trim()}\n`);
    return exitOk;
  }
  const refuse = (sentence: string) => {
    terminal.complain(`rapport ${name}: ${sentence}`);
    terminal.complain(`usage: rapport ${command.usage}`);
    return exitUsage;
  };
  try {
    const given = parseArgs({ args: [...words], options: command.options, allowPositionals: true });
    const [least, most] = command.positionals;
    if (given.positionals.length < least) return refuse('something is missing.');
    if (given.positionals.length > most) {
      return refuse(`"${given.positionals[most]}" is one word too many; put names with spaces in quotes.`);
    }
    return await command.run(given, terminal);
  } catch (error) {
    if (!isArgumentError(error)) throw error;
    const unknown = /Unknown option '--([^']*)'/.exec(error.message)?.[1];
    if (unknown === undefined) return refuse(error.message);
    const closest = closestName(unknown, Object.keys(command.options));
    return refuse(`there is no option --${unknown}.${closest === null ? '' : ` Did you mean --${closest}?`}`);
  }
}

function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS_');
}

function overview(terminal: Terminal): number {
  const width = Math.max(...Object.keys(commandTable).map((name) => name.length));
  const lines = Object.entries(commandTable).map(
    ([name, { summary }]) => `  ${terminal.style.bold(name.padEnd(width))}  ${summary}`,
  );
  terminal.write(`rapport ${version}: incentive agreements as executable documents

usage: rapport <command> [arguments]

${lines.join('\n')}

\`rapport <command> --help\` says more. Exit codes: 0 in order, 1 findings, 2 wrong usage.
`);
  return exitOk;
}
