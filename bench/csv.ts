// SPDX-License-Identifier: Apache-2.0
// Rows of a CRM export as CSV in memory into a store of facts: every field converted and checked, every row accounted
// for. usage: csv [rows]
import { readFileSync } from 'node:fs';
import { factsFromFeed } from '../packages/core/feeds/facts-from-feed.ts';
import { readFeed } from '../packages/core/feeds/read-feed.ts';
import { compile } from '../packages/core/language/compile.ts';
import { isoDay } from '../packages/core/values/date.ts';
import { firstDay } from './deals.ts';
import { fastest, machineText, peakMegabytes, report, seeded, timeText } from './measure.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const source = 'examples/hardware-sales/agreement.md';
const { program } = compile(readFileSync(source, 'utf8'), source);
const { feed } = readFeed(
  {
    sources: [
      {
        file: 'deals.csv',
        fact: 'Deal',
        id: 'id',
        fields: {
          Representative: 'owner',
          Customer: 'account',
          Stage: 'stage',
          Amount: { column: 'amount', currency: 'USD' },
          Engaged: 'engaged',
          Closed: 'closed',
        },
      },
    ],
  },
  'feed.yaml',
);
if (program === null || feed === null) throw new Error('The agreement or its feed has errors.');

/** The file in chunks, as it comes from a disk. */
function chunksOf(count: number): Uint8Array[] {
  const encoder = new TextEncoder();
  const random = seeded(3);
  const days = Array.from({ length: 820 }, (_, day) => isoDay(firstDay - 90 + day));
  const chunks: Uint8Array[] = [];
  let text = 'id,owner,account,stage,amount,engaged,closed\n';
  for (let row = 0; row < count; row += 1) {
    const closed = 90 + Math.floor(random() * 730);
    const engaged = closed - Math.floor(random() * 90);
    const cents = 10_000 + Math.floor(random() * 990_000);
    const owner = Math.floor(random() * 10_000);
    const account = Math.floor(random() * 50_000);
    const stage = random() < 0.66 ? 'Won' : 'Lost';
    text += `D-${row},R-${owner},C-${account},${stage},${(cents / 100).toFixed(2)},${days[engaged]},${days[closed]}\n`;
    if (text.length < 1 << 18 && row + 1 < count) continue;
    chunks.push(encoder.encode(text));
    text = '';
  }
  return chunks;
}

console.log(machineText());
const chunks = chunksOf(rows);
const megabytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0) / 1e6;
const taken = await fastest(5, () => factsFromFeed(feed, () => chunks, program));
const { result, seconds, cpuSeconds } = taken;
if (result.store.tables.get('Deal')?.length !== rows || result.report.diagnostics.length > 0) {
  throw new Error(`${result.report.diagnostics.length} rows were not taken.`);
}
report('rows of CSV', `${rows.toLocaleString('en')}, ${megabytes.toFixed(0)} MB`);
const rate = (least: number) => (rows / least / 1e6).toFixed(2);
report('into a store', timeText(taken));
report('  million rows a second', `${rate(seconds)} (by processor time ${rate(cpuSeconds)})`);
report('peak resident memory', `${peakMegabytes()} MB`);
