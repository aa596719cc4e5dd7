// SPDX-License-Identifier: Apache-2.0
// Payments that were made elsewhere, such as by payroll, and are recorded here: transfers from what is due to what is
// paid. What was recorded is never changed; an id given by the caller makes sending it again harmless.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { amount, day, identifier, pageOf, pageQuery, period, plainText, sequence } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

const inAgreement = inWorkspace.extend({ agreement: identifier });

export const givenPayment = z.object({
  id: identifier.optional().describe('Of the caller: the same id with the same content is recorded once'),
  payee: identifier.describe('The party, or what other systems call it'),
  period,
  amount,
  on: day.optional().describe('The day on which it was paid; absent: the day that has begun last'),
  reference: plainText(200).optional(),
});
export type GivenPayment = z.infer<typeof givenPayment>;

/** How a payment stands to what is approved. */
export const paymentRow = z.object({
  id: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  period,
  amount,
  on: day,
  reference: z.string(),
  outcome: z.enum(['recorded', 'repeated', 'ready']).describe('ready: it would be recorded'),
  approvedBefore: amount.describe('Approved and not paid before it'),
  left: amount.describe('Approved and not paid after it; below zero: more than is approved'),
});
export type PaymentRow = z.infer<typeof paymentRow>;

export const recordedPayments = z.object({
  items: z.array(paymentRow),
  recorded: z.int(),
  repeated: z.int(),
});

const beyondApproved = z
  .boolean()
  .default(false)
  .describe('Record also what is above what is approved; needs a reason');

export const recordPayments = endpoint({
  name: 'recordPayments',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/payments`,
  demand: 'payments.record',
  summary: 'Record payments, one or many, all or none',
  tag: 'Payments',
  params: inAgreement,
  body: z.object({
    payments: z.array(givenPayment).min(1).max(1000),
    beyondApproved,
    reason: plainText(1000).optional(),
    preview: z.boolean().default(false).describe('Only say what would be recorded'),
  }),
  response: recordedPayments,
  isIdempotentByKey: true,
});

const yesNo = z.enum(['true', 'false']).default('false');

export const uploadPayments = endpoint({
  name: 'uploadPayments',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/payments/file`,
  demand: 'payments.record',
  summary: 'Record the payments of a file of payroll: payee, period, amount; also asset, day, reference, id',
  tag: 'Payments',
  params: inAgreement,
  query: z.object({
    preview: yesNo,
    beyondApproved: yesNo,
    reason: plainText(1000).optional(),
    on: day.optional().describe('The day of rows that name none'),
  }),
  consumes: ['text/csv', 'multipart/form-data'],
  response: recordedPayments,
});

export const payment = z.object({
  id: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  period: period.nullable().describe('null: it was told by its day alone'),
  on: day.nullable(),
  amount,
  reference: z.string(),
  sequence,
  by: z.string(),
});
export const listPayments = endpoint({
  name: 'listPayments',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/payments`,
  demand: 'statements.read',
  summary: 'Payments that were recorded, the newest first',
  tag: 'Payments',
  params: inAgreement,
  query: pageQuery.extend({ payee: identifier.optional(), period: period.optional() }),
  response: pageOf(payment),
});
