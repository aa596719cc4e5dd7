// SPDX-License-Identifier: Apache-2.0
// The points of a party, as the engine folds them over what is known of it now.

import { declaredKind } from '@rapport/core/engine/reference/world.ts';
import { assetOf } from '@rapport/core/explain/figures.ts';
import { namer } from '@rapport/core/explain/named.ts';
import { type WalletAccount, walletAccounts } from '@rapport/core/explain/wallet-account.ts';
import type { WalletEvent } from '@rapport/core/explain/wallet-events.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { amountText } from '@rapport/core/values/asset.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import type { GivenAnswerOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/wallet.ts';
import type { Context } from './context.ts';
import { namesIn } from './found-statement.ts';
import { booksOfPayee, type OfPayee } from './of-payee.ts';
import { done, type Outcome } from './outcome.ts';

type Answer = GivenAnswerOf<typeof wire.readWallet>;
type Wallet = Answer['wallets'][number];
type Line = Wallet['journal'][number];

export async function readWallet(
  context: Context,
  caller: Caller,
  asked: OfPayee & { readonly limit: number },
): Promise<Outcome<Answer>> {
  const found = await booksOfPayee(context, caller, 'wallets.read', asked);
  if (found.kind === 'refused') return found;
  const { versions, known, name } = found.value;
  const { agreement, payee, limit } = asked;
  const { program } = versions.at(-1)!;
  const accounts = walletAccounts(versions, known, payee);
  const names = await namesIn(context, caller, accounts);
  return done({
    agreement,
    title: program.title,
    payee,
    payeeName: name,
    asOf: isoDay(known.asOf),
    wallets: accounts.map((account) => shownWallet(account, { program, payee, names, limit })),
  });
}

interface Shown {
  readonly program: Program;
  readonly payee: string;
  readonly names: Readonly<Record<string, string>>;
  readonly limit: number;
}

function shownWallet(account: WalletAccount, { program, payee, names, limit }: Shown): Wallet {
  const { asset, owner, totals, events, given } = account;
  const named = namer(names);
  const amount = (minor: bigint) => ({ amount: amountText(minor, assetOf(program, asset)), asset });
  const line = (event: WalletEvent, index: number): Line => ({
    place: index + 1,
    day: isoDay(event.day),
    kind: kinds[event.kind],
    moved: amount(event.moved),
    change: amount(event.change),
    balance: amount(event.balance),
    words: named(event.words),
    lots: event.lots.map(named),
    fact: factIn(program, event.cause),
    given: event.given.map(({ component, figure }) => ({ component, figure })),
    why: { ...event.why, fact: event.kind === 'issued' ? factIn(program, event.cause) : null },
  });
  return {
    asset,
    owner,
    ownerName: names[owner] ?? null,
    isPooled: owner !== payee,
    open: amount(account.open),
    pending: amount(totals.pending),
    held: amount(totals.held),
    issued: amount(totals.issued),
    used: amount(account.used),
    expired: amount(totals.expired),
    reversed: amount(totals.reversed),
    shortage: amount(account.shortage),
    expiring: account.lasting.map(({ amount: minor, through }) => ({
      amount: amount(minor),
      through: through === null ? null : isoDay(through),
    })),
    coming: account.coming.map(({ amount: minor, from }) => ({ amount: amount(minor), from: isoDay(from) })),
    exchanges: account.exchanges.map(({ clause, component, step, have, gives }) => ({
      ...{ clause, component, gives },
      step: amount(step),
      have: amount(have),
      missing: amount(have < step ? step - have : 0n),
    })),
    journal: events.map(line).slice(-limit).reverse(),
    earlier: Math.max(0, events.length - limit),
    given: given
      .slice(-limit)
      .map(({ clause, component, period, day, figure, fact }) => ({
        ...{ component, figure },
        fact: factIn(program, fact),
        day: isoDay(day),
        why: { clause, period, fact: null },
      }))
      .reverse(),
    givenEarlier: Math.max(0, given.length - limit),
  };
}

const kinds: Readonly<Record<WalletEvent['kind'], Line['kind']>> = {
  issued: 'issued',
  activated: 'usable',
  spent: 'used',
  posted: 'used',
  expired: 'expired',
  held: 'held',
  released: 'released',
  reversed: 'taken back',
  'given back': 'given back',
};

/** A cause that is a fact: under the name that the log has for it. */
function factIn(program: Program, cause: WalletEvent['cause']): Line['fact'] {
  if (cause === null) return null;
  const kind = declaredKind(program, cause.kind);
  return program.factKinds.some(({ id }) => id === kind) ? { kind, id: cause.id } : null;
}
