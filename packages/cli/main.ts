// SPDX-License-Identifier: Apache-2.0
// The entry point of the `rapport` command: reads the arguments, chooses the command, sets the exit code.
const version = '0.1.0';

const help = `rapport ${version}: incentive agreements as executable documents

usage: rapport <command> [arguments]
`;

process.stdout.write(process.argv[2] === '--version' ? `${version}\n` : help);
