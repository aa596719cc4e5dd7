// SPDX-License-Identifier: Apache-2.0
// A process that owns a workspace and records one deal after the other until it is stopped, saying which ones were
// acknowledged. Tests kill it, pause it, and start another beside it.
// usage: node writing-process.mjs URL WORKSPACE NAME

import { openStore } from '../store/open.ts';
import { openWriter } from '../writer/writer.ts';
import { deal } from './sales-agreement.ts';

async function run(url: string, workspace: number, name: string): Promise<string> {
  const store = await openStore({ url, poolSize: 2, onError: () => undefined });
  if (store.kind === 'refused') return store.code;
  const writer = await openWriter({ store, workspace, owner: name });
  if ('kind' in writer) return `owned by ${writer.owner}`;
  void writer.ended.then((why) => process.stdout.write(`ended ${why}\n`));
  for (let number = 1; ; number += 1) {
    const id = `${name}-${number}`;
    const [receipt] = await writer.submit([deal(id, { amount: number })], { together: true });
    process.stdout.write(`${receipt?.kind} ${id}\n`);
  }
}

const [url = '', workspace = '', name = ''] = process.argv.slice(2);
await run(url, Number(workspace), name).then(
  (why) => process.stdout.write(`${why}\n`),
  (error: Error) => process.stdout.write(`${error.name}\n`),
);
process.exit(0);
