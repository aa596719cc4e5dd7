// SPDX-License-Identifier: Apache-2.0
// Bundles and runs the benchmark of the service: `npm run bench:server`, or `npm run bench:server -- HISTORY`.
import { spawnSync } from 'node:child_process';
import { bundledProgram } from './bundled-program.js';

const program = bundledProgram('packages/server/testing/bench-run.ts');
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
