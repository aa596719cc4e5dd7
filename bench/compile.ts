// SPDX-License-Identifier: Apache-2.0
// How long it takes to read and check an agreement of about twenty pages, most of it prose, and to complete a word in it.
import { readFileSync } from 'node:fs';
import { compile } from '@rapport/core/language/compile.ts';
import { completionsAt } from '@rapport/core/language/complete.ts';
import { parseDocument } from '@rapport/core/language/parse.ts';
import { fastest, machineText, report } from './measure.ts';

const agreement = readFileSync('examples/hardware-sales/agreement.md', 'utf8');
const clause =
  'The Representative earns a share of the *Revenue* that counts, and of no other, in each quarter.\n\n';
const text = `${agreement}\n\n${clause.repeat(Math.ceil((40_000 - agreement.length) / clause.length))}`;
const runs = 30;

console.log(machineText());
const parsed = await fastest(runs, () => parseDocument(text, ''));
const compiled = await fastest(runs, () => compile(text, ''));
const completed = await fastest(runs, () => completionsAt(text, text.indexOf('Company pays') + 13));
const size = `${Math.round(text.length / 1000)} kB`;
report(`parse, ${size}`, `${(parsed.seconds * 1000).toFixed(1)} ms`);
report(
  `parse and check, ${size}, ${compiled.result.diagnostics.length} diagnostics`,
  `${(compiled.seconds * 1000).toFixed(1)} ms`,
);
report(
  `complete a word, ${size}, ${completed.result.length} offered`,
  `${(completed.seconds * 1000).toFixed(1)} ms`,
);
