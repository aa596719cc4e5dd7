// SPDX-License-Identifier: Apache-2.0
// A payment as it was given, held to the agreement: a party that is known by its id or by what other systems call it, a
// period of the calendar, an amount of an asset that is paid, a day that has begun. What does not fit says where.

import type { Commitment } from '@rapport/core/ledger/book-entry.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { type Day, isoDay, parseIsoDay } from '@rapport/core/values/date.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import { multiply, parseDecimal, rational } from '@rapport/core/values/rational.ts';
import { findParties, findReferences } from '../store/party-rows.ts';
import type { GivenPayment } from '../wire/payments.ts';
import type { Context } from './context.ts';
import { type Declared, declaredBy } from './declared.ts';
import { type Refusal, refusal } from './outcome.ts';

/** A commitment of ours that is a payment for a period. */
export type Payment = Commitment & { readonly period: string; readonly paidOn: Day };

export interface Placed extends GivenPayment {
  /** Where it stands in the request or the file. */
  readonly place: string;
}

export interface ReadPayment {
  readonly place: string;
  readonly payment: Payment;
  /** False: it was given none, so it is of the day that has begun last. */
  readonly isDayGiven: boolean;
}

export async function readPayments(
  context: Context,
  workspace: number,
  {
    agreement,
    given,
    newId,
  }: {
    readonly agreement: string;
    readonly given: readonly Placed[];
    /** Of a payment without an id, by its place in the list. */
    readonly newId: (payment: Omit<Payment, 'id'>, at: number) => string;
  },
): Promise<readonly (ReadPayment | Refusal)[]> {
  const writer = await context.writers.of(workspace);
  const program = writer.declared().get(agreement)?.at(-1)?.program;
  if (program === undefined) return [refusal('agreement_unknown', { agreement })];
  const declared = declaredBy(writer.declared());
  const today = await writer.read((view) => view.today(program.policies.zone));
  const partyOf = await partiesOf(context, workspace, program, given);
  return given.map((one, at) => {
    const read = readPayment({ agreement, program, declared, today, partyOf }, one);
    if ('code' in read) return read;
    const payment = { ...read, id: one.id ?? newId(read, at) };
    return { place: one.place, payment, isDayGiven: one.on !== undefined };
  });
}

interface Reading {
  readonly agreement: string;
  readonly program: Program;
  readonly declared: Declared;
  readonly today: Day | null;
  readonly partyOf: (payee: string) => string | null;
}

function readPayment(
  { agreement, program, declared, today, partyOf }: Reading,
  { payee, period, amount, on, reference = '', place }: Placed,
): Omit<Payment, 'id'> | Refusal {
  const party = partyOf(payee);
  if (party === null) return refusal('party_unknown', { party: payee }, { place: `${place}/payee` });
  if (parsePeriod(program.policies.calendar, period) === null)
    return refusal('period_unknown', { agreement, period }, { place: `${place}/period` });
  const { asset } = amount;
  const known = assetsOf(program);
  if (!known.includes(asset))
    return refusal('asset_unknown', { agreement, asset, known: known.join(', ') }, { place });
  const minor = minorOf(amount.amount, declared.asset(asset).decimals);
  if (minor === null || minor <= 0n)
    return refusal('amount_not_positive', { amount: amount.amount }, { place: `${place}/amount` });
  const paidOn = on === undefined ? today : parseIsoDay(on);
  if (paidOn === null || today === null || paidOn > today)
    return refusal(
      'day_not_ahead',
      { day: on ?? (today === null ? '' : isoDay(today)) },
      { place: `${place}/on` },
    );
  return { what: 'payment', party, asset, amount: minor, lots: [], reference, period, paidOn };
}

/** Whole smallest units; null for what is no decimal, or has more decimals than the asset. */
function minorOf(text: string, decimals: number): bigint | null {
  const value = parseDecimal(text);
  const minor = value === null ? null : multiply(value, rational(10n ** BigInt(decimals)));
  return minor === null || minor.d !== 1n ? null : minor.n;
}

export function assetsOf({ clauses, settlements }: Program): readonly string[] {
  return [...new Set([...clauses, ...settlements].map(({ asset }) => asset))].sort();
}

/** By id, else by a reference of any system that belongs to one party alone. */
async function partiesOf(
  { store }: Context,
  workspace: number,
  { clauses, settlements }: Program,
  given: readonly Placed[],
): Promise<Reading['partyOf']> {
  const asked = [...new Set(given.map(({ payee }) => payee))];
  const kinds = [...new Set([...clauses, ...settlements].map(({ payee }) => payee.party))];
  const { ids, references } = await store.within(workspace, async (scope) => {
    const rows = await findParties(scope, asked);
    const wanted = asked.flatMap((reference) => kinds.map((kind) => ({ kind, reference })));
    return {
      ids: new Set(rows.map(({ party }) => party)),
      references: await findReferences(scope, wanted),
    };
  });
  return (payee) => {
    if (ids.has(payee)) return payee;
    const found = new Set(references.filter((row) => row.reference === payee).map(({ party }) => party));
    return found.size === 1 ? [...found][0]! : null;
  };
}
