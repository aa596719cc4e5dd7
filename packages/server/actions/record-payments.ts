// SPDX-License-Identifier: Apache-2.0
// Records payments that were made elsewhere, all or none. Each moves what is due to what is paid, for one period. More
// than is approved is refused with the figures, unless the caller says so and why. The same id is recorded once.

import { amountFigure } from '@rapport/core/explain/figures.ts';
import type { Commitment } from '@rapport/core/ledger/book-entry.ts';
import { isSameContent } from '@rapport/core/ledger/same-content.ts';
import type { Program } from '@rapport/core/program/program.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import type { Caller } from '../access/caller.ts';
import { recordAudit } from '../store/audit-rows.ts';
import type { GivenAnswerOf } from '../wire/endpoint.ts';
import { sentencesOf } from '../wire/messages.ts';
import type * as wire from '../wire/payments.ts';
import type { Finding } from '../wire/problem.ts';
import type { BooksView, Submitted } from '../writer/writing.ts';
import { wireAmount } from './caused.ts';
import type { Context } from './context.ts';
import { declaredBy } from './declared.ts';
import { type Payment, type Placed, type ReadPayment, readPayments } from './given-payment.ts';
import { done, type Outcome, type Refusal, refusal, refusalOf, refused } from './outcome.ts';
import { denied } from './permit.ts';
import { namesFor } from './personal-names.ts';
import { standingIn } from './statement-standing.ts';

export interface Recording {
  readonly agreement: string;
  readonly payments: readonly Placed[];
  readonly beyondApproved: boolean;
  readonly reason?: string | undefined;
  readonly preview: boolean;
  /** Of a payment without one. */
  readonly newId?: Parameters<typeof readPayments>[2]['newId'];
}

/** A payment beside what was approved before it. */
interface Judged {
  readonly payment: Payment;
  readonly outcome: 'ready' | 'repeated';
  readonly approvedBefore: bigint;
  readonly left: bigint;
}

export async function recordPayments(
  context: Context,
  caller: Caller,
  { agreement, payments, beyondApproved, reason, preview, newId = randomId(context) }: Recording,
): Promise<Outcome<GivenAnswerOf<typeof wire.recordPayments>>> {
  const no = denied(caller, 'payments.record');
  if (no !== null) return no;
  if (beyondApproved && reason === undefined) return refused('reason_missing');
  const { workspace, actor } = caller;
  const writer = await context.writers.of(workspace);
  const program = writer.declared().get(agreement)?.at(-1)?.program;
  if (program === undefined) return refused('agreement_unknown', { agreement });
  const read = await readPayments(context, workspace, { agreement, given: payments, newId });
  const wrong = read.filter((one) => 'code' in one);
  if (wrong.length > 0) return togetherRefused(wrong);
  const decided = await writer.decide<readonly Judged[] | readonly Refusal[]>(async (view) => {
    const judged = await judge(view, { agreement, program, beyondApproved }, read as readonly ReadPayment[]);
    const against = judged.filter((one) => 'code' in one);
    if (against.length > 0 || preview)
      return { kind: 'decided', entries: [], value: against.length > 0 ? against : (judged as Judged[]) };
    const fresh = (judged as Judged[]).filter(({ outcome }) => outcome === 'ready');
    const entries = fresh.map(({ payment }): Submitted => {
      return { entry: { kind: 'commitment', agreement, commitment: payment }, actor, source: '' };
    });
    return { kind: 'decided', entries, value: judged as Judged[] };
  });
  if (decided.kind === 'refused') return { kind: 'refused', refusal: refusalOf(decided.refusal) };
  const found = decided.value;
  if (isRefused(found)) return togetherRefused(found);
  if (decided.sequences.length > 0)
    await context.store.within(workspace, (scope) =>
      recordAudit(scope, {
        actor,
        action: 'payments.record',
        subject: agreement,
        details: { payments: decided.sequences.length, beyondApproved, reason: reason ?? null },
      }),
    );
  return done(await shown(context, caller, found, preview));
}

function isRefused(found: readonly Judged[] | readonly Refusal[]): found is readonly Refusal[] {
  return found.some((one) => 'code' in one);
}

function randomId({ random }: Context): NonNullable<Recording['newId']> {
  return () => `payment-${random(12).toString('hex')}`;
}

/** One refusal is told as it is; several with their places. */
export function togetherRefused(all: readonly Refusal[]): Outcome<never> {
  const [only] = all;
  if (all.length === 1 && only !== undefined) return { kind: 'refused', refusal: only };
  const errors = all.map(({ code, facts, place = '' }): Finding => {
    const { detail, remedy } = sentencesOf(code, facts);
    return { code, place, detail, remedy };
  });
  return refused('payments_wrong', { count: `${all.length}` }, { errors });
}

/** Each in turn, so that several for one statement count together. */
async function judge(
  view: BooksView,
  of: { readonly agreement: string; readonly program: Program; readonly beyondApproved: boolean },
  read: readonly ReadPayment[],
): Promise<readonly (Judged | Refusal)[]> {
  const left = new Map<string, { left: bigint; paid: bigint }>();
  const taken = new Map<string, Commitment>();
  const judged: (Judged | Refusal)[] = [];
  for (const { payment, place, isDayGiven } of read) {
    const { id, party, period, asset } = payment;
    if (view.isInLots(of.agreement, asset)) {
      judged.push(refusal('asset_not_paid', { asset }, { place }));
      continue;
    }
    const name = JSON.stringify([party, period, asset]);
    const standing = left.get(name) ?? (await leftOf(view, of, payment));
    left.set(name, standing);
    const known = taken.get(id) ?? view.commitmentOf(of.agreement, id);
    if (known !== null) {
      judged.push(
        isSameContent(known, isDayGiven ? payment : { ...payment, paidOn: known.paidOn })
          ? { payment, outcome: 'repeated', approvedBefore: standing.left, left: standing.left }
          : refusal('same_commitment_other_content', { id }, { place }),
      );
      continue;
    }
    taken.set(id, payment);
    const after = standing.left - payment.amount;
    if (after < 0n && !of.beyondApproved) {
      judged.push(refusal('payment_above_approved', figuresOf(of.program, payment, standing), { place }));
      continue;
    }
    judged.push({ payment, outcome: 'ready', approvedBefore: standing.left, left: after });
    standing.left = after;
    standing.paid += payment.amount;
  }
  return judged;
}

async function leftOf(
  view: BooksView,
  { agreement, program }: { readonly agreement: string; readonly program: Program },
  { party, period, asset }: Payment,
): Promise<{ left: bigint; paid: bigint }> {
  const key = { agreement, payee: party, period };
  const { accounts } = (await standingIn(view, key, program.policies.calendar))!;
  const account = accounts.find((one) => one.asset === asset);
  return { left: account?.approvedLeft ?? 0n, paid: account?.paid ?? 0n };
}

function figuresOf(
  program: Program,
  { party, period, asset, amount }: Payment,
  { left, paid }: { readonly left: bigint; readonly paid: bigint },
): Readonly<Record<string, string>> {
  const figure = (minor: bigint) => amountFigure(program, minor, asset);
  return { payee: party, period, amount: figure(amount), left: figure(left), paid: figure(paid) };
}

async function shown(
  context: Context,
  caller: Caller,
  judged: readonly Judged[],
  preview: boolean,
): Promise<GivenAnswerOf<typeof wire.recordPayments>> {
  const declared = declaredBy((await context.writers.of(caller.workspace)).declared());
  const names = await context.store.within(caller.workspace, (scope) =>
    namesFor(
      context,
      scope,
      caller,
      judged.map(({ payment }) => payment.party),
    ),
  );
  const fresh = preview ? 'ready' : 'recorded';
  return {
    items: judged.map(({ payment, outcome, approvedBefore, left }) => {
      const { id, party, period, asset, amount, paidOn, reference } = payment;
      return {
        ...{ id, period, reference },
        payee: party,
        payeeName: names.get(party) ?? null,
        amount: wireAmount(declared, amount, asset),
        on: isoDay(paidOn),
        outcome: outcome === 'ready' ? fresh : outcome,
        approvedBefore: wireAmount(declared, approvedBefore, asset),
        left: wireAmount(declared, left, asset),
      };
    }),
    recorded: preview ? 0 : judged.filter(({ outcome }) => outcome === 'ready').length,
    repeated: judged.filter(({ outcome }) => outcome === 'repeated').length,
  };
}
