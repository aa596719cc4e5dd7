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
export const erasePerson = endpoint({
  name: 'erasePerson',
  method: 'POST',
  path: `${workspacePath}/parties/:party/erasure`,
  demand: 'persons.erase',
  summary: 'Erase the personal data of a person; sums and proofs stay valid',
  tag: 'Oversight',
  params: inParty,
  body: z.object({ reason: plainText(1000), confirm: identifier.describe('The party again') }),
  response: z.object({
    party: z.string(),
    erasedAt: z.iso.datetime(),
    kept: z.array(z.object({ what: z.string(), until: day, why: z.string() })),
  }),
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
  body: z.object({
    semantics: z.int().min(1).optional().describe('Shadow replay under another version of the semantics'),
  }),
  response: job,
  status: 202,
});
