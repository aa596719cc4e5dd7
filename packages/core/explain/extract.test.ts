// SPDX-License-Identifier: Apache-2.0
// The full extract: deals that earned, and of each that earned nothing the reason.
import { expect, test } from 'vitest';
import { knownAt } from '../engine/known.ts';
import { compile } from '../language/compile.ts';
import type { Entry } from '../program/log.ts';
import type { Scalar } from '../program/value.ts';
import { parseIsoDay } from '../values/date.ts';
import { rational } from '../values/rational.ts';
import { extractOf } from './extract.ts';

const { program } = compile(
  `# Sales

[Acme Inc. : Company] pays a Representative [10% : Rate] of each won Deal.

\`\`\`rapport
party Company
parties Representatives
each Deal has Representative, Stage (text), Amount (USD), Closed (date); counts on Closed
a Won Deal is a Deal whose Stage is "Won"
Company pays the Representative of each Won Deal in its month "Commission": Rate of Amount
calendar: calendar months, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: none
\`\`\`
`,
  'extract.md',
);

function deal(id: string, of: string, fields: Readonly<Record<string, Scalar>>): Entry {
  const known = { Representative: { kind: 'party', value: of } as const, ...fields };
  return { kind: 'fact', fact: { kind: 'Deal', id, revision: 1, fields: known }, recordedOn: null };
}
const won: Scalar = { kind: 'text', value: 'Won' };
const hundred: Scalar = { kind: 'quantity', value: rational(100) };
const on = (text: string): Scalar => ({ kind: 'date', value: parseIsoDay(text)! });

test('the extract lists every deal of a party, and says of each that earned nothing why', () => {
  const entries = [
    deal('D-1', 'ann', { Stage: won, Amount: hundred, Closed: on('2026-02-10') }),
    deal('D-2', 'ann', { Stage: { kind: 'text', value: 'Lost' }, Amount: hundred, Closed: on('2026-02-11') }),
    deal('D-3', 'ann', { Stage: won, Amount: hundred }),
    deal('D-4', 'ann', { Stage: won, Amount: hundred, Closed: on('2026-04-01') }),
    deal('D-5', 'ann', { Stage: won, Closed: on('2026-02-12') }),
    deal('D-6', 'bob', { Stage: won, Amount: hundred, Closed: on('2026-02-13') }),
  ];
  const versions = [{ program: program!, from: null, to: null }];
  const rows = extractOf(versions, knownAt(entries, parseIsoDay('2026-02-28')!), {
    payee: 'ann',
    from: null,
    through: null,
  });
  expect(rows.map(({ fact, earned, why }) => [fact.id, earned.map(({ amount }) => amount), why])).toEqual([
    ['D-3', [], 'It counts once its Closed is there.'],
    ['D-1', [1000n], null],
    ['D-2', [], 'It is no Won Deal, since this does not hold: the Stage of the Deal is “Won”.'],
    ['D-5', [], 'It waits for its Amount.'],
    ['D-4', [], 'It counts on 2026-04-01, and the latest day that had begun is 2026-02-28.'],
  ]);
});
