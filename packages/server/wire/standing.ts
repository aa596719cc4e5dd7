// SPDX-License-Identifier: Apache-2.0
// Where a statement stands by now: approved or not, what is paid and what is left. The version that was issued does not
// say it, since it never changes; this follows from the log. Approvals, one and many.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { amount, day, hash, identifier, pageOf, pageQuery, period, plainText, version } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

/** By asset: carried + arising − paid = payable; what is left of it to pay, or was paid too much. */
export const accountNow = z.object({
  carried: amount,
  arising: amount,
  paid: amount,
  payable: amount,
  stillToPay: amount.describe('payable, where it is above zero'),
  paidTooMuch: amount.describe('payable without its sign, where it is below zero'),
  approvedLeft: amount.describe('Of it, what is approved: more than that is paid only when it is said so'),
});
export type AccountNow = z.infer<typeof accountNow>;

export const approval = z.object({ version, at: z.iso.datetime(), by: z.string() });

export const awaitedFeed = z.object({
  feed: identifier,
  title: z.string(),
  completeThrough: day.nullable().describe('null: it has said of no day that everything is there'),
  /** The first day of which something may be missing; null where nothing is certain. */
  since: day.nullable(),
  declaredAt: z.iso.datetime().nullable(),
});
export type AwaitedFeed = z.infer<typeof awaitedFeed>;

export const standingNow = z.object({
  approval: approval.nullable(),
  accounts: z.array(accountNow),
  payments: z.array(z.object({ id: z.string(), on: day.nullable(), amount, reference: z.string() })),
  /** Feeds that have not delivered everything through the period's last day. */
  awaited: z.array(awaitedFeed),
});
export type StandingNow = z.infer<typeof standingNow>;

export const statementState = z.enum(['forecast', 'provisional', 'earned', 'approved', 'paid']);

/** A statement among those of a period. */
export const periodStatement = standingNow.omit({ payments: true }).extend({
  agreement: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  period,
  version: version.nullable().describe('The version issued last; null: none was'),
  hash: hash.nullable(),
  issuedAt: z.iso.datetime().nullable(),
  state: statementState,
  isNil: z.boolean(),
  /** Postings came since the version issued last. */
  hasNewer: z.boolean(),
  /** By how much what arises has changed since that version. */
  since: z.array(amount),
});
export type PeriodStatement = z.infer<typeof periodStatement>;

const inPeriod = inWorkspace.extend({ agreement: identifier, period });
const inStatement = inPeriod.extend({ payee: identifier });

export const listPeriodStatements = endpoint({
  name: 'listPeriodStatements',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/periods/:period/statements`,
  demand: 'statements.read',
  summary: 'The statements of a period as they stand: state, amounts, what changed since the last version',
  tag: 'Statements',
  params: inPeriod,
  query: pageQuery.extend({ payee: identifier.optional() }),
  response: pageOf(periodStatement),
});

/** What was not done, and why. */
const passedOver = z.object({ payee: z.string(), code: z.string(), words: z.string() });

const despite = z
  .boolean()
  .default(false)
  .describe('Although something that it rests on is awaited; needs a reason');
const reason = plainText(1000);

export const approveStatement = endpoint({
  name: 'approveStatement',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/statements/:payee/:period/approval`,
  demand: 'statements.approve',
  summary: 'Approve the version issued last for payment',
  tag: 'Statements',
  params: inStatement,
  body: z.object({
    version: version.describe('The version that was looked at: another one is refused'),
    despite,
    reason: reason.optional(),
  }),
  response: periodStatement,
  isIdempotentByKey: true,
});
export const takeApprovalBack = endpoint({
  name: 'takeApprovalBack',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/statements/:payee/:period/approval/withdrawal`,
  demand: 'statements.approve',
  summary: 'Take an approval back, as long as nothing was paid',
  tag: 'Statements',
  params: inStatement,
  body: z.object({ reason }),
  response: periodStatement,
  isIdempotentByKey: true,
});
export const approvePeriod = endpoint({
  name: 'approvePeriod',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/periods/:period/approval`,
  demand: 'statements.approve',
  summary: 'Approve the statements of a period, all or those of some; what cannot be is passed over and told',
  tag: 'Statements',
  params: inPeriod,
  body: z.object({
    payees: z.array(identifier).min(1).max(10_000).optional().describe('Absent: everybody with a statement'),
    despite,
    reason: reason.optional(),
  }),
  response: z.object({ approved: z.int(), passedOver: z.array(passedOver), job: z.int().nullable() }),
  isIdempotentByKey: true,
});
