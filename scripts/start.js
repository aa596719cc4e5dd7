// SPDX-License-Identifier: Apache-2.0
// `npm start`: installs and builds what is missing, then runs the service with its demonstration until Ctrl-C.
import { bootstrap, root } from './bootstrap.js';

await bootstrap();
const { buildPagesWhenStale } = await import('../packages/web/build.js');
const { buildServerWhenStale } = await import('../packages/server/build.js');
await Promise.all([buildPagesWhenStale(), buildServerWhenStale()]);
process.argv = [process.argv[0], process.argv[1], 'serve'];
process.chdir(root);
await import('../packages/server/dist/rapport-server.js');
