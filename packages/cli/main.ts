// SPDX-License-Identifier: Apache-2.0
// The entry point of the `rapport` command: hands the words over and sets the exit code when everything is written.
import { exitMistake } from './command.ts';
import { dispatch } from './dispatch.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal();
try {
  process.exitCode = await dispatch(process.argv.slice(2), terminal);
} catch (error) {
  // Whatever a caller gets wrong comes back as a finding; what ends here is a mistake of the program.
  terminal.complain(
    `rapport: this is a mistake of the program, not yours. Please report it with these lines:`,
  );
  terminal.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = exitMistake;
}
