// SPDX-License-Identifier: Apache-2.0
// A command of `rapport-server`, and what it is given.
import type { Configuration } from '../configuration/configuration.ts';
import type { Log } from '../configuration/log.ts';

export interface CommandGiven {
  readonly configuration: Configuration;
  readonly log: Log;
  /** Words after the name of the command. */
  readonly words: readonly string[];
  /** To people: one line on standard output. */
  readonly say: (line: string) => void;
}

export interface Command {
  readonly usage: string;
  readonly summary: string;
  /** Gives the exit code. */
  run(given: CommandGiven): Promise<number>;
}

export const exitOk = 0;
export const exitRefused = 1;
