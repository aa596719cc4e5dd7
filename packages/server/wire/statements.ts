// SPDX-License-Identifier: Apache-2.0
// Statements: what was posted to one party in one accounting period of one agreement, with every line and its why.
// A version that was issued never changes.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { standingNow, statementState } from './standing.ts';
import {
  amount,
  day,
  exactNumber,
  factName,
  hash,
  identifier,
  pageOf,
  pageQuery,
  period,
  sequence,
  version,
} from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

const inAgreement = inWorkspace.extend({ agreement: identifier });
export const inStatement = inAgreement.extend({ payee: identifier, period });

/** The part of an amount that one fact bears. */
export const statementLine = z.object({
  fact: factName.nullable(),
  /** What people call it: the deal. */
  title: z.string().nullable(),
  customer: z.string().nullable(),
  date: day.nullable(),
  /** The fact's own amount, and the rate that follows from it, as people read them. */
  basis: z.string().nullable(),
  rate: z.string().nullable(),
  amount,
  exact: exactNumber,
  /** What each slice of it gives, before rows and rounding: "Base Rate (5%) of USD 10,000". */
  slices: z.array(z.object({ label: z.string(), figure: z.string() })),
  note: z.enum(['credit', 'minimum', 'cap', 'adjustment', 'return', 'held', 'unattributed', 'taken', 'kept']),
});
export type StatementLine = z.infer<typeof statementLine>;

export const statementItem = z.object({
  clause: z.string(),
  component: z.string(),
  section: z.string(),
  /** Earned period; another one than the statement's for an adjustment. */
  period: z.string(),
  due: amount,
  held: amount,
  dueBefore: amount,
  isAdjustment: z.boolean(),
  state: statementState,
  waiting: z.array(z.string()),
  lines: z.array(statementLine),
});
export type StatementItem = z.infer<typeof statementItem>;

export const statementChange = z.object({
  clause: z.string(),
  component: z.string(),
  period: z.string(),
  before: amount,
  after: amount,
  /** Because of which facts; `late` counts the reshuffled lines folded beneath. */
  causes: z.array(z.object({ sequence, words: z.string(), fact: factName.nullable() })),
  reshuffled: z.int(),
  /** The lines that moved with it, folded beneath. */
  moved: z.array(z.object({ fact: factName.nullable(), before: amount, after: amount, change: amount })),
});

export const statementBalance = z.object({
  name: z.string().describe('Debt, carried excess, points'),
  period: z.string().describe('Earned period; empty where it has none'),
  /** What stands open by the statement. */
  closing: amount,
});

/** A fact of the party that earned nothing, and why. */
export const statementWithout = z.object({
  fact: factName,
  title: z.string().nullable(),
  customer: z.string().nullable(),
  date: day.nullable(),
  why: z.string(),
});

export const statement = z.object({
  agreement: z.string(),
  title: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  payer: z.string(),
  period,
  start: day,
  end: day,
  version: version.nullable().describe('null: as it stands now, not issued'),
  state: statementState,
  recorded: sequence.describe('Postings through this place in the log are in it'),
  agreementHash: hash,
  issuedAt: z.iso.datetime().nullable(),
  hash: hash.nullable(),
  items: z.array(statementItem),
  totals: z.array(z.object({ asset: z.string(), due: amount, held: amount })),
  /** As the version says it: carried + arising − paid = payable. */
  accounts: z.array(z.object({ carried: amount, arising: amount, paid: amount, payable: amount })),
  payments: z.array(z.object({ id: z.string(), on: day.nullable(), amount, reference: z.string() })),
  /** Where it stands by now, whatever came after the version. */
  now: standingNow,
  balances: z.array(statementBalance),
  changes: z.array(statementChange),
  /** Clauses that gave nothing, with the sentence that says what they pay for. */
  nothing: z.array(
    z.object({ clause: z.string(), component: z.string(), period: z.string(), words: z.string() }),
  ),
  /** The whole body, with ids in place of names: `hash` is that of its canonical text. */
  body: z.unknown(),
  /** Names of the parties in the body, by id. */
  names: z.record(z.string(), z.string()),
  without: z.array(statementWithout),
});
export type Statement = z.infer<typeof statement>;

export const statementSummary = z.object({
  agreement: z.string(),
  title: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  period,
  version: version.nullable(),
  state: statementState,
  issuedAt: z.iso.datetime().nullable(),
  hash: hash.nullable(),
  totals: z.array(amount),
  isNil: z.boolean(),
  /** The books have moved on since this version. */
  hasNewer: z.boolean(),
});

export const listStatements = endpoint({
  name: 'listStatements',
  method: 'GET',
  path: `${workspacePath}/statements`,
  demand: 'statements.read',
  summary: 'Statements: latest version per agreement, party and period',
  tag: 'Statements',
  params: inWorkspace,
  query: pageQuery.extend({
    agreement: identifier.optional(),
    payee: identifier.optional(),
    period: period.optional(),
  }),
  response: pageOf(statementSummary),
});
export const readStatement = endpoint({
  name: 'readStatement',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/statements/:payee/:period`,
  demand: 'statements.read',
  summary: 'A statement: as it stands, or one version',
  tag: 'Statements',
  params: inStatement,
  query: z.object({ version: z.coerce.number().int().min(1).optional() }),
  response: statement,
});
export const listStatementVersions = endpoint({
  name: 'listStatementVersions',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/statements/:payee/:period/versions`,
  demand: 'statements.read',
  summary: 'Versions that were issued',
  tag: 'Statements',
  params: inStatement,
  response: z.object({ items: z.array(statementSummary) }),
});
export const issueStatement = endpoint({
  name: 'issueStatement',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/statements/:payee/:period/versions`,
  demand: 'statements.issue',
  summary: 'Issue the statement as it stands as its next version',
  tag: 'Statements',
  params: inStatement,
  body: z.object({}),
  response: statement,
  status: 201,
  isIdempotentByKey: true,
});
export const statementFormats = ['csv', 'xlsx', 'pdf'] as const;
export const downloadStatement = endpoint({
  name: 'downloadStatement',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/statements/:payee/:period/versions/:version/:format`,
  demand: 'statements.read',
  summary: 'A version that was issued, as a file',
  tag: 'Statements',
  params: inStatement.extend({ version: z.coerce.number().int().min(1), format: z.enum(statementFormats) }),
  response: null,
  produces: [
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/pdf',
  ],
});
export const downloadExtract = endpoint({
  name: 'downloadExtract',
  method: 'GET',
  path: `${workspacePath}/agreements/:agreement/extract/:payee/:format`,
  demand: 'statements.read',
  summary: 'All deals of a party, also those that earned nothing, and why',
  tag: 'Statements',
  params: inAgreement.extend({ payee: identifier, format: z.enum(['csv', 'xlsx', 'json']) }),
  query: z.object({ from: day.optional(), through: day.optional() }),
  response: null,
  produces: [
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/json',
  ],
});
