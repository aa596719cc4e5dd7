// SPDX-License-Identifier: Apache-2.0
// What a command is: its help, its options, and a function from arguments to an exit code. A command writes through
// its terminal alone, so that it can be run and read in a test without a process.
import type { ParseArgsConfig } from 'node:util';
import type { Terminal } from './terminal.ts';

/** Exit code of a command that did what it was asked and found nothing wrong. */
export const exitOk = 0;
/** Exit code when the command ran and found mistakes: in the agreement, in its data, in a comparison. */
export const exitFindings = 1;
/** Exit code when the command could not begin: unknown option, missing argument, no such file. */
export const exitUsage = 2;

/** Exit code after a mistake of the program itself. */
export const exitMistake = 3;

/** The arguments as node:util's parseArgs gives them. */
export interface Arguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

export interface Command {
  /** What stands after `rapport`, for instance `run FOLDER --data DIR`. */
  readonly usage: string;
  /** Everything below the usage line: what it does, its options, an example. */
  readonly help: string;
  /** Options beside `--help`, which every command has. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Least and most words beside the options. */
  readonly positionals: readonly [least: number, most: number];
  run(given: Arguments, terminal: Terminal): Promise<number> | number;
}

/** The text of an option that may stand once; null when it is not given. */
export function textOption(given: Arguments, name: string): string | null {
  const value = given.values[name];
  return typeof value === 'string' ? value : null;
}

/** The texts of an option that may stand several times. */
export function textsOption(given: Arguments, name: string): readonly string[] {
  const value = given.values[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Whether a switch such as `--json` is given. */
export function hasOption(given: Arguments, name: string): boolean {
  return given.values[name] === true;
}
