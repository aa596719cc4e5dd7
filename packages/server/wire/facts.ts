// SPDX-License-Identifier: Apache-2.0
// Facts in and facts found. A fact comes as a CloudEvent 1.0: `type` is its kind, `subject` (or else `id`) its id,
// the extension `revision` counts from 1, `voided` takes the fact away, `data` holds its fields.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { problem } from './problem.ts';
import {
  amount,
  day,
  identifier,
  longText,
  pageOf,
  pageQuery,
  period,
  plainText,
  sequence,
  version,
} from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

/** A field of a fact: null says that it is open; a field that is not given is unknown, and what needs it waits. */
export const fieldValue = z
  .union([longText(2000), z.number(), z.boolean(), z.null(), amount])
  .describe('Text, day, yes/no, decimal text, an amount with its asset; null where it is open');
export type FieldValue = z.infer<typeof fieldValue>;

export const factFields = z.record(identifier, fieldValue);

export const cloudEvent = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: identifier.describe('Unique per source; the id of the fact where no subject is given'),
    source: plainText(500).describe('Which system says so'),
    type: identifier.describe('Kind of fact, as the agreements declare it'),
    subject: identifier.optional().describe('Id of the fact'),
    time: z.iso.datetime({ offset: true }).optional(),
    datacontenttype: z
      .string()
      .regex(/^application\/json(;.*)?$/i)
      .optional(),
    dataschema: z.string().max(2000).optional(),
    revision: z.coerce.number().pipe(version).default(1).describe('Counts from 1; a later one supersedes'),
    voided: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
      .default(false)
      .describe('This revision takes the fact away'),
    data: factFields.optional(),
  })
  .describe('A fact as a CloudEvent 1.0');
export type CloudEvent = z.output<typeof cloudEvent>;

/** The most facts of one request. */
export const batchMax = 10_000;

export const factReceipt = z.object({
  kind: z.string(),
  id: z.string(),
  revision: version,
  outcome: z.enum(['recorded', 'repeated', 'waiting', 'refused', 'not recorded']),
  sequence: sequence.nullable(),
  /** Why it waits. */
  reason: z.string().nullable(),
  problem: problem.nullable(),
});
export type FactReceipt = z.infer<typeof factReceipt>;

export const factReceipts = z.object({ receipts: z.array(factReceipt) });
export type FactReceipts = z.infer<typeof factReceipts>;

export const acceptFacts = endpoint({
  name: 'acceptFacts',
  method: 'POST',
  path: `${workspacePath}/facts`,
  demand: 'facts.record',
  summary: 'Record one fact or a batch of facts',
  tag: 'Facts',
  params: inWorkspace,
  query: z.object({
    together: z
      .enum(['true', 'false'])
      .default('false')
      .describe('true: all facts of the batch or none of them'),
  }),
  body: z.union([cloudEvent, z.array(cloudEvent).min(1).max(batchMax)]),
  consumes: ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'],
  response: factReceipts,
});

export const foundFact = z.object({
  sequence,
  kind: z.string(),
  id: z.string(),
  revision: version,
  isVoid: z.boolean(),
  isLatest: z.boolean(),
  countsOn: day.nullable(),
  fields: factFields,
  /** Names of the parties that its fields hold, by field. */
  parties: z.record(z.string(), z.string().nullable()),
  source: z.string(),
  actor: z.string(),
  load: z.int().nullable(),
  recordedAt: z.iso.datetime(),
});
export type FoundFact = z.infer<typeof foundFact>;

export const factSearch = pageQuery.extend({
  kind: identifier.optional(),
  party: identifier.optional(),
  from: day.optional().describe('Counting date, inclusive'),
  through: day.optional().describe('Counting date, inclusive'),
  text: plainText(200).optional().describe('Part of the id or of a text field'),
  load: z.coerce.number().int().optional(),
});
export type FactSearch = z.output<typeof factSearch>;

export const searchFacts = endpoint({
  name: 'searchFacts',
  method: 'GET',
  path: `${workspacePath}/facts`,
  demand: 'facts.read',
  summary: 'Search facts, the newest first',
  tag: 'Facts',
  params: inWorkspace,
  query: factSearch,
  response: pageOf(foundFact),
});

/** What one revision changed in the books. */
export const caused = z.object({
  agreement: z.string(),
  clause: z.string(),
  component: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  period: z.string(),
  accounting: period,
  due: amount,
  held: amount,
});

export const readFact = endpoint({
  name: 'readFact',
  method: 'GET',
  path: `${workspacePath}/facts/:kind/:id`,
  demand: 'facts.read',
  summary: 'All revisions of a fact, and what each caused in the books',
  tag: 'Facts',
  params: inWorkspace.extend({ kind: identifier, id: identifier }),
  response: z.object({ revisions: z.array(foundFact.extend({ caused: z.array(caused) })) }),
});

export const waitingFact = z.object({
  kind: z.string(),
  id: z.string(),
  revision: version,
  fields: factFields,
  reason: z.string(),
  source: z.string(),
  receivedAt: z.iso.datetime(),
});

export const listWaiting = endpoint({
  name: 'listWaiting',
  method: 'GET',
  path: `${workspacePath}/waiting-facts`,
  demand: 'feeds.read',
  summary: 'Facts that wait for a kind or a party',
  tag: 'Facts',
  params: inWorkspace,
  query: pageQuery.extend({ kind: identifier.optional() }),
  response: pageOf(waitingFact),
});

/** What a field holds, so that a form can ask for it. */
export const fieldForm = z.object({
  is: z.enum([
    'amount',
    'number',
    'percentage',
    'day',
    'duration',
    'yes or no',
    'choice',
    'party',
    'fact',
    'text',
  ]),
  of: z.string().nullable().describe('The asset of an amount; the kind of a party or fact'),
  options: z.array(z.string()).describe('Of a choice'),
});
export type FieldForm = z.infer<typeof fieldForm>;

export const factKind = z.object({
  kind: z.string(),
  plural: z.string(),
  agreements: z.array(z.string()),
  countsOn: z.array(z.string()),
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.string().describe('In words'),
      form: fieldForm,
      mayStayOpen: z.boolean(),
    }),
  ),
});

export const listFactKinds = endpoint({
  name: 'listFactKinds',
  method: 'GET',
  path: `${workspacePath}/fact-kinds`,
  demand: 'workspace.read',
  summary: 'Kinds of facts that active agreements declare, with their fields',
  tag: 'Facts',
  params: inWorkspace,
  response: z.object({ items: z.array(factKind) }),
});
