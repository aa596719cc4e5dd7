// SPDX-License-Identifier: Apache-2.0
// Every feed that the documentation and the examples show can be read, and every finding is documented.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { feedCodes } from '@rapport/core/feeds/messages.ts';
import { readFeed } from '@rapport/core/feeds/read-feed.ts';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const reference = readFileSync(join(root, 'docs', 'reference', 'feeds.md'), 'utf8');
const samples = [...reference.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match, index) => [
  `sample ${index + 1}`,
  match[1]!,
]);
const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('feed.yaml'))
  .map((path) => [path, readFileSync(join(root, 'examples', path), 'utf8')]);

test.each([...samples, ...examples])('%s', (_name, text) => {
  expect(readFeed(parse(text!)).diagnostics).toEqual([]);
});

test('every code that a feed can report stands in the reference', () => {
  expect(feedCodes.filter((code) => !reference.includes(`\`${code}\``))).toEqual([]);
});
