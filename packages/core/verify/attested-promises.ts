// SPDX-License-Identifier: Apache-2.0
// What the books promised a payee, as a bundle holds it: points that were exchanged, taken or held, with their lots, points
// and amounts that are kept, lines of statements that are frozen. Redemptions stand in the log itself.

import {
  type FrozenLine,
  type Grant,
  type GrowingPromised,
  type HeldPoints,
  type KeptTotal,
  keepTotal,
  nothingPromised,
  type Part,
  type Promised,
  promise,
  type Use,
} from '../program/promise.ts';
import { type Rational, rationalText, toFraction } from '../values/rational.ts';

/** Exact numbers and whole amounts as texts. */
export interface AttestedPromises {
  readonly uses: readonly UseText[];
  readonly holds: readonly HoldText[];
  readonly grants: readonly GrantText[];
  readonly kept: readonly (Omit<KeptTotal, 'amount'> & { readonly amount: string })[];
  /** By the text of the key in the books. */
  readonly frozen: readonly {
    readonly key: string;
    readonly lines: readonly (Omit<FrozenLine, 'amount'> & { readonly amount: string })[];
  }[];
}

interface PartText {
  readonly lot: string;
  readonly amount: string;
}
export interface UseText extends Omit<Use, 'amount' | 'lots' | 'by'> {
  readonly amount: string;
  readonly lots: readonly PartText[];
  readonly by: (Omit<NonNullable<Use['by']>, 'reward'> & { readonly reward: string | null }) | null;
}
export interface HoldText extends Omit<HeldPoints, 'amount' | 'lots'> {
  readonly amount: string;
  readonly lots: readonly PartText[];
}
export interface GrantText extends Omit<Grant, 'amount' | 'exact'> {
  readonly amount: string;
  readonly exact: string;
}

export function attestedPromises({ uses, holds, grants, kept, frozen }: Promised): AttestedPromises {
  return {
    uses: [...uses.values()].flat().map(useText),
    holds: [...holds.values()].flat().map(holdText),
    grants: [...grants.values()].flat().map(grantText),
    kept: [...kept.values()].flatMap((own) =>
      [...own.values()].map((one) => ({ ...one, amount: `${one.amount}` })),
    ),
    frozen: [...frozen].map(([key, lines]) => ({
      key,
      lines: lines.map((line) => ({ ...line, amount: `${line.amount}` })),
    })),
  };
}

/** The promises again, to grow by what the log says. */
export function promisesOf({ uses, holds, grants, kept, frozen }: AttestedPromises): GrowingPromised {
  const promised = nothingPromised();
  promise(promised, { uses: uses.map(useOf), holds: holds.map(holdOf), grants: grants.map(grantOf) });
  for (const one of kept) keepTotal(promised, { ...one, amount: BigInt(one.amount) });
  for (const { key, lines } of frozen)
    promised.frozen.set(
      key,
      lines.map((line) => ({ ...line, amount: BigInt(line.amount) })),
    );
  return promised;
}

function useText({ amount, lots, by, ...rest }: Use): UseText {
  return {
    ...rest,
    amount: `${amount}`,
    lots: lots.map(partText),
    by: by === null ? null : { ...by, reward: by.reward === null ? null : rationalText(by.reward) },
  };
}

/** The use of its text. */
export function useOf({ amount, lots, by, ...rest }: UseText): Use {
  return {
    ...rest,
    amount: BigInt(amount),
    lots: partsOf(lots),
    by: by === null ? null : { ...by, reward: by.reward === null ? null : rationalOf(by.reward) },
  };
}

function partText({ lot, amount }: Part): PartText {
  return { lot, amount: `${amount}` };
}

function holdText({ amount, lots, ...rest }: HeldPoints): HoldText {
  return { ...rest, amount: `${amount}`, lots: lots.map(partText) };
}

function holdOf({ amount, lots, ...rest }: HoldText): HeldPoints {
  return { ...rest, amount: BigInt(amount), lots: partsOf(lots) };
}

function grantText({ amount, exact, ...rest }: Grant): GrantText {
  return { ...rest, amount: `${amount}`, exact: rationalText(exact) };
}

/** The grant of its text. */
export function grantOf({ amount, exact, ...rest }: GrantText): Grant {
  return { ...rest, amount: BigInt(amount), exact: rationalOf(exact) };
}

/** The parts of lots of their texts. */
export function partsOf(lots: readonly PartText[]): readonly Part[] {
  return lots.map(({ lot, amount }) => ({ lot, amount: BigInt(amount) }));
}

function rationalOf(text: string): Rational {
  const value = toFraction(text);
  if (value === null) throw new RangeError(`${text} is no exact number in a promise.`);
  return value;
}
