// SPDX-License-Identifier: Apache-2.0
// The account of a party's points: what is usable, pending, held, and was issued, used and expired in all; what expires
// next; how far it is to the next exchange; everything that happened; and what was given for points. It reads the
// wallets as the engine folds them, so that its figures are those of the components.
import { clauseScope, occasionScope } from '../engine/reference/clause.ts';
import { scopesOf } from '../engine/reference/evaluate.ts';
import { answer } from '../engine/reference/expression.ts';
import { type FoldedWallet, walletsOf } from '../engine/reference/points.ts';
import { isValue, numberOf } from '../engine/reference/result.ts';
import type { Scope } from '../engine/reference/scope.ts';
import { walletAsset } from '../engine/reference/wallet-asset.ts';
import { free, type Lot, usedOf, type WalletTotals, walletTotals } from '../ledger/lots.ts';
import type { Clause } from '../program/clause.ts';
import type { Expression } from '../program/expression.ts';
import type { Known } from '../program/log.ts';
import type { Version } from '../program/program.ts';
import type { Day } from '../values/date.ts';
import { floor, multiply, type Rational, rational } from '../values/rational.ts';
import { quantityFigure } from './figures.ts';
import {
  type GivenForPoints,
  givenForPoints,
  isExchange,
  type WalletEvent,
  walletEvents,
} from './wallet-events.ts';

/** Amounts are in smallest units of the asset. */
export interface WalletAccount {
  readonly asset: string;
  /** Whose wallet it is: the party itself, or the pool that its points are in. */
  readonly owner: string;
  /** Usable by now; below zero where the agreement lets a shortage stand. */
  readonly open: bigint;
  readonly totals: WalletTotals;
  /** Everything that was used, found in a lot or not. */
  readonly used: bigint;
  /** Used or taken back without being there; later points make it good. */
  readonly shortage: bigint;
  /** What is usable by last day of use, the earliest first; points without a last day come last. */
  readonly lasting: readonly { readonly amount: bigint; readonly through: Day | null }[];
  /** Pending points by the day on which they become usable. */
  readonly coming: readonly { readonly amount: bigint; readonly from: Day }[];
  readonly exchanges: readonly ExchangeAhead[];
  /** In the order in which they were issued. */
  readonly lots: readonly Lot[];
  /** Oldest first. */
  readonly events: readonly WalletEvent[];
  /** What was given for points, oldest first. */
  readonly given: readonly GivenForPoints[];
}

/** Something that a clause gives for every so many points. */
export interface ExchangeAhead {
  readonly clause: string;
  readonly component: string;
  /** What each time takes, in smallest units of the wallet. */
  readonly step: bigint;
  /** What is usable towards it. */
  readonly have: bigint;
  /** "USD 5"; null where it depends on the occasion. */
  readonly gives: string | null;
}

/** The wallets of a party under an agreement: one per asset, or none. What is known must hold all facts of the party. */
export function walletAccounts(
  versions: readonly Version[],
  known: Known,
  payee: string,
): readonly WalletAccount[] {
  const scopes = scopesOf(versions, known);
  const assets = new Set(
    scopes.flatMap((scope) => scope.world.program.clauses.flatMap((one) => walletAsset(one, scope) ?? [])),
  );
  return [...assets].flatMap((asset) =>
    walletsOf(asset, scopes)
      .wallets.filter((folded) => isWalletOf(folded, payee))
      .map((folded) => accountOf(asset, folded, scopes, payee)),
  );
}

/** The kinds of parties whose points a program keeps: those that it issues points to or that give points for something. */
export function walletHolders(clauses: readonly Clause[], declared: readonly { readonly id: string }[]) {
  const isIssue = ({ action, asset }: Clause) =>
    action === 'issues' && declared.some(({ id }) => id === asset);
  return new Set(
    clauses.filter((one) => isIssue(one) || isExchange(one)).map(({ payee: { party } }) => party),
  );
}

function isWalletOf({ owner, wallet }: FoldedWallet, payee: string): boolean {
  return owner === payee || [...wallet.lots.values()].some((lot) => lot.owner === payee);
}

function accountOf(
  asset: string,
  folded: FoldedWallet,
  scopes: readonly Scope[],
  payee: string,
): WalletAccount {
  const newest = scopes.at(-1)!;
  const { program } = newest.world;
  const { owner, wallet, scale } = folded;
  const totals = walletTotals(wallet);
  const lots = [...wallet.lots.values()];
  const { shortage } = wallet;
  const open = totals.active - (wallet.shortageMode === 'negative' ? shortage : 0n);
  return {
    ...{ asset, owner, open, totals, shortage, lots },
    used: usedOf(wallet),
    lasting: summed(lots.map((lot) => ({ amount: lot.active, day: lot.usableThrough }))).map(
      ({ amount, day }) => ({ amount, through: day }),
    ),
    coming: summed(lots.map((lot) => ({ amount: lot.pending, day: lot.usableFrom ?? lot.issuedOn }))).map(
      ({ amount, day }) => ({ amount, from: day ?? newest.world.asOf }),
    ),
    exchanges: program.clauses.flatMap((clause) =>
      exchangeAhead(clause, newest, {
        ...{ asset, scale, payee },
        have: free(wallet, newest.world.asOf),
      }),
    ),
    events: walletEvents(program, asset, folded).events,
    given: givenForPoints(program, folded.given),
  };
}

/** What there is by day, the earliest first and what has none last. */
function summed(parts: readonly { readonly amount: bigint; readonly day: Day | null }[]) {
  const sums = new Map<Day | null, bigint>();
  for (const { amount, day } of parts) if (amount > 0n) sums.set(day, (sums.get(day) ?? 0n) + amount);
  return [...sums]
    .map(([day, amount]) => ({ amount, day }))
    .sort((a, b) => (a.day === null ? 1 : b.day === null ? -1 : a.day - b.day));
}

interface Towards {
  readonly asset: string;
  readonly scale: bigint;
  readonly payee: string;
  readonly have: bigint;
}

/** An exchange that happens by itself as soon as there is enough. */
function exchangeAhead(
  clause: Clause,
  newest: Scope,
  { asset, scale, payee, have }: Towards,
): readonly ExchangeAhead[] {
  const row = clause.rows.find(({ kind }) => kind === 'for every');
  if (row?.kind !== 'for every' || row.asset !== asset) return [];
  const scope = { ...occasionScope(clause, payee, null, clauseScope(clause, newest)), waits: [] };
  const figureIn = (asked: Expression): Rational | null => {
    const value = answer(asked, scope);
    return isValue(value) && value.kind === 'quantity' ? numberOf(value) : null;
  };
  const each = figureIn(row.step);
  const step = each === null ? 0n : floor(multiply(each, rational(scale)));
  if (step <= 0n) return [];
  const gives = clause.occasion.kind === 'ever' ? figureIn(clause.amount) : null;
  return [
    {
      ...{ clause: clause.id, component: clause.name, step, have },
      gives: gives === null ? null : quantityFigure(clause.amount.type, gives),
    },
  ];
}
