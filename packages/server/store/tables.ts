// SPDX-License-Identifier: Apache-2.0
// The tables as TypeScript sees them. `date` comes back as Day and goes in as the text of `isoDay`; numeric is bigint;
// bigint is a safe number; `jsonb` comes back as data and goes in as JSON text (`JSON.stringify`).

import type { Day } from '@rapport/core/values/date.ts';
import type { ColumnType, Generated, Selectable } from 'kysely';
import type { AccessTables } from './access-tables.ts';

/** Data of a `jsonb` column. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type DayColumn = ColumnType<Day, string, string>;
type OpenDayColumn = ColumnType<Day | null, string | null | undefined, string | null>;
type Amount = bigint;
/** Set by the database when it is not given. */
export type MomentColumn = ColumnType<Date, Date | undefined, Date>;
type JsonColumn<T = Json> = ColumnType<T, string, string>;
type JsonColumnWithDefault<T = Json> = ColumnType<T, string | undefined, string>;
type NumberedColumn = Generated<number>;

export interface WorkspaceTable {
  workspace: NumberedColumn;
  name: string;
  title: string;
  created_at: MomentColumn;
}
export interface PartitionTable {
  workspace: number;
  epoch: number;
  head: number;
  owner: string | null;
  since: Date | null;
}
export interface LogTable {
  workspace: number;
  sequence: number;
  kind: string;
  name: string;
  subject: string;
  revision: number;
  body: string;
  actor: string;
  source: string;
  load: number | null;
  recorded_at: MomentColumn;
}
export interface AgreementTable {
  workspace: number;
  agreement: string;
  title: string;
  created_at: MomentColumn;
}
export interface AgreementVersionTable {
  workspace: number;
  agreement: string;
  version: number;
  text: string;
  semantics: number;
  hash: string;
  created_at: MomentColumn;
  created_by: string;
}
export interface TransferTable {
  workspace: number;
  sequence: number;
  ordinal: number;
  agreement: string;
  clause: string;
  component: string;
  payee: string;
  /** Label of the period in which it was earned. */
  period: string;
  /** Label of the period in which it is accounted. */
  accounting: string;
  part: 'due' | 'held' | 'own';
  /** False when the amount was below zero and the sides changed places. */
  raises: boolean;
  debit_party: string;
  debit_purpose: string;
  credit_party: string;
  credit_purpose: string;
  asset: string;
  amount: Amount;
}
export interface HoldTable {
  workspace: number;
  agreement: string;
  hold: string;
  party: string;
  asset: string;
  amount: Amount;
  through: OpenDayColumn;
  /** Of points: the lots that it keeps. */
  lots: JsonColumn;
  sequence: number;
}
export interface HoldEndTable {
  workspace: number;
  agreement: string;
  hold: string;
  state: 'posted' | 'voided' | 'timed out';
  sequence: number;
}
export interface CommitmentTable {
  workspace: number;
  agreement: string;
  commitment: string;
  what: string;
  party: string;
  asset: string;
  amount: Amount;
  lots: JsonColumn;
  reference: string;
  sequence: number;
}
export interface StatementTable {
  workspace: number;
  agreement: string;
  payee: string;
  period: string;
  version: number;
  body: string;
  hash: string;
  sequence: number;
  issued_at: MomentColumn;
}
export interface CheckpointTable {
  workspace: number;
  size: number;
  root: Buffer;
  signature: Buffer;
  key_id: string;
  signed_at: MomentColumn;
}
export interface AuditTable {
  workspace: number;
  id: NumberedColumn;
  at: MomentColumn;
  actor: string;
  action: string;
  subject: string;
  details: JsonColumnWithDefault;
}
export interface ErasureTable {
  workspace: number;
  party: string;
  at: MomentColumn;
  actor: string;
  reason: string;
}

export interface PostedTable {
  workspace: number;
  agreement: string;
  clause: string;
  payee: string;
  period: string;
  asset: string;
  component: string;
  due: Amount;
  held: Amount;
  /** Before rounding, as a fraction: `1/3`. */
  exact: string;
  state: 'final' | 'provisional' | 'forecast';
  waiting: JsonColumnWithDefault;
  sequence: number;
}
export interface SettledTable {
  workspace: number;
  agreement: string;
  /** Canonical text of `SettledThrough[]`. */
  body: string;
  sequence: number;
}
export interface DirtyTable {
  workspace: number;
  agreement: string;
  clause: string;
  payee: string;
  period: string;
  asset: string;
  sequence: number;
}
export interface MerkleNodeTable {
  workspace: number;
  level: number;
  position: number;
  hash: Buffer;
}

export interface ErasureRequestTable {
  workspace: number;
  party: string;
  due_on: DayColumn;
  actor: string;
  reason: string;
  requested_at: MomentColumn;
}
export interface PrivateTable {
  workspace: number;
  record: string;
  field: string;
  party: string | null;
  salt: Buffer;
  ciphertext: Buffer;
}
export interface SubjectKeyTable {
  workspace: number;
  party: string;
  wrapped_key: Buffer;
}
export interface NameIndexTable {
  workspace: number;
  sealed_key: Buffer;
  /** Null: every name has its tokens. */
  indexed_through: ColumnType<string | null, string | null | undefined, string | null>;
}
export interface NameTokenTable {
  workspace: number;
  token: number;
  party: string;
}
export interface PartyTable {
  workspace: number;
  party: string;
  kind: string;
  state: 'known' | 'unknown';
  created_at: MomentColumn;
}
export interface PartyReferenceTable {
  workspace: number;
  kind: string;
  system: string;
  reference: string;
  party: string;
}
export interface PersonalFieldTable {
  workspace: number;
  kind: string;
  field: string;
  /** The field of the kind that names the person; the first party when null. */
  subject: ColumnType<string | null, string | null | undefined, string | null>;
}
export interface WaitingFactTable {
  workspace: number;
  kind: string;
  id: string;
  revision: number;
  data: JsonColumn;
  reason: string;
  source: string;
  received_at: MomentColumn;
}
export interface FeedTable {
  workspace: number;
  feed: string;
  title: string;
  mode: 'events' | 'snapshot';
  mapping: JsonColumn;
  change_limit: ColumnType<Json, string | null | undefined, string | null>;
  created_at: MomentColumn;
}
export interface FeedLoadTable {
  workspace: number;
  load: NumberedColumn;
  feed: string;
  file_name: string;
  content_hash: string;
  state: string;
  rows: Generated<number>;
  totals: JsonColumnWithDefault;
  effect: ColumnType<Json, string | null | undefined, string | null>;
  actor: string;
  at: MomentColumn;
  approved_by: string | null;
}
export interface FeedFileTable {
  workspace: number;
  load: number;
  ordinal: number;
  file_name: string;
  content: Buffer;
}
export interface FeedRowTable {
  workspace: number;
  load: number;
  row: number;
  outcome: 'taken' | 'filtered' | 'waiting' | 'rejected';
  code: string | null;
  facts: ColumnType<Json, string | null | undefined, string | null>;
  fact_kind: string | null;
  fact_id: string | null;
}
export interface CompletenessTable {
  workspace: number;
  feed: string;
  through: DayColumn;
  rows: number | null;
  totals: JsonColumnWithDefault;
  sequence: number | null;
  declared_by: string;
  declared_at: MomentColumn;
}
export interface OutboxTable {
  workspace: number;
  id: NumberedColumn;
  sequence: number;
  topic: string;
  body: JsonColumn;
  attempts: Generated<number>;
  next_at: MomentColumn;
  done_at: Date | null;
}
export interface JobTable {
  workspace: number;
  id: NumberedColumn;
  what: string;
  state: string;
  done: Generated<number>;
  total: number | null;
  details: JsonColumnWithDefault;
  at: MomentColumn;
}
export interface IdempotentRequestTable {
  workspace: number;
  key: string;
  digest: string;
  status: number;
  body: string;
  at: MomentColumn;
}
export interface InboundMessageTable {
  workspace: number;
  source: string;
  message: string;
  at: MomentColumn;
}
export interface WebhookTable {
  workspace: number;
  webhook: string;
  direction: 'in' | 'out';
  address: string | null;
  sealed_secret: Buffer;
  feed: string | null;
  topics: Generated<string[]>;
  state: Generated<string>;
  title: Generated<string>;
  created_at: MomentColumn;
}
export interface WebhookDeliveryTable {
  workspace: number;
  webhook: string;
  /** Number in the outbox. */
  message: number;
  attempts: Generated<number>;
  next_at: MomentColumn;
  done_at: Date | null;
  last_answer: string | null;
}
export interface SigningKeyTable {
  workspace: number;
  key_id: string;
  public_key: Buffer;
  sealed_private_key: Buffer;
  created_at: MomentColumn;
}
export interface SettingTable {
  workspace: number;
  name: string;
  value: JsonColumn;
}

export interface Tables {
  workspace: WorkspaceTable;
  partition: PartitionTable;
  log: LogTable;
  agreement: AgreementTable;
  agreement_version: AgreementVersionTable;
  transfer: TransferTable;
  hold: HoldTable;
  hold_end: HoldEndTable;
  commitment: CommitmentTable;
  statement: StatementTable;
  checkpoint: CheckpointTable;
  audit: AuditTable;
  erasure: ErasureTable;
  posted: PostedTable;
  settled: SettledTable;
  dirty: DirtyTable;
  merkle_node: MerkleNodeTable;
  erasure_request: ErasureRequestTable;
  private: PrivateTable;
  subject_key: SubjectKeyTable;
  name_index: NameIndexTable;
  name_token: NameTokenTable;
  party: PartyTable;
  party_reference: PartyReferenceTable;
  personal_field: PersonalFieldTable;
  waiting_fact: WaitingFactTable;
  feed: FeedTable;
  feed_load: FeedLoadTable;
  feed_file: FeedFileTable;
  feed_row: FeedRowTable;
  completeness: CompletenessTable;
  outbox: OutboxTable;
  job: JobTable;
  idempotent_request: IdempotentRequestTable;
  inbound_message: InboundMessageTable;
  webhook: WebhookTable;
  webhook_delivery: WebhookDeliveryTable;
  signing_key: SigningKeyTable;
  setting: SettingTable;
}

/** What the role rapport_access sees: the schema `access`, and the names of workspaces. */
export interface AllAccessTables extends AccessTables {
  workspace: WorkspaceTable;
}

/** A row as it is read; the workspace is the caller's own. */
export type Row<T extends keyof Tables> = Readonly<Omit<Selectable<Tables[T]>, 'workspace'>>;
export type LogRow = Row<'log'>;
export type TransferRow = Row<'transfer'>;
export type PostedRow = Row<'posted'>;
