// SPDX-License-Identifier: Apache-2.0
// What a company could send in a year, from a seed: deals, purchases, corrections, voids, repeats, late ones, days, closes,
// holds, payments, statements, approvals and recomputations, points held and used, in an order that nobody planned. The
// same seed sends the same.

import type { LogEntry } from '../store/log-entry.ts';
import type { Submitted } from '../writer/writing.ts';
import { by, dayOf, deal } from './sales-agreement.ts';

/** Numbers from 0 up to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const firstDay = dayOf('2026-01-01');
export const people = ['ann', 'bob', 'cyd', 'dan'];

/** The agreement of this name gives points. */
export const pointsClub = 'club';

export interface SimulatedLoad {
  /** The next thing to send; some are repeats of what was sent before. */
  next(): Submitted;
}

export function simulatedLoad(seed: number, agreements: readonly string[]): SimulatedLoad {
  const random = seeded(seed);
  const whole = (below: number) => Math.floor(random() * below);
  const one = <T>(list: readonly T[]): T => list[whole(list.length)]!;
  const sent: Submitted[] = [];
  const revisions = new Map<string, number>();
  let today = firstDay;
  let holds = 0;
  let payments = 0;

  /** A new deal, or a later revision of one; a few are voided. */
  function fact(): Submitted {
    const id = `D-${whole(30 + sent.length / 2)}`;
    const revision = (revisions.get(id) ?? 0) + 1;
    revisions.set(id, revision);
    const closed = isoOf(firstDay + whole(Math.max(1, today - firstDay + 3)));
    return deal(id, {
      of: one(people),
      amount: 100 + whole(40_000),
      closed,
      revision,
      isVoid: revision > 1 && whole(6) === 0,
    });
  }

  function other(): LogEntry {
    const agreement = one(agreements.filter((name) => name !== pointsClub));
    const party = one(people);
    const month = `2026-${`${1 + whole(6)}`.padStart(2, '0')}`;
    switch (whole(10)) {
      case 0:
      case 1:
      case 2: {
        today += 1 + whole(9);
        return { kind: 'day', zone: 'UTC', day: today };
      }
      case 3:
        return { kind: 'close', agreement, period: month };
      case 4:
      case 5:
        return { kind: 'statement issued', agreement, payee: party, period: month };
      case 6: {
        holds += 1;
        const through = whole(2) === 0 ? null : today + whole(20);
        const hold = { id: `H-${holds}`, party, asset: 'USD', amount: BigInt(1 + whole(900)), through };
        return { kind: 'hold placed', agreement, hold };
      }
      case 7:
        return { kind: 'recomputed', agreement, reason: `${sent.length}` };
      case 8: {
        const named = { agreement, payee: party, period: month, version: 1 + whole(2) };
        return { kind: 'statement approved', ...named, hash: '', recorded: sent.length };
      }
      default: {
        payments += 1;
        const commitment = {
          ...{ id: `P-${payments}`, what: 'payment' as const, party, asset: 'USD', lots: [], reference: 'x' },
          amount: BigInt(whole(5000)),
        };
        return { kind: 'commitment', agreement, commitment };
      }
    }
  }

  /** Points that somebody holds, or had held, or redeems at once. */
  function use(): LogEntry {
    const agreement = pointsClub;
    const party = one(people);
    const amount = BigInt(1 + whole(300));
    switch (whole(5)) {
      case 0:
      case 1: {
        holds += 1;
        const through = whole(3) === 0 ? today + whole(20) : null;
        return {
          kind: 'hold placed',
          agreement,
          hold: { id: `H-${holds}`, party, asset: 'Points', amount, through },
        };
      }
      case 2:
        return { kind: 'hold posted', agreement, hold: `H-${holds - whole(3)}` };
      case 3:
        return { kind: 'hold voided', agreement, hold: `H-${holds - whole(3)}` };
      default: {
        payments += 1;
        const what = 'redemption' as const;
        const commitment = {
          id: `P-${payments}`,
          what,
          party,
          asset: 'Points',
          amount,
          lots: [],
          reference: 'x',
        };
        return { kind: 'commitment', agreement, commitment };
      }
    }
  }

  return {
    next: () => {
      if (agreements.includes(pointsClub) && whole(4) === 0) {
        const used = by(use());
        sent.push(used);
        return used;
      }
      const kind = whole(12);
      if (kind === 0 && sent.length > 0) return one(sent);
      const submitted = kind < 10 ? fact() : by(other());
      sent.push(submitted);
      return submitted;
    },
  };
}

function isoOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
