// SPDX-License-Identifier: Apache-2.0
// One version of a statement as data: the fold over the postings, with the why of each item, the facts behind its lines,
// what was carried and paid, and what changed and because of which fact. The same log gives the same bytes.

import { scopesOf } from '../engine/reference/evaluate.ts';
import type { Commitment } from '../ledger/book-entry.ts';
import type { Posting } from '../ledger/posting.ts';
import { bookRules } from '../ledger/roles.ts';
import { placeIn, type Statement } from '../ledger/statement.ts';
import {
  type AgreementNamed,
  type StatementBalance,
  type StatementBody,
  statementFormat,
} from '../ledger/statement-body.ts';
import type { Entitlement, Evaluation } from '../program/entitlement.ts';
import type { Known } from '../program/log.ts';
import type { Program, Version } from '../program/program.ts';
import { amountText } from '../values/asset.ts';
import { type Day, isoDay } from '../values/date.ts';
import { parsePeriod } from '../values/period.ts';
import { assetOf } from './figures.ts';
import { dealsOf } from './statement-deals.ts';
import { itemOf } from './statement-item.ts';
import { nothingIn } from './statement-nothing.ts';
import { totalsAndPayments } from './statement-totals.ts';
import { explainer } from './why.ts';

/** A payment of ours to the payee, with its place in the log. */
export interface PaymentMade {
  readonly commitment: Commitment;
  readonly sequence: number;
  /** The day on which it was paid; where it says none, the day that had begun last. */
  readonly on: Day | null;
}

/** A feed that has not delivered everything through the last day of the period. */
export interface AwaitedFeed {
  readonly feed: string;
  /** The last day through which it has; null: there is none. */
  readonly through: Day | null;
  /** Whether a clause or settlement rests on what it brings. */
  readonly isOf: (clause: string) => boolean;
}

export interface StatementSource {
  readonly agreement: Omit<AgreementNamed, 'title' | 'payer'>;
  readonly versions: readonly [Version, ...Version[]];
  /** As of the latest day that had begun. */
  readonly known: Known;
  /** Of the payee at least. */
  readonly evaluation: Evaluation;
  readonly statement: Statement;
  /** All postings of the payee through the statement's place in the log. */
  readonly postings: readonly Posting[];
  readonly payments: readonly PaymentMade[];
  /** Feeds that are not complete through the period's last day. */
  readonly awaited: readonly AwaitedFeed[];
  /** What was issued before to the same payee under the agreement, for any period, oldest first. */
  readonly earlier: readonly StatementBody[];
}

/** The body of the statement. The period must be one of the agreement's calendar. */
export function statementBody(source: StatementSource): StatementBody {
  const { agreement, versions, known, evaluation, statement, postings, awaited } = source;
  const programs = versions.map(({ program }) => program) as [Program, ...Program[]];
  const program = programs.at(-1)!;
  const rules = bookRules(programs);
  const period = parsePeriod(rules.calendar, statement.period);
  if (period === null) throw new RangeError(`${statement.period} is no period of the calendar.`);
  const own: Evaluation = {
    entitlements: evaluation.entitlements.filter(({ payee }) => payee === statement.payee),
  };
  const scopes = scopesOf(versions, known);
  const explain = explainer(versions, known, own, scopes);
  const deals = dealsOf(program, known);
  const place = placeIn(rules.calendar, statement.period);
  const context = { program, rules, explain, deals, place, statement, awaited, entitled: own.entitlements };
  const items = clauseOrder(programs, statement.items).map((item) =>
    itemOf(context, item, source.postings, source.earlier),
  );
  const isProvisional = awaited.length > 0 || items.some(({ standing }) => standing === 'provisional');
  const decimal = (minor: bigint, asset: string) => amountText(minor, assetOf(program, asset));
  const balances = balancesOf(own.entitlements, context, decimal);
  const { calendar } = rules;
  const { totals, payments } = totalsAndPayments({ ...source, postings, calendar, period, decimal });
  const assets = new Set([...items, ...balances, ...totals].map(({ asset }) => asset));
  return {
    format: statementFormat,
    agreement: { ...agreement, title: program.title, payer: program.clauses[0]?.payer ?? '' },
    payee: statement.payee,
    period: { label: period.label, from: isoDay(period.start), through: isoDay(period.end) },
    version: statement.version,
    asOf: isoDay(known.asOf),
    recorded: statement.recorded,
    standing: isProvisional ? 'provisional' : 'earned',
    incomplete: awaited.map(({ feed, through }) => ({
      feed,
      through: through === null ? null : isoDay(through),
    })),
    assets: [...assets].sort().map((id) => ({ id, decimals: assetOf(program, id).decimals })),
    totals,
    items: items.map(({ changed: _, ...item }) => item),
    nothing: nothingIn(scopes.at(-1)!, {
      payee: statement.payee,
      period,
      entitled: own.entitlements,
      isShown: (clause, earned) => items.some((item) => item.clause === clause && item.earned === earned),
      explain,
    }),
    balances,
    payments,
    changes: items.flatMap(({ clause, component, earned, asset, changed }) =>
      changed === null ? [] : [{ clause, component, earned, asset, restatement: changed }],
    ),
  };
}

/** Items in the order in which the agreement names their clauses; settlements and wallets come last. */
function clauseOrder(programs: readonly Program[], items: Statement['items']): Statement['items'] {
  const order = new Map<string, number>();
  for (const { id } of programs.toReversed().flatMap(({ clauses }) => clauses))
    if (!order.has(id)) order.set(id, order.size);
  const placeOf = (clause: string) => order.get(clause) ?? order.size;
  return items.toSorted((a, b) => placeOf(a.clause) - placeOf(b.clause));
}

/** What is shown and not posted, of the statement's period or of none. */
function balancesOf(
  entitlements: readonly Entitlement[],
  {
    rules,
    place,
  }: {
    readonly rules: ReturnType<typeof bookRules>;
    readonly place: ReturnType<typeof placeIn>;
  },
  decimal: (minor: bigint, asset: string) => string,
): readonly StatementBalance[] {
  return entitlements
    .filter((key) => rules.roleOf(key).kind === 'shown' && key.amount !== 0n)
    .filter(({ period }) => period === '' || place(period) === 'here')
    .map(({ clause, component, period, asset, amount }) => ({
      ...{ clause, component, earned: period, asset },
      amount: decimal(amount, asset),
    }));
}
