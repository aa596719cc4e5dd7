// SPDX-License-Identifier: Apache-2.0
// Bundles and runs the torture of the service: `npm run torture`, or `npm run torture -- KILLS SEED`.
import { runProgram } from './bundled-program.js';

runProgram('packages/server/testing/torture-run.ts');
