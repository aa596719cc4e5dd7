// SPDX-License-Identifier: Apache-2.0
// The built command as a person or a script runs it: what it prints, and with which exit code it ends.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoFiles } from './demo-data.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'rapport-'));
const data = join(folder, 'data');
const hardware = join(root, 'examples', 'hardware-sales');

/** Runs the command with these words; in a checkout it builds its bundle first when that is needed. */
function rapport(...words: string[]) {
  const command = join(root, 'packages', 'cli', 'bin', 'rapport.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

interface AmountObject {
  readonly payee: string;
  readonly component: string;
  readonly period: string;
  readonly asset: string;
  readonly amount: string;
  readonly fact?: string;
  readonly line?: string;
}

function objects(text: string): AmountObject[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AmountObject);
}

/** A decimal text with at most two places, as a whole number of hundredths. */
function cents(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return text.startsWith('-') ? -size : size;
}

beforeAll(() => {
  expect(rapport('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  mkdirSync(data);
  for (const [name, text] of Object.entries(demoFiles(11, 300))) writeFileSync(join(data, name), text);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('words that make no sense end with exit code 2 and a remedy', () => {
  test.each([
    [['rnu'], /Did you mean `rapport run`/],
    [['run'], /usage: rapport run FOLDER/],
    [['run', hardware], /--data DIR/],
    [['run', hardware, '--daat', 'x'], /Did you mean --data\?/],
    [['run', hardware, '--data', 'nowhere'], /no folder nowhere/],
    [['run', 'nowhere', '--data', '.'], /no folder nowhere/],
    [['run', hardware, '--data', '.', '--as-of', '2017-02-30'], /no date such as/],
    [['run', hardware, '--data', '.', '--set', 'Base Rate'], /not of the form "Name=value"/],
    [['run', hardware, '--data', '.', '--set', 'Bas Rate=5%'], /Base Rate/],
    [['run', hardware, '--data', '.', '--set', 'Base Rate=USD 5'], /Base Rate/],
    [['run', hardware, '--data', '.', '--set', 'Base Rate=5'], /a percentage such as 4.75%/],
    [['run', hardware, '--data', '.', '--set', 'Bonus=EUR 5'], /an amount in USD such as USD 1,200/],
    [['run', hardware, '--data', '.', '--set', '__proto__=5'], /no blank named "__proto__"/],
    [['run', hardware, '--data', '.', '--set', 'Bonus=1', '--set', 'Bonus=2'], /"Bonus" twice/],
    [['run', join(hardware, 'agreement.md'), '--data', '.'], /is a file, not a folder/],
    [['run', hardware, '--data', join(hardware, 'feed.yaml')], /is a file, not a folder/],
    [['check', 'nowhere.md'], /no file nowhere.md/],
    [['init', 'x', '--from', 'hardware'], /hardware-sales/],
  ])('rapport %j', (words, remedy) => {
    const { status, stderr, stdout } = rapport(...words);
    expect(stderr).toMatch(remedy);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

test('the overview and the help of every command', () => {
  const { stdout, status } = rapport('--help');
  expect(status).toBe(0);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) {2}/gm)].map((match) => match[1]!);
  expect(commands).toEqual(expect.arrayContaining(['run', 'check', 'format', 'test', 'init', 'demo']));
  for (const command of commands)
    expect(rapport(command, '--help').stdout).toMatch(`usage: rapport ${command}`);
});

describe('run', () => {
  test('shows every component, every row, and what was rejected with its remedy', () => {
    const { status, stdout, stderr } = rapport('run', hardware, '--data', data);
    expect(stdout).toMatch(/^Commission +15 +\d+ +USD [\d,.]+$/m);
    expect(stdout).toMatch(/sales_pipeline\.csv: 3\d\d rows → Deal/);
    expect(stdout).toMatch(/4 {2}rejected/);
    expect(stderr).toMatch(
      /row \d+, column close_date: The date 2\/30\/2026 does not exist: 2026-02 has 28 days/,
    );
    expect(status).toBe(1);
  });

  test('as JSON: decimal texts, no zero amounts, and lines that add up to their amount', () => {
    const { stdout } = rapport('run', hardware, '--data', data, '--json', '--lines');
    const all = objects(stdout);
    const amounts = all.filter(({ line }) => line === undefined);
    expect(amounts.length).toBeGreaterThan(50);
    for (const { amount, period } of amounts) {
      expect(amount).toMatch(/^-?\d+\.\d{2}$/);
      expect(cents(amount)).not.toBe(0n);
      expect(period).toMatch(/^2026(-Q[1-4])?$/);
    }
    const keyOf = ({ payee, component, period }: AmountObject) => `${payee}|${component}|${period}`;
    const sums = new Map<string, bigint>();
    for (const each of all) {
      if (each.line !== undefined) sums.set(keyOf(each), (sums.get(keyOf(each)) ?? 0n) + cents(each.line));
    }
    for (const each of amounts)
      expect([keyOf(each), sums.get(keyOf(each))]).toEqual([keyOf(each), cents(each.amount)]);
  });

  test('with another value in a blank gives other amounts', () => {
    const total = (...more: string[]) =>
      objects(rapport('run', hardware, '--data', data, '--json', ...more).stdout)
        .filter(({ component }) => component === 'Team override')
        .reduce((sum, { amount }) => sum + cents(amount), 0n);
    expect(Number(total('--set', 'Override=3%'))).toBeCloseTo(Number(total()) * 2, -2);
  });

  test('one party and one period: a statement with the facts behind it', () => {
    const { stdout } = rapport(
      'run',
      hardware,
      '--data',
      data,
      '--party',
      'Ada Brandt',
      '--period',
      '2026-Q2',
    );
    expect(stdout).toMatch(/^Statement for Ada Brandt$/m);
    expect(stdout).toMatch(/Commission +USD/);
    expect(stdout).toMatch(/H-\d{4} +USD/);
  });

  test('a run that could visit more facts than allowed is refused with the figures before it begins', () => {
    const { stdout, stderr, status } = rapport(
      'run',
      hardware,
      '--data',
      data,
      '--most-visits',
      '1000',
      '--json',
    );
    expect(stderr).toMatch(
      /facts and \d+ periods this agreement could visit [\d,]+ facts, .* the limit is 1,000/,
    );
    expect([stdout, status]).toEqual(['', 1]);
    expect(rapport('run', hardware, '--data', data, '--most-visits', 'x').status).toBe(2);
  });

  test('a party that does not occur is answered with the nearest one', () => {
    const { stderr, status } = rapport('run', hardware, '--data', data, '--party', 'Ada Brant');
    expect(stderr).toMatch('Did you mean "Ada Brandt"?');
    expect(status).toBe(2);
  });

  test('data that is not there, empty or of another sort', () => {
    const other = mkdtempSync(join(folder, 'other-'));
    expect(rapport('run', hardware, '--data', other).stderr).toMatch(/not in the data folder/);
    writeFileSync(join(other, 'sales_pipeline.csv'), '');
    expect(rapport('run', hardware, '--data', other).stderr).toMatch(
      /sales_pipeline\.csv: The file is empty/,
    );
    writeFileSync(join(other, 'sales_pipeline.csv'), Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xfe]));
    const { stderr, status } = rapport('run', hardware, '--data', other);
    expect(stderr).toMatch(/column "opportunity_id"|not UTF-8/);
    expect(status).toBe(1);
  });
});

test('an agreement or a feed that is not UTF-8 is refused with its line, never read with signs replaced', () => {
  const other = mkdtempSync(join(folder, 'latin-'));
  const latin = Buffer.concat([Buffer.from('# Plan\n\nCaf'), Buffer.from([0xe9]), Buffer.from(' Nord\n')]);
  writeFileSync(join(other, 'agreement.md'), latin);
  const checked = rapport('check', other);
  expect(checked.stderr).toMatch(/agreement\.md, line 3: the file is not UTF-8/);
  expect(checked.status).toBe(2);
  writeFileSync(join(other, 'agreement.md'), readFileSync(join(hardware, 'agreement.md')));
  writeFileSync(join(other, 'feed.yaml'), latin);
  expect(rapport('run', other, '--data', data).stderr).toMatch(/feed\.yaml, line 3: the file is not UTF-8/);
});

test('a folder or a circle of links in place of a data file is said to be one', () => {
  const other = mkdtempSync(join(folder, 'links-'));
  mkdirSync(join(other, 'sales_pipeline.csv'));
  symlinkSync('sales_teams.csv', join(other, 'sales_teams.csv'));
  const { stderr, status } = rapport('run', hardware, '--data', other);
  expect(stderr).toMatch(/sales_pipeline\.csv is a folder, not a file/);
  expect(stderr).toMatch(/sales_teams\.csv: The file is not in the data folder/);
  expect(status).toBe(1);
  expect(rapport('run', 'x'.repeat(5000), '--data', other).stderr).toMatch(/there is no folder x/);
});

test('init, check, test and format go together', () => {
  expect(rapport('init', 'mine').status).toBe(0);
  expect(rapport('init', 'mine').status).toBe(2);
  expect(rapport('check', 'mine').stdout).toMatch(/in order/);
  expect(rapport('test', 'mine').stdout).toMatch(/0 failed/);
  expect(rapport('format', '--write', 'mine/agreement.md').status).toBe(0);
  expect(rapport('format', '--check', 'mine/agreement.md').status).toBe(0);
  expect(rapport('test', 'mine').stdout).toMatch(/0 failed/);
  const text = readFileSync(join(folder, 'mine', 'agreement.md'), 'utf8');
  writeFileSync(join(folder, 'mine', 'agreement.md'), text.replace('sum of Amount of', 'sum of Amont of'));
  const { status, stdout } = rapport('check', 'mine');
  expect(stdout).toMatch(/Amont/);
  expect(status).toBe(1);
});

test('the demonstration shows a statement and an explanation', () => {
  const { stdout, status } = rapport('demo');
  expect(status).toBe(0);
  expect(stdout).toMatch(/Statement for /);
  expect(stdout).toMatch(/Try next/);
  expect(existsSync(join(folder, '.rapport', 'demo', 'sales_pipeline.csv'))).toBe(true);
});

test('an amendment beside the agreement is in force from the day in its name', () => {
  const page = readFileSync(join(root, 'examples', 'amendment.md'), 'utf8');
  const plan = join(folder, 'amended');
  mkdirSync(join(plan, 'amendments'), { recursive: true });
  const rows = join(folder, 'amended-data');
  mkdirSync(rows);
  writeFileSync(join(plan, 'agreement.md'), page);
  const amended = page
    .replace('[10% : Base Rate]', '[20% : Base Rate]')
    .replace('[20% : Top Rate]', '[40% : Top Rate]')
    .replace('USD 300.00', 'USD 600.00');
  writeFileSync(join(plan, 'amendments', '2026-02-15.md'), amended);
  writeFileSync(
    join(plan, 'feed.yaml'),
    `sources:
  - file: deals.csv
    fact: Deal
    id: id
    fields:
      Representative: who
      Amount: { column: amount, currency: USD }
      Closed: { column: closed, date: ISO }
`,
  );
  writeFileSync(
    join(rows, 'deals.csv'),
    'id,who,amount,closed\nD-1,Ann,1000,2026-02-01\nD-2,Ann,1000,2026-03-01\n',
  );
  const run = rapport('run', plan, '--data', rows, '--as-of', '2026-03-31', '--json');
  expect(run.stderr).toBe('');
  expect(objects(run.stdout).map(({ component, amount }) => [component, amount])).toEqual([
    ['Commission', '450.00'],
  ]);
  // Each text holds its own worked example.
  expect(rapport('test', plan)).toMatchObject({ status: 0, stdout: expect.stringContaining('2 examples') });
  const raised = rapport(
    'run',
    plan,
    '--data',
    rows,
    '--as-of',
    '2026-03-31',
    '--json',
    '--set',
    'Step=USD 4,000',
  );
  expect(objects(raised.stdout).map(({ amount }) => amount)).toEqual(['300.00']);
  writeFileSync(
    join(rows, 'deals.csv'),
    'id,who,amount,closed\nD-1,Ann,1000,2026-02-01\nD-2,Ann,1000,9999-12-31\n',
  );
  const slip = rapport('run', plan, '--data', rows, '--json');
  expect(slip.stderr).toContain('the latest date in the data is 9999-12-31');
  writeFileSync(join(plan, 'amendments', 'soon.md'), amended);
  expect(rapport('run', plan, '--data', rows).stderr).toContain('soon.md is named after no day');
});
