// SPDX-License-Identifier: Apache-2.0
// Agreements: texts with versions, the document with its readings, activation, values per person, opening balances.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { finding } from './problem.ts';
import { amount, day, decimal, hash, identifier, longText, plainText, sequence, version } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

/** The longest text of an agreement, in characters. */
export const agreementTextMax = 400_000;

const agreementName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(80)
  .describe('Name of the agreement in addresses');
const inAgreement = inWorkspace.extend({ agreement: identifier });
const inVersion = inAgreement.extend({ version: z.coerce.number().int().min(1) });

export const versionSummary = z.object({
  version,
  hash,
  semantics: z.int(),
  state: z.enum(['draft', 'active', 'ended']),
  from: day.nullable(),
  to: day.nullable().describe('The first day on which it no longer holds'),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  activatedBy: z.string().nullable(),
});

export const agreement = z.object({
  agreement: z.string(),
  title: z.string(),
  versions: z.array(versionSummary),
  payees: z.array(z.string()).describe('Kinds of parties that it pays'),
  wallets: z.array(z.string()).describe('Kinds of parties whose points it keeps'),
  hasPeriods: z.boolean().describe('It pays for periods; otherwise all amounts are over the whole time'),
  createdAt: z.iso.datetime(),
});
export type Agreement = z.infer<typeof agreement>;

export const listAgreements = endpoint({
  name: 'listAgreements',
  method: 'GET',
  path: `${workspacePath}/agreements`,
  demand: 'agreements.read',
  summary: 'Agreements of the workspace',
  tag: 'Agreements',
  params: inWorkspace,
  response: z.object({ items: z.array(agreement) }),
});

const compiled = z.object({
  hash,
  warnings: z.array(finding),
  examples: z.array(z.object({ name: z.string(), holds: z.boolean(), detail: z.string() })),
  openBlanks: z.array(z.string()),
});

export const checkAgreement = endpoint({
  name: 'checkAgreement',
  method: 'POST',
  path: `${workspacePath}/agreement-check`,
  demand: 'agreements.draft',
  summary: 'Compile a text and run its worked examples; nothing is kept',
  tag: 'Agreements',
  params: inWorkspace,
  body: z.object({ text: longText(agreementTextMax) }),
  response: compiled.extend({ compiles: z.boolean(), errors: z.array(finding) }),
});
export const createAgreement = endpoint({
  name: 'createAgreement',
  method: 'POST',
  path: `${workspacePath}/agreements`,
  demand: 'agreements.draft',
  summary: 'Add an agreement with its first version, as a draft',
  tag: 'Agreements',
  params: inWorkspace,
  body: z.object({ agreement: agreementName, text: longText(agreementTextMax) }),
  response: agreement.extend({ compiled }),
  status: 201,
  isIdempotentByKey: true,
});
export const addVersion = endpoint({
  name: 'addVersion',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/versions`,
  demand: 'agreements.draft',
  summary: 'Add a version, as a draft',
  tag: 'Agreements',
  params: inAgreement,
  body: z.object({ text: longText(agreementTextMax) }),
  response: agreement.extend({ compiled }),
  status: 201,
  isIdempotentByKey: true,
});
export const readAgreement = endpoint({
  name: 'readAgreement',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement`,
  demand: 'agreements.read',
  summary: 'An agreement with its versions',
  tag: 'Agreements',
  params: inAgreement,
  response: agreement,
});

export const readAgreementDocument = endpoint({
  name: 'readAgreementDocument',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/versions/:version`,
  demand: 'agreements.read',
  summary: 'The text of a version, with a reading under each formula',
  tag: 'Agreements',
  params: inVersion,
  response: versionSummary.extend({
    title: z.string(),
    text: z.string(),
    /** Markdown: the text with readings as quotations. */
    document: z.string(),
    clauses: z.array(
      z.object({
        clause: z.string(),
        component: z.string(),
        section: z.string(),
        sentences: z.array(z.string()),
        meaningHash: z.string(),
        wordingHash: z.string(),
      }),
    ),
    blanks: z.array(z.object({ name: z.string(), value: z.string().nullable(), section: z.string() })),
    compiled,
  }),
});

export const activateVersion = endpoint({
  name: 'activateVersion',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/versions/:version/activation`,
  demand: 'agreements.activate',
  summary: 'Put a version in force; who did it is recorded',
  tag: 'Agreements',
  params: inVersion,
  body: z.object({
    hash: hash.describe('Of the text that was read, so that nobody activates another one'),
    from: day.nullable().default(null).describe('First day; null: from the beginning'),
    reason: plainText(1000).optional(),
  }),
  response: z.object({
    agreement,
    sequence: sequence.nullable().describe('null while the job goes on'),
    job: z.int().nullable().describe('Recomputation of what had been posted, when it takes longer'),
    pickedUp: z.int().describe('Facts that had waited for this version'),
  }),
  isIdempotentByKey: true,
});

/** A blank that has its own value for one party: quota, target incentive. */
export const personalValue = z.object({
  party: identifier,
  attribute: identifier,
  value: z.string(),
  from: day.nullable(),
  through: day.nullable(),
});
export const listPersonalValues = endpoint({
  name: 'listPersonalValues',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/personal-values`,
  demand: 'agreements.read',
  summary: 'Values per person: quotas, targets, territories',
  tag: 'Agreements',
  params: inAgreement,
  response: z.object({ items: z.array(personalValue.extend({ name: z.string().nullable() })) }),
});
export const setPersonalValues = endpoint({
  name: 'setPersonalValues',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/personal-values`,
  demand: 'values.change',
  summary: 'Set values per person from a day on',
  tag: 'Agreements',
  params: inAgreement,
  body: z.object({ values: z.array(personalValue).min(1).max(5000), reason: plainText(1000).optional() }),
  response: z.object({ sequences: z.array(sequence) }),
  isIdempotentByKey: true,
});

export const openingBalance = z.object({
  component: identifier.describe('Such as "Pay owed" or "Points"'),
  party: identifier,
  amount: z.union([amount, decimal]),
  on: day,
  through: day.nullable().default(null).describe('For points: last day of use'),
});
export const setOpeningBalances = endpoint({
  name: 'setOpeningBalances',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/opening-balances`,
  demand: 'openings.record',
  summary: 'Bring in balances from before',
  tag: 'Agreements',
  params: inAgreement,
  body: z.object({ balances: z.array(openingBalance).min(1).max(10_000) }),
  response: z.object({ sequences: z.array(sequence) }),
  isIdempotentByKey: true,
});
export const listOpeningBalances = endpoint({
  name: 'listOpeningBalances',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/opening-balances`,
  demand: 'books.read',
  summary: 'Balances brought in from before',
  tag: 'Agreements',
  params: inAgreement,
  response: z.object({
    items: z.array(
      z.object({
        component: z.string(),
        party: z.string(),
        name: z.string().nullable(),
        amount: decimal,
        on: day,
        through: day.nullable(),
        sequence,
      }),
    ),
  }),
});
export const recordDecision = endpoint({
  name: 'recordDecision',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/decisions`,
  demand: 'decisions.record',
  summary: 'Record a decision that the agreement leaves to a person',
  tag: 'Agreements',
  params: inAgreement,
  body: z.object({
    decision: identifier,
    party: identifier,
    period: identifier,
    value: z.string().max(2000),
    reason: plainText(2000),
  }),
  response: z.object({ sequence }),
  isIdempotentByKey: true,
});
