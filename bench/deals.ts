// SPDX-License-Identifier: Apache-2.0
// Generated deals of a hardware company: 10,000 representatives, 500 managers, 50,000 customers, two years, two in
// three won. The same seed gives the same deals. Rows stand in the order of their ids; their days at random, or sorted.
import { type FactStore, storeBuilder } from '../packages/core/program/fact-store.ts';
import type { Program } from '../packages/core/program/program.ts';
import { parseIsoDay } from '../packages/core/values/date.ts';
import { seeded } from './measure.ts';

export const firstDay = parseIsoDay('2025-01-01')!;
export const asOf = parseIsoDay('2026-12-31')!;
export const representatives = 10_000;

/** Days at random, in the order of their days, or of their representatives and then their days. */
export type DealOrder = 'unsorted' | 'sorted' | 'by-representative';

export interface DealOptions {
  readonly count: number;
  readonly order: DealOrder;
  readonly seed?: number;
  readonly representatives?: number;
}

/** A store with generated deals. */
export function dealStore(program: Program, options: DealOptions): FactStore {
  const { count, order, seed = 1 } = options;
  const people = options.representatives ?? representatives;
  const store = storeBuilder(program, count);
  const table = store.tables.get('Deal')!;
  const representative = table.codes('Representative');
  const customer = table.codes('Customer');
  const stage = table.codes('Stage');
  const amount = table.quantities('Amount');
  const engaged = table.days('Engaged');
  const closed = table.days('Closed');
  for (let index = 0; index < people; index += 1) {
    representative.dictionary.code(`R-${index}`);
    store.attributes.push({
      party: 'Representative',
      of: `R-${index}`,
      attribute: 'Manager',
      value: { kind: 'party', value: `M-${index % 500}` },
      from: firstDay - 100,
      through: null,
    });
  }
  for (let index = 0; index < 50_000; index += 1) customer.dictionary.code(`C-${index}`);
  const won = stage.dictionary.code('Won');
  const lost = stage.dictionary.code('Lost');
  const random = seeded(seed);
  const id = new Uint8Array(10);
  id[0] = 68;
  id[1] = 45;
  for (let index = 0; index < count; index += 1) {
    let rest = index;
    for (let place = 9; place >= 2; place -= 1) {
      id[place] = 48 + (rest % 10);
      rest = (rest / 10) | 0;
    }
    table.ids.pushBytes(id, 0, 10);
    const anywhere = random();
    const anyone = random();
    const share = (index * people) / count;
    const along = order === 'sorted' ? index / count : order === 'unsorted' ? anywhere : share % 1;
    const day = firstDay + Math.floor(along * 730);
    representative.pushCode(Math.floor(order === 'by-representative' ? share : anyone * people));
    customer.pushCode(Math.floor(random() * 50_000));
    stage.pushCode(random() < 0.66 ? won : lost);
    amount.pushScaled(10_000 + Math.floor(random() * 990_000));
    engaged.pushDay(day - Math.floor(random() * 90));
    closed.pushDay(day);
    table.endRow();
  }
  return store;
}
