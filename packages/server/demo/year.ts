// SPDX-License-Identifier: Apache-2.0
// A year of deals and purchases that ends today: what a CRM and a shop would have sent. The same for the same seed and
// day.
import { type Day, isoDay } from '@rapport/core/values/date.ts';
import { customers, members, representatives } from './people.ts';
import { type Chance, seededChance } from './seeded.ts';

/** A fact as its system would send it. */
export interface DemoFact {
  readonly kind: string;
  readonly id: string;
  /** The day on which the system says so. */
  readonly on: Day;
  readonly fields: Readonly<
    Record<string, string | number | null | { readonly amount: string; readonly asset: string }>
  >;
}

const prices = [740, 1250, 1980, 2650, 5400, 8900] as const;
const daysOfYear = 400;

/** Deals of the team, some won, some lost, some open; most customers come back. */
export function demoDeals(today: Day, seed = 7, count = 1500): readonly DemoFact[] {
  const chance = seededChance(seed);
  const facts: DemoFact[] = [];
  for (let number = 1; number <= count; number += 1) {
    const skill = Math.floor(chance.next() ** 1.3 * representatives.length);
    const representative = representatives[skill]!;
    const engaged = today - daysOfYear + Math.floor((number / count) * (daysOfYear - 4));
    const closed = engaged + 2 + Math.floor(chance.next() * chance.next() * 90);
    const isOpen = closed > today;
    const isWon = !isOpen && chance.next() < 0.62;
    const price = chance.pick(prices);
    const account = customerOf(chance, skill);
    facts.push({
      kind: 'Deal',
      id: `H-${String(number).padStart(4, '0')}`,
      on: isOpen ? engaged : closed,
      fields: {
        Representative: representative.reference,
        Customer: account,
        Stage: isOpen ? 'Engaging' : isWon ? 'Won' : 'Lost',
        Engaged: isoDay(engaged),
        ...(isOpen
          ? {}
          : {
              Closed: isoDay(closed),
              Amount: usd(isWon ? Math.round(price * (80 + chance.whole(0, 40))) : 0),
            }),
      },
    });
  }
  return facts;
}

/** Each representative has customers of their own, so that some come back in the next quarter. */
function customerOf(chance: Chance, representative: number): string {
  const own = 14;
  const first = (representative * 6) % customers.length;
  return customers[(first + Math.floor(chance.next() ** 1.5 * own)) % customers.length]!;
}

/** Purchases of the members of the club. */
export function demoPurchases(today: Day, seed = 11, count = 1200): readonly DemoFact[] {
  const chance = seededChance(seed);
  const facts: DemoFact[] = [];
  for (let number = 1; number <= count; number += 1) {
    const member = members[Math.floor(chance.next() ** 1.6 * members.length)]!;
    const on = today - daysOfYear + Math.floor((number / count) * daysOfYear);
    facts.push({
      kind: 'Purchase',
      id: `S-${String(number).padStart(5, '0')}`,
      on,
      fields: {
        Member: member.reference,
        Line: number,
        Amount: usd(chance.whole(9, 95) * 100 + chance.pick([0, 49, 90, 99])),
        Bought: isoDay(on),
      },
    });
  }
  return facts;
}

/** Cents as an amount of US dollars. */
function usd(cents: number): { readonly amount: string; readonly asset: string } {
  const digits = String(cents).padStart(3, '0');
  return { amount: `${digits.slice(0, -2)}.${digits.slice(-2)}`, asset: 'USD' };
}
