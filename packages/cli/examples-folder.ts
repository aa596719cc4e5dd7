// SPDX-License-Identifier: Apache-2.0
// Where the example agreements are: in the checkout, else beside the bundle of a published package.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds one folder per example. */
export function examplesFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [
    join(here, '..', '..', '..', 'examples'),
    join(here, '..', '..', 'examples'),
    join(here, 'examples'),
  ];
  const found = candidates.find((folder) => existsSync(join(folder, 'hardware-sales')));
  if (found === undefined) throw new Error(`The examples are in none of ${candidates.join(', ')}.`);
  return found;
}
