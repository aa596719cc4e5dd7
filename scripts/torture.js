// SPDX-License-Identifier: Apache-2.0
// Bundles and runs the torture of the service: `npm run torture`, or `npm run torture -- KILLS SEED`.
import { spawnSync } from 'node:child_process';
import { bundledProgram } from './bundled-program.js';

const program = bundledProgram('packages/server/testing/torture-run.ts');
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
