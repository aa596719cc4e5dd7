// SPDX-License-Identifier: Apache-2.0
// What a period gives as things stand: each component as it is posted, and as it would be at the end of the period with
// no further fact. Clauses that post later, such as yearly ones and contests, show here before they do.

import { allOf } from '@rapport/core/engine/reference/asked.ts';
import { evaluate } from '@rapport/core/engine/reference/evaluate.ts';
import { assetOf } from '@rapport/core/explain/figures.ts';
import { keyText } from '@rapport/core/ledger/differences.ts';
import { bookRules } from '@rapport/core/ledger/roles.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { amountText } from '@rapport/core/values/asset.ts';
import type { Period } from '@rapport/core/values/calendar.ts';
import { type Day, isoDay } from '@rapport/core/values/date.ts';
import { parsePeriod, periodContaining } from '@rapport/core/values/period.ts';
import type { Caller } from '../access/caller.ts';
import type { GivenAnswerOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/forecast.ts';
import type { Context } from './context.ts';
import { booksOfPayee, type OfPayee } from './of-payee.ts';
import { done, type Outcome, refused } from './outcome.ts';

export async function readForecast(
  context: Context,
  caller: Caller,
  asked: OfPayee & { readonly period?: string | undefined },
): Promise<Outcome<GivenAnswerOf<typeof wire.readForecast>>> {
  const found = await booksOfPayee(context, caller, 'earnings.forecast', asked);
  if (found.kind === 'refused') return found;
  const { versions, known, postings, entitlements } = found.value;
  const { payee, agreement } = asked;
  const programs = versions.map(({ program }) => program) as [Program, ...Program[]];
  const program = programs.at(-1)!;
  const period = periodAsked(program, known.asOf, asked.period);
  if (period === null) return refused('period_unknown', { agreement, period: asked.period ?? '' });
  const { calendar } = program.policies;
  const rules = bookRules(programs);
  const isIn = (label: string) => {
    const earned = parsePeriod(calendar, label);
    return earned !== null && earned.start <= period.end && earned.end >= period.start;
  };
  const posted = new Map<string, bigint>();
  for (const posting of postings)
    posted.set(keyText(posting), (posted.get(keyText(posting)) ?? 0n) + posting.due);
  const asOf = Math.max(known.asOf, period.end);
  const ahead = evaluate(versions, { ...known, asOf }, allOf(payee)).entitlements.filter(
    (one) => isIn(one.period) && rules.roleOf(one).kind !== 'shown',
  );
  const items = ahead.map((one) => ({ ...one, posted: posted.get(keyText(one)) ?? 0n }));
  const totals = new Map<string, { posted: bigint; forecast: bigint }>();
  for (const { clause, asset, amount, posted: by } of items) {
    // What flows into a settlement is counted where the settlement pays it.
    if (rules.roleOf({ clause, asset }).kind === 'settled') continue;
    const before = totals.get(asset) ?? { posted: 0n, forecast: 0n };
    totals.set(asset, { posted: before.posted + by, forecast: before.forecast + amount });
  }
  const shown = (minor: bigint, asset: string) => ({
    amount: amountText(minor, assetOf(program, asset)),
    asset,
  });
  return done({
    payee,
    period: period.label,
    asOf: isoDay(asOf),
    items: items.map(({ clause, component, period: earned, asset, amount, state, posted: by }) => ({
      ...{ clause, component, state },
      period: earned,
      posted: shown(by, asset),
      forecast: shown(amount, asset),
    })),
    overAll: entitlements
      .filter((one) => one.period === '' && rules.roleOf(one).kind !== 'shown')
      .map(({ clause, component, asset, amount, state }) => ({
        ...{ clause, component, state },
        posted: shown(amount, asset),
      })),
    totals: [...totals].map(([asset, sums]) => ({
      posted: shown(sums.posted, asset),
      forecast: shown(sums.forecast, asset),
    })),
  });
}

/** The period of the label; without one, the shortest of the agreement's own that holds the day. */
function periodAsked(program: Program, day: Day, label: string | undefined): Period | null {
  const { calendar } = program.policies;
  if (label !== undefined) return parsePeriod(calendar, label);
  const units = (['week', 'month', 'quarter', 'half', 'year'] as const).filter((unit) =>
    [...program.clauses.map(({ occasion }) => occasion), ...program.settlements].some(
      (one) => 'unit' in one && one.unit === unit,
    ),
  );
  return periodContaining(calendar, units[0] ?? 'month', day);
}
