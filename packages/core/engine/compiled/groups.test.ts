// SPDX-License-Identifier: Apache-2.0
// Stages that are dealt together give what they give apart: in families, in shares, and where one family is too large.
import { expect, test } from 'vitest';
import { Dictionary } from '../../program/columns.ts';
import { type FactStore, storeBuilder } from '../../program/fact-store.ts';
import { day } from '../reference/small-program.ts';
import { compileEngine } from './compile.ts';
import { familiesOf } from './families.ts';
import { hardwareProgram } from './hardware-program.ts';
import { familyRowsMax, partKeysMax, partsOf } from './parts.ts';
import { Relation } from './relation.ts';

const firstDay = day('2026-01-01');
const program = hardwareProgram();
const engine = compileEngine([{ program, from: null, to: null }]);

const managed = (of: string, manager: string, from: number | null = null) =>
  ({
    party: 'Representative',
    of,
    attribute: 'Manager',
    value: { kind: 'party', value: manager },
    from,
    through: null,
  }) as const;

test('holders that ever led to the same party are one family', () => {
  const holders = new Dictionary();
  for (const name of ['a', 'b', 'c', 'd', 'e']) holders.code(name);
  const facts = [
    managed('a', 'Mo'),
    managed('b', 'Nia'),
    managed('c', 'Mo'),
    managed('d', 'Pia'),
    managed('d', 'Nia', firstDay),
  ];
  const relation = new Relation(facts, 'Representative', 'Manager', holders, new Dictionary());
  expect(familiesOf(relation, 5)).toEqual({ of: Int32Array.of(0, 1, 0, 1, 2), count: 3 });
});

test('a family stays in one part, keys without rows are in none, and one that is too large has no parts', () => {
  const families = { of: Int32Array.of(0, 1, 0, 1), count: 2 };
  const parts = partsOf(Int32Array.of(5000, 4000, 3000, 0), families, partKeysMax, null)!;
  expect([...parts.starts]).toEqual([0, 8000, 12_000]);
  expect([...parts.partOf]).toEqual([0, 1, 0, -1]);
  expect([...parts.numbers.subarray(0, 3)]).toEqual([0, 0, 1]);
  expect(partsOf(Int32Array.of(familyRowsMax, 1, 1, 1), families, partKeysMax, null)).toBeNull();
});

/** Deals of 40 representatives; each thousandth has a missing customer. */
function dealsUnder(managers: number, count: number): FactStore {
  const store = storeBuilder(program, count);
  const table = store.tables.get('Deal')!;
  for (let index = 0; index < 40; index += 1) {
    store.attributes.push(managed(`R-${index}`, `M-${index % managers}`, firstDay - 1));
  }
  for (let index = 0; index < count; index += 1) {
    table.ids.pushText(`D-${100_000 + index}`);
    table.codes('Representative').pushText(`R-${(index * 7) % 40}`);
    if (index % 1000 === 999) table.codes('Customer').pushMissing();
    else table.codes('Customer').pushText(`C-${(index * index) % 997}`);
    table.codes('Stage').pushText(index % 3 === 0 ? 'Lost' : 'Won');
    table.quantities('Amount').pushScaled(10_000 + ((index * 7919) % 990_000));
    table.days('Engaged').pushDay(firstDay + ((index * 37) % 300) - ((index * 31) % 80));
    table.days('Closed').pushDay(firstDay + ((index * 37) % 300));
    table.endRow();
  }
  return store;
}

/** Totals and lines of the override, by manager and quarter, and how many lines of every clause there are. */
function overridesOf(store: FactStore, share = { part: 0, of: 1 }) {
  const overrides = new Map<string, number>();
  let lines = 0;
  engine.evaluate(store, firstDay + 400, {
    share,
    lines: ({ clause, stage }, block) => {
      lines += block.lines?.starts[block.count] ?? 0;
      if (clause.name !== 'Team override') return;
      for (let total = 0; total < block.count; total += 1) {
        const name = `${stage.key.dictionary.text(block.keys[total]!)} ${block.ordinals[total]}`;
        overrides.set(name, block.amounts[total]!);
        const { starts, amounts } = block.lines!;
        const own = amounts.subarray(starts[total], starts[total + 1]);
        expect(own.reduce((sum, amount) => sum + amount, 0)).toBe(block.amounts[total]);
      }
    },
  });
  return { overrides, lines };
}

test.each([
  ['families that fit the cache', 8, 12_000],
  ['one family that is too large', 1, 60_000],
])('%s: the override is that of the sum of its deals, whole and in shares', (_, managers, count) => {
  const store = dealsUnder(managers, count);
  const sums = new Map<string, number>();
  const table = store.tables.get('Deal')!;
  for (let row = 0; row < count; row += 1) {
    if (row % 3 === 0) continue;
    const manager = ((row * 7) % 40) % managers;
    const quarter = Math.floor(table.days('Closed').values[row]! - firstDay);
    const ordinal = quarter < 90 ? 0 : quarter < 181 ? 1 : quarter < 273 ? 2 : 3;
    const name = `M-${manager} ${ordinal}`;
    sums.set(name, (sums.get(name) ?? 0) + table.quantities('Amount').values[row]!);
  }
  const whole = overridesOf(store);
  const base = Math.min(...[...whole.overrides.keys()].map((name) => Number(name.split(' ')[1])));
  const given = [...whole.overrides].map(([name, amount]) => {
    const [manager, ordinal] = name.split(' ');
    return [`${manager} ${Number(ordinal) - base}`, amount] as const;
  });
  const expected = [...sums].map(([name, sum]) => [name, Math.floor((sum * 15 + 500) / 1000)] as const);
  expect(new Map(given)).toEqual(new Map(expected));
  const shares = [0, 1, 2].map((part) => overridesOf(store, { part, of: 3 }));
  expect(new Map(shares.flatMap(({ overrides }) => [...overrides]))).toEqual(whole.overrides);
  expect(shares.reduce((sum, { lines }) => sum + lines, 0)).toBe(whole.lines);
});
