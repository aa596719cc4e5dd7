// SPDX-License-Identifier: Apache-2.0
// Periods of an agreement. A closed period takes no more postings and is never opened again: a late fact posts its
// difference in the open one. A locked period is closed and its statements are issued.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { awaitedFeed } from './standing.ts';
import { amount, day, identifier, period, plainText, sequence } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

const inAgreement = inWorkspace.extend({ agreement: identifier });
const inPeriod = inAgreement.extend({ period });

export const periodRow = z.object({
  period,
  unit: z.string(),
  start: day,
  end: day,
  state: z.enum(['ahead', 'open', 'closed', 'locked']),
  closedAt: z.iso.datetime().nullable(),
  closedBy: z.string().nullable(),
  sequence: sequence.nullable(),
  /** Feeds that have not delivered everything through its last day. */
  awaited: z.array(awaitedFeed),
  totals: z.array(amount).describe('What is posted in it so far'),
  payees: z.int(),
  statementsIssued: z.int(),
  statementsApproved: z.int().describe('For payment'),
});

export type PeriodRow = z.infer<typeof periodRow>;

export const listPeriods = endpoint({
  name: 'listPeriods',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/periods`,
  demand: 'periods.read',
  summary: 'Periods of an agreement, the newest first',
  tag: 'Periods',
  params: inAgreement,
  response: z.object({ items: z.array(periodRow) }),
});
export const closePeriod = endpoint({
  name: 'closePeriod',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/periods/:period/close`,
  demand: 'periods.close',
  summary: 'Close a period; it is never opened again',
  tag: 'Periods',
  params: inPeriod,
  body: z.object({
    reason: plainText(1000).optional(),
    despite: z.boolean().default(false).describe('Close although feeds are not complete; needs a reason'),
  }),
  response: z.object({ period: periodRow, sequence }),
  isIdempotentByKey: true,
});
export const lockPeriod = endpoint({
  name: 'lockPeriod',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/periods/:period/lock`,
  demand: 'periods.close',
  summary: 'Close a period if it is open, and issue a statement to every party, nil statements too',
  tag: 'Periods',
  params: inPeriod,
  body: z.object({ reason: plainText(1000).optional(), despite: z.boolean().default(false) }),
  response: z.object({
    period: periodRow,
    sequence: sequence.nullable(),
    statements: z.int(),
    job: z.int().nullable(),
  }),
  isIdempotentByKey: true,
});
