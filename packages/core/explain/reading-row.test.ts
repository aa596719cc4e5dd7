// SPDX-License-Identifier: Apache-2.0
// Rows, statuses, settlements and tables of every mode, each as the sentence that people read.
import { describe, expect, test } from 'vitest';
import type { BalanceRow, Clause, Row, Settlement } from '../program/clause.ts';
import type { BandTable, Status } from '../program/declaration.ts';
import type { Expression } from '../program/expression.ts';
import type { Program } from '../program/program.ts';
import { rational } from '../values/rational.ts';
import { clauseVoice } from './reading-clause.ts';
import { readRow } from './reading-row.ts';
import { readBurnOrder, readSettlement } from './reading-settlement.ts';
import { readStatus } from './reading-status.ts';
import { readTable } from './reading-table.ts';
import {
  at,
  atLeast,
  bind,
  blank,
  call,
  money,
  node,
  party,
  percent,
  sampleProgram,
  use,
} from './sample-program.ts';
import { voiceOf } from './voice.ts';

const program: Program = sampleProgram();
const [, milestone] = program.clauses;
if (milestone === undefined) throw new Error('The sample has a second clause.');
const clause: Clause = milestone;
const voice = clauseVoice(program, clause);
const dollars = (value: number): Expression =>
  node(money, { kind: 'literal', value: { kind: 'quantity', value: rational(value) } });
const months = (value: number): Expression =>
  node(
    { kind: 'duration' },
    { kind: 'literal', value: { kind: 'duration', value: { months: value, days: 0 } } },
  );
const date = (value: number): Expression =>
  node({ kind: 'date' }, { kind: 'literal', value: { kind: 'date', value } });
const half: Expression = node(percent, {
  kind: 'literal',
  value: { kind: 'quantity', value: rational(1, 2) },
});
const count = (value: number): Expression =>
  node(
    { kind: 'quantity', unit: [], flavour: 'count' },
    { kind: 'literal', value: { kind: 'quantity', value: rational(value) } },
  );
const bonus = blank('Bonus', money);
const target = blank('Target', money);

type RowParts<T> = T extends { at: unknown } ? Omit<T, 'at'> : never;

describe('a row reads', () => {
  const cases: readonly (readonly [RowParts<Row>, string])[] = [
    [
      { kind: 'at most', limit: bonus, when: null },
      'The amount is at most the Bonus (USD 1,000); what is above is not paid.',
    ],
    [
      { kind: 'at least', limit: dollars(50), when: atLeast(bonus, target) },
      'If the Bonus (USD 1,000) is at least USD 10,000 (Target), the amount is at least USD 50.',
    ],
    [{ kind: 'times', factor: half, when: null }, 'The amount is then multiplied by 50%.'],
    [
      { kind: 'during', from: date(0), through: date(30) },
      'Only facts that count from 1970-01-01 through 1970-01-31 take part.',
    ],
    [
      { kind: 'released when', condition: atLeast(bonus, target) },
      'It is held until the Bonus (USD 1,000) is at least USD 10,000 (Target), and released then.',
    ],
    [
      { kind: 'held back', share: half, through: date(30), until: null },
      '50% of it is held back through 1970-01-31.',
    ],
    [
      { kind: 'vests', parts: count(4), every: months(12), from: date(0), first: null },
      'It vests in 4 equal parts, one every 12 months after 1970-01-01; parts that fall due after the Representative has left are forfeited.',
    ],
    [
      { kind: 'for every', step: count(500), asset: 'Points' },
      'It is given once for every 500 usable Points of the Representative, as often as there are enough; these are taken at once.',
    ],
    [
      { kind: 'taking', amount: count(500), asset: 'Points', ifShort: 'refused' },
      'For it, 500 are taken from the Representative’s usable Points; if there are not enough, nothing is given.',
    ],
    [
      { kind: 'while it lasts', atMost: months(36) },
      'It is given again for each period at whose end it still lasts, but for at most 36 months.',
    ],
    [
      { kind: 'on a shortage', mode: 'waived' },
      'If more is taken back than there is, the shortage is waived.',
    ],
    [
      { kind: 'once', reversible: false },
      'The Representative receives it once only, and keeps it even if what it was given for falls away.',
    ],
    [{ kind: 'prorated', by: 'days' }, 'For a part of a period it is reduced in proportion to the days.'],
  ];
  test.each(cases)('%o', (row, sentence) => expect(readRow(voice, clause, { ...row, at })).toBe(sentence));
});

describe('a table reads', () => {
  const bound = (name: string, inclusive: boolean) => ({ value: blank(name, money), inclusive });
  const table = (parts: Partial<BandTable>): BandTable => ({
    kind: 'bands',
    id: 'Pay',
    at,
    mode: 'reached',
    input: money,
    result: money,
    bands: [
      { from: null, to: bound('Target', true), result: dollars(60), slope: null, at },
      { from: bound('Target', false), to: null, result: dollars(0), slope: null, at },
    ],
    ...parts,
  });

  test('with inclusive and exclusive bounds in words', () => {
    expect(readTable(voiceOf(program), table({}))).toEqual([
      'The Pay table gives one amount, that of the band reached:',
      '- up to and including USD 10,000 (Target): USD 60',
      '- above USD 10,000 (Target): USD 0',
    ]);
  });

  test('with slopes', () => {
    const slope = { rising: half, per: dollars(1), whole: true };
    const lines = table({
      mode: 'lines',
      bands: [{ from: bound('Target', true), to: null, result: dollars(5), slope, at }],
    });
    expect(readTable(voiceOf(program), lines)[1]).toBe(
      '- from USD 10,000 (Target) on: USD 5, and 50% more for each whole USD 1 above the start of the band',
    );
  });

  test('with an open end', () => {
    const [first] = table({}).bands;
    expect(readTable(voiceOf(program), table({ bands: first === undefined ? [] : [first] })).at(-1)).toBe(
      'Above the last of these bands the table gives no result.',
    );
  });
});

test('a status says its levels, when it rises, falls and is kept', () => {
  const of = bind('Member', party('Member'));
  const year = bind('year', { kind: 'period' });
  const status: Status = {
    id: 'Tier',
    at,
    of,
    measure: call('Revenue', money, use(of), use(year)),
    period: { variable: year, unit: 'year' },
    levels: [
      { name: 'Bronze', from: null },
      { name: 'Gold', from: target },
    ],
    rises: { when: 'at once', counts: 'with', factKind: 'Purchase' },
    falls: { when: 'end', unit: 'year', oneStep: true, grace: months(3) },
    keeps: { length: months(12), restarts: false },
  };
  expect(readStatus(voiceOf(program), status)).toEqual([
    'Each Member has at any time a Tier, which depends on the Revenue of the Member in the year:',
    '- Bronze at first;',
    '- Gold from USD 10,000 (Target) on.',
    'It rises at once, with the Purchase that reaches the level; that Purchase already counts at the new level.',
    'It falls at the end of a year, one level at a time, after 3 months of grace.',
    'A level once reached is kept for at least 12 months.',
  ]);
});

test('a settlement says what is owed back and how it is recovered', () => {
  const rows: readonly RowParts<BalanceRow>[] = [
    { kind: 'at least', amount: bonus, from: date(0), through: date(180) },
    { kind: 'owed', share: half, from: null },
    { kind: 'paid ahead' },
  ];
  const settlement: Settlement = {
    id: 'Pay',
    name: 'Pay',
    at,
    section: '',
    payer: 'Company',
    payee: { variable: bind('Representative', party('Representative')), party: 'Representative' },
    unit: 'month',
    period: bind('month', { kind: 'period' }),
    asset: 'USD',
    from: ['Commission'],
    rows: rows.map((row) => ({ ...row, at })),
  };
  expect(readSettlement(voiceOf(program), settlement).slice(0, 4)).toEqual([
    'For each month, the Company settles with each Representative what falls due under “Commission”, as “Pay”.',
    'The pay of a month is at least the Bonus (USD 1,000), from 1970-01-01 through 1970-06-30.',
    'What was paid to reach the minimum is owed back; 50% of later pay above the minimum goes towards it.',
    'The minimum is paid ahead, on the first day of the period.',
  ]);
});

test('points are used in a stated order, and may be shared', () => {
  const burn = {
    asset: 'Points',
    order: ['expiry', 'issue'] as const,
    pool: { party: 'Representative', attribute: 'Household' },
    at,
  };
  expect(readBurnOrder(voiceOf(program), burn)).toEqual([
    'When Points are used, those that expire first go first, then those issued first.',
    'Representatives of one Household share their Points.',
  ]);
});
