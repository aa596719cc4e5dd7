// SPDX-License-Identifier: Apache-2.0
// Bundles and runs the benchmark of the service: `npm run bench:server`, or `npm run bench:server -- HISTORY`.
import { runProgram } from './bundled-program.js';

runProgram('packages/server/testing/bench-run.ts');
