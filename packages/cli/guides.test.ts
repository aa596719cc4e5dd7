// SPDX-License-Identifier: Apache-2.0
// Every console sample of these guides is run and compares word for word. RAPPORT_UPDATE=1 rewrites the outputs; a
// person reads the difference.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dispatch } from './dispatch.ts';
import { recordingTerminal } from './terminal.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const sample = /```console\n\$ rapport (.*)\n([\s\S]*?)```/g;

/** The words of a command line; double quotes hold spaces, paths begin at the root of the repository. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
  return words.map((word) => (/^(examples|docs)\//.test(word) ? join(root, word) : word));
}

async function outputOf(line: string): Promise<string> {
  const terminal = recordingTerminal();
  await dispatch(wordsOf(line), terminal);
  return [...terminal.output, ...terminal.complaints.map((complaint) => `${complaint}\n`)].join('');
}

test.each(['compare.md', 'reconcile.md', 'simulate.md'])(
  'the samples of %s give what they show',
  async (name) => {
    const path = join(root, 'docs', 'guides', name);
    const text = readFileSync(path, 'utf8');
    const samples = [...text.matchAll(sample)];
    expect(samples.length).toBeGreaterThan(0);
    let renewed = text;
    for (const [whole, line = ''] of samples) {
      const now = `\`\`\`console\n$ rapport ${line}\n${await outputOf(line)}\`\`\``;
      if (env['RAPPORT_UPDATE'] === undefined) expect(whole).toBe(now);
      renewed = renewed.replace(whole, () => now);
    }
    if (env['RAPPORT_UPDATE'] !== undefined) writeFileSync(path, renewed);
  },
);
