// SPDX-License-Identifier: Apache-2.0
// Feeds: how files and messages of another system become facts; loads with their account of every row; completeness.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { factFields, fieldValue } from './facts.ts';
import { finding } from './problem.ts';
import { amount, day, decimal, hash, identifier, pageOf, pageQuery, plainText, sequence } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

const inFeed = inWorkspace.extend({ feed: identifier });
const inLoad = inWorkspace.extend({ load: z.coerce.number().int().min(1) });

export const feedMode = z
  .enum(['events', 'snapshot'])
  .describe(
    'events: the same id and revision with other content is refused. snapshot: changed content is a revision, a missing row a proposal to void',
  );

/** A share of rows or of money from which on a load waits for approval. */
const share = z.number().min(0).max(1);

export const feedDefinition = z.object({
  feed: identifier,
  title: plainText(200),
  mode: feedMode,
  mapping: z.record(z.string(), z.unknown()).describe('The feed file as JSON'),
  changeLimit: z
    .object({ rows: share, money: share })
    .default({ rows: 0.2, money: 0.2 })
    .describe('A load that changes more than this share of known rows, or of pay, waits for approval'),
  needsSecondPerson: z.boolean().default(false),
  statesCompleteness: z
    .boolean()
    .default(true)
    .describe('It says through which day everything is there: until then, what rests on it is provisional'),
});
export type FeedDefinition = z.output<typeof feedDefinition>;

export const feedSummary = feedDefinition.omit({ mapping: true }).extend({
  kinds: z.array(z.string()),
  completeThrough: day.nullable(),
  lastLoadAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});

export const defineFeed = endpoint({
  name: 'defineFeed',
  method: 'PUT',
  path: `${workspacePath}/feeds/:feed`,
  demand: 'feeds.change',
  summary: 'Define a feed or change it',
  tag: 'Feeds',
  params: inFeed,
  body: feedDefinition.omit({ feed: true }),
  response: feedSummary,
});
export const listFeeds = endpoint({
  name: 'listFeeds',
  method: 'GET',
  path: `${workspacePath}/feeds`,
  demand: 'feeds.read',
  summary: 'Feeds of the workspace',
  tag: 'Feeds',
  params: inWorkspace,
  response: z.object({ items: z.array(feedSummary) }),
});
export const readFeed = endpoint({
  name: 'readFeed',
  method: 'GET',
  path: `${workspacePath}/feeds/:feed`,
  demand: 'feeds.read',
  summary: 'A feed with its mapping',
  tag: 'Feeds',
  params: inFeed,
  response: feedSummary.extend({ mapping: z.record(z.string(), z.unknown()) }),
});

/** A beginning of a file, as text. */
const sampleFile = z.object({ name: identifier, text: z.string().max(300_000) });

export const rowOutcomes = ['taken', 'filtered', 'waiting', 'rejected'] as const;

/** The account of the rows of one file: the four outcomes add up to the rows of the file. */
export const rowAccount = z.object({
  file: z.string(),
  becomes: z.string(),
  rows: z.int(),
  outcomes: z.array(
    z.object({
      outcome: z.enum(rowOutcomes),
      rows: z.int(),
      reasons: z.array(z.object({ reason: z.string(), rows: z.int() })),
      sums: z.array(z.object({ field: z.string(), sum: decimal })),
    }),
  ),
  differences: z.array(z.object({ what: z.string(), theirs: z.string(), ours: z.string() })),
});

/** What a load would change in pay, by payee and asset. */
export const payEffect = z.object({
  agreement: z.string(),
  payee: z.string(),
  payeeName: z.string().nullable(),
  asset: z.string(),
  before: amount,
  after: amount,
  difference: amount,
});

export const tryFeed = endpoint({
  name: 'tryFeed',
  method: 'POST',
  path: `${workspacePath}/feed-try`,
  demand: 'feeds.change',
  summary: 'What a mapping makes of the beginning of a file; nothing is kept',
  tag: 'Feeds',
  params: inWorkspace,
  body: z.object({
    mode: feedMode,
    mapping: z.record(z.string(), z.unknown()),
    files: z.array(sampleFile).max(10),
  }),
  response: z.object({
    /** What is wrong with the mapping itself; then nothing was read. */
    errors: z.array(finding),
    accounts: z.array(rowAccount),
    /** The first of them, as the other system names its parties. */
    facts: z.array(z.object({ kind: z.string(), id: z.string(), revision: z.int(), fields: factFields })),
    attributes: z.array(
      z.object({
        attribute: z.string(),
        of: z.string(),
        value: fieldValue,
        from: day.nullable(),
        through: day.nullable(),
      }),
    ),
    findings: z.array(finding),
  }),
});

export const loadState = z.enum([
  'preview',
  'waiting for approval',
  'recording',
  'recorded',
  'rejected',
  'failed',
]);

export const load = z.object({
  load: z.int(),
  feed: z.string(),
  fileName: z.string(),
  contentHash: hash,
  state: loadState,
  accounts: z.array(rowAccount),
  /** Facts that are new, that supersede, that are known already, and that a snapshot would void. */
  changes: z.object({ added: z.int(), revised: z.int(), repeated: z.int(), voided: z.int() }),
  effect: z.array(payEffect),
  /** Why it waits for approval. */
  reasons: z.array(z.string()),
  findings: z.array(finding),
  completeThrough: day.nullable(),
  actor: z.string(),
  at: z.iso.datetime(),
  approvedBy: z.string().nullable(),
});
export type Load = z.infer<typeof load>;

export const uploadFeed = endpoint({
  name: 'uploadFeed',
  method: 'POST',
  path: `${workspacePath}/feeds/:feed/loads`,
  demand: 'loads.upload',
  summary: 'Upload the files of a feed: a preview, or recorded at once when within its limits',
  tag: 'Feeds',
  params: inFeed,
  query: z.object({
    preview: z
      .enum(['true', 'false'])
      .default('true')
      .describe('false: record at once when within the limits'),
    file: identifier.optional().describe('Name of the file, when the body is the file itself'),
  }),
  consumes: ['multipart/form-data', 'text/csv', 'application/jsonl', 'application/octet-stream'],
  response: load,
});
export const listLoads = endpoint({
  name: 'listLoads',
  method: 'GET',
  path: `${workspacePath}/loads`,
  demand: 'feeds.read',
  summary: 'Loads, the newest first',
  tag: 'Feeds',
  params: inWorkspace,
  query: pageQuery.extend({ feed: identifier.optional() }),
  response: pageOf(load.omit({ findings: true, effect: true })),
});
export const readLoad = endpoint({
  name: 'readLoad',
  method: 'GET',
  path: `${workspacePath}/loads/:load`,
  demand: 'feeds.read',
  summary: 'A load with its account and its effect on pay',
  tag: 'Feeds',
  params: inLoad,
  response: load,
});
export const loadRow = z.object({
  file: z.string(),
  row: z.int(),
  outcome: z.enum(rowOutcomes),
  code: z.string().nullable(),
  detail: z.string().nullable(),
  remedy: z.string().nullable(),
  fact: z.object({ kind: z.string(), id: z.string() }).nullable(),
});
export const listLoadRows = endpoint({
  name: 'listLoadRows',
  method: 'GET',
  path: `${workspacePath}/loads/:load/rows`,
  demand: 'feeds.read',
  summary: 'Rows of a load with what became of each',
  tag: 'Feeds',
  params: inLoad,
  query: pageQuery.extend({ outcome: z.enum(rowOutcomes).optional() }),
  response: pageOf(loadRow),
});
export const approveLoad = endpoint({
  name: 'approveLoad',
  method: 'POST',
  path: `${workspacePath}/loads/:load/approval`,
  demand: 'loads.approve',
  summary: 'Record a load that waits',
  tag: 'Feeds',
  params: inLoad,
  body: z.object({ reason: plainText(1000).optional() }),
  response: load,
  isIdempotentByKey: true,
});
export const rejectLoad = endpoint({
  name: 'rejectLoad',
  method: 'POST',
  path: `${workspacePath}/loads/:load/rejection`,
  demand: 'loads.approve',
  summary: 'Drop a load that waits',
  tag: 'Feeds',
  params: inLoad,
  body: z.object({ reason: plainText(1000) }),
  response: load,
});

export const completeness = z.object({
  feed: z.string(),
  title: z.string(),
  completeThrough: day.nullable(),
  declaredBy: z.string().nullable(),
  declaredAt: z.iso.datetime().nullable(),
  /** What was loaded, by what became of it; the four make up the rows that came. */
  outcomes: z.array(
    z.object({
      outcome: z.enum(rowOutcomes),
      rows: z.int(),
      sums: z.array(z.object({ field: z.string(), sum: decimal })),
    }),
  ),
  /** Of the rows taken: how many bear a posting, and which are left out by every clause. */
  credited: z.array(z.object({ agreement: z.string(), clause: z.string(), facts: z.int() })),
  uncredited: z.int(),
  controlRows: z.int().nullable(),
  differs: z.boolean(),
});
export const readCompleteness = endpoint({
  name: 'readCompleteness',
  method: 'GET',
  path: `${workspacePath}/completeness`,
  demand: 'feeds.read',
  summary: 'How far each feed is complete, by count and sum',
  tag: 'Feeds',
  params: inWorkspace,
  response: z.object({ items: z.array(completeness) }),
});
export const declareComplete = endpoint({
  name: 'declareComplete',
  method: 'POST',
  path: `${workspacePath}/feeds/:feed/completeness`,
  demand: 'completeness.declare',
  summary: 'Declare that a feed is complete through a day',
  tag: 'Feeds',
  params: inFeed,
  body: z.object({
    through: day,
    rows: z.int().min(0).optional().describe('Control total: rows sent so far'),
    sums: z.record(identifier, decimal).optional().describe('Control totals: sums by field'),
  }),
  response: z.object({ feed: z.string(), through: day, sequence }),
});
