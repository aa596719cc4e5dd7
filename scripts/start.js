// SPDX-License-Identifier: Apache-2.0
// `npm start`: installs and builds what is missing, then shows what Rapport is and what to try first.
import { bootstrap } from './bootstrap.js';

await bootstrap();
console.log(`
Rapport: incentive agreements as executable documents.

Try:
  npx rapport --help     what the command can do
  npm test               every check there is
`);
