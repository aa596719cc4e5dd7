// SPDX-License-Identifier: Apache-2.0
// The entry point of the `rapport` command: hands the words over and sets the exit code when everything is written.
import { dispatch } from './dispatch.ts';
import { processTerminal } from './terminal.ts';

process.exitCode = await dispatch(process.argv.slice(2), processTerminal());
