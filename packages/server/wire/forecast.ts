// SPDX-License-Identifier: Apache-2.0
// Looking ahead with the same engine: attainment, forecast, and what a deal would pay. Nothing here is recorded.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { factFields } from './facts.ts';
import { amount, day, exactNumber, identifier, period } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

const inAgreement = inWorkspace.extend({ agreement: identifier });
const ofParty = z.object({ payee: identifier, period: period.optional() });

export const attainment = z.object({
  payee: z.string(),
  payeeName: z.string().nullable(),
  period,
  measures: z.array(
    z.object({
      name: z.string(),
      period: z.string(),
      /** What it moves. */
      components: z.array(z.string()),
      value: z.string(),
      exact: exactNumber.nullable(),
      target: z.string().nullable(),
      /** Value over target; null where there is no target. */
      attained: exactNumber.nullable(),
      /** The band it stands in and the next one, as people read them. */
      band: z.string().nullable(),
      toNext: z.string().nullable(),
    }),
  ),
});
export const readAttainment = endpoint({
  name: 'readAttainment',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/attainment`,
  demand: 'earnings.read',
  summary: 'How far a party is towards its targets',
  tag: 'Forecast',
  params: inAgreement,
  query: ofParty,
  response: attainment,
});

/** What is earned by now and what the period would give. */
export const forecastItem = z.object({
  clause: z.string(),
  component: z.string(),
  period: z.string(),
  posted: amount,
  forecast: amount,
  state: z.string(),
});
export const readForecast = endpoint({
  name: 'readForecast',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/forecast`,
  demand: 'earnings.forecast',
  summary: 'What the period gives as things stand, with clauses that post later',
  tag: 'Forecast',
  params: inAgreement,
  query: ofParty,
  response: z.object({
    payee: z.string(),
    period,
    asOf: day,
    items: z.array(forecastItem),
    /** Amounts of clauses that belong to no period, by now. */
    overAll: z.array(forecastItem.omit({ period: true, forecast: true })),
    totals: z.array(z.object({ posted: amount, forecast: amount })),
  }),
});

export const whatIf = endpoint({
  name: 'whatIf',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/what-if`,
  demand: 'earnings.forecast',
  summary: 'What these facts or blanks would change',
  tag: 'Forecast',
  params: inAgreement,
  body: z.object({
    payee: identifier.optional().describe('Only for this party'),
    facts: z
      .array(z.object({ kind: identifier, id: identifier.optional(), fields: factFields }))
      .max(200)
      .default([]),
    blanks: z.record(identifier, z.string().max(200)).default({}),
    asOf: day.optional(),
  }),
  response: z.object({
    differences: z.array(
      z.object({
        clause: z.string(),
        component: z.string(),
        payee: z.string(),
        payeeName: z.string().nullable(),
        period: z.string(),
        before: amount,
        after: amount,
        difference: amount,
        state: z.string(),
      }),
    ),
    totals: z.array(z.object({ payee: z.string(), before: amount, after: amount, difference: amount })),
  }),
});
