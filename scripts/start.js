// SPDX-License-Identifier: Apache-2.0
// `npm start`: installs and builds what is missing, then shows Rapport at work on made-up data (`rapport demo`).
import { bootstrap, root } from './bootstrap.js';

await bootstrap();
process.argv = [process.argv[0], process.argv[1], 'demo'];
process.chdir(root);
await import('../packages/cli/dist/rapport.js');
