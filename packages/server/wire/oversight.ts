// SPDX-License-Identifier: Apache-2.0
// Looking after a workspace: the audit trail, what is held about a person, long-running work.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { day, identifier, pageOf, pageQuery, plainText } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

export const auditRow = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  /** Where the subject is a party: its name, for who sees names. */
  subjectName: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export const auditPage = pageOf(auditRow);
export type AuditPage = z.infer<typeof auditPage>;
export const listAudit = endpoint({
  name: 'listAudit',
  method: 'GET',
  path: `${workspacePath}/audit`,
  demand: 'audit.read',
  summary: 'Administrative acts, the newest first',
  tag: 'Oversight',
  params: inWorkspace,
  query: pageQuery.extend({ actor: identifier.optional(), action: identifier.optional() }),
  response: auditPage,
});

const inParty = inWorkspace.extend({ party: identifier });
export const exportPerson = endpoint({
  name: 'exportPerson',
  method: 'GET',
  path: `${workspacePath}/parties/:party/export`,
  demand: 'persons.export',
  summary: 'Everything that is held about a person',
  tag: 'Oversight',
  params: inParty,
  response: null,
  produces: ['application/json'],
});
const kept = z.object({ what: z.string(), until: day, why: z.string() });
export const erased = z.object({
  party: z.string(),
  erasedAt: z.iso
    .datetime()
    .nullable()
    .describe('null: it happens by itself when nothing is to be kept any more'),
  kept: z.array(kept),
});
export type Erased = z.infer<typeof erased>;
export const erasePerson = endpoint({
  name: 'erasePerson',
  method: 'POST',
  path: `${workspacePath}/parties/:party/erasure`,
  demand: 'persons.erase',
  summary: 'Erase the personal data of a person; sums and proofs stay valid',
  tag: 'Oversight',
  params: inParty,
  body: z.object({ reason: plainText(1000), confirm: identifier.describe('The party again') }),
  response: erased,
});

export const erasure = z.object({
  erasedAt: z.iso.datetime().nullable(),
  dueOn: day.nullable().describe('An erasure was asked for and happens by itself on this day'),
  kept: z.array(kept).describe('What the law or the workspace wants kept by today, and until when'),
  accounts: z.int().describe('Accounts of the person, which an erasure closes'),
});
export type Erasure = z.infer<typeof erasure>;
export const readErasure = endpoint({
  name: 'readErasure',
  method: 'GET',
  path: `${workspacePath}/parties/:party/erasure`,
  demand: 'persons.erase',
  summary: 'Whether a person was erased, and what an erasure would have to wait for',
  tag: 'Oversight',
  params: inParty,
  response: erasure,
});
export const withdrawErasure = endpoint({
  name: 'withdrawErasure',
  method: 'DELETE',
  path: `${workspacePath}/parties/:party/erasure`,
  demand: 'persons.erase',
  summary: 'Take back an erasure that waits for its day; what has happened cannot be taken back',
  tag: 'Oversight',
  params: inParty,
  response: erasure,
});

export const retention = z.object({
  /** Those that concern the workspace; null: all that are known. */
  jurisdictions: z.array(z.string()).nullable(),
  /** What the workspace itself wants above the floors. */
  years: z.int(),
  floors: z.array(
    z.object({
      id: z.string(),
      jurisdiction: z.string(),
      years: z.int(),
      what: z.string(),
      source: z.string(),
      isOfficialText: z.boolean(),
      applies: z.boolean(),
    }),
  ),
});
export type Retention = z.infer<typeof retention>;
export const readRetention = endpoint({
  name: 'readRetention',
  method: 'GET',
  path: `${workspacePath}/retention`,
  demand: 'retention.read',
  summary:
    'How long names are kept beside records: the floors of the law with their sources, and our own setting',
  tag: 'Oversight',
  params: inWorkspace,
  response: retention,
});
export const changeRetention = endpoint({
  name: 'changeRetention',
  method: 'PUT',
  path: `${workspacePath}/retention`,
  demand: 'retention.change',
  summary: 'Say which jurisdictions concern the workspace, and how long it keeps above their floors',
  tag: 'Oversight',
  params: inWorkspace,
  body: z.object({
    jurisdictions: z.array(plainText(20)).max(100).nullable(),
    years: z.int().min(0).max(100),
  }),
  response: retention,
});

export const personalFields = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      field: z.string(),
      /** The field that names the person; null: the first party of the fact. */
      subject: z.string().nullable(),
    }),
  ),
});
export type PersonalFields = z.infer<typeof personalFields>;
export const readPersonalFields = endpoint({
  name: 'readPersonalFields',
  method: 'GET',
  path: `${workspacePath}/personal-fields`,
  demand: 'retention.read',
  summary: 'Which fields of facts are personal, and whose',
  tag: 'Oversight',
  params: inWorkspace,
  response: personalFields,
});
export const declarePersonalField = endpoint({
  name: 'declarePersonalField',
  method: 'POST',
  path: `${workspacePath}/personal-fields`,
  demand: 'retention.change',
  summary: 'From now on the values of this field stand in the log as seals and can be erased',
  tag: 'Oversight',
  params: inWorkspace,
  body: z.object({ kind: identifier, field: identifier, subject: identifier.nullable().default(null) }),
  response: personalFields,
});

export const job = z.object({
  job: z.int(),
  what: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.int(),
  total: z.int().nullable(),
  details: z.record(z.string(), z.unknown()),
  at: z.iso.datetime(),
});
export type Job = z.infer<typeof job>;
export const listJobs = endpoint({
  name: 'listJobs',
  method: 'GET',
  path: `${workspacePath}/jobs`,
  demand: 'jobs.read',
  summary: 'Long-running work, the newest first',
  tag: 'Oversight',
  params: inWorkspace,
  query: pageQuery,
  response: pageOf(job),
});
export const readJob = endpoint({
  name: 'readJob',
  method: 'GET',
  path: `${workspacePath}/jobs/:job`,
  demand: 'jobs.read',
  summary: 'Progress of one job',
  tag: 'Oversight',
  params: inWorkspace.extend({ job: z.coerce.number().int().min(1) }),
  response: job,
});
export const startReplay = endpoint({
  name: 'startReplay',
  method: 'POST',
  path: `${workspacePath}/replays`,
  demand: 'books.check',
  summary: 'Replay the whole log into an empty ledger and compare it byte for byte',
  tag: 'Oversight',
  params: inWorkspace,
  body: z.object({}),
  response: job,
  status: 202,
});

const inAgreement = inWorkspace.extend({ agreement: identifier });
export const startRecomputation = endpoint({
  name: 'startRecomputation',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/recomputations`,
  demand: 'books.recompute',
  summary:
    'Compute everybody anew from the facts; where the books differ, make them anew and post the difference',
  tag: 'Oversight',
  params: inAgreement,
  body: z.object({ reason: plainText(1000) }),
  response: job,
  status: 202,
  isIdempotentByKey: true,
});
export const startShadowReplay = endpoint({
  name: 'startShadowReplay',
  method: 'POST',
  path: `${workspacePath}/agreements/:agreement/shadow-replays`,
  demand: 'books.check',
  summary:
    'Compute everybody under a version beside the one in force, and report what differs; nothing is posted',
  tag: 'Oversight',
  params: inAgreement,
  body: z.object({
    version: z.int().min(1).describe('A stored version: the one in force is computed as if it were this'),
  }),
  response: job,
  status: 202,
});
