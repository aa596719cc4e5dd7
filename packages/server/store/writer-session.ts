// SPDX-License-Identifier: Apache-2.0
// All that a writer does to the database, over one direct connection. It owns its partition by a lock of the session and
// by an epoch: each commit moves the head only if epoch and head are what this session knows. Whatever goes wrong, even
// an answer that did not come, ends the session for good: its owner discards what it holds in memory and loads again.

import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { arrayText } from './array-text.ts';
import { type Batch, type Statement, statementsOf } from './batch.ts';
import { columnTypes } from './column-types.ts';
import type { LogRow, PostedRow, Row, Tables } from './tables.ts';

export interface OwnedByAnother {
  readonly kind: 'owned by another';
  /** What the other called itself. */
  readonly owner: string;
}

/** What names an entry of the log. */
export type Identity = Pick<LogRow, 'kind' | 'name' | 'subject' | 'revision'>;

/** An identity as the key of a map. */
export function identityText({ kind, name, subject, revision }: Identity): string {
  return JSON.stringify([kind, name, subject, revision]);
}

export interface WriterSession {
  readonly kind: 'owner';
  readonly workspace: number;
  readonly epoch: number;
  /** The sequence of the last entry that is committed. */
  readonly head: number;
  /** Resolves with the reason when the connection or the ownership is gone; not by `close`. */
  readonly lost: Promise<string>;
  /**
   * One transaction: moves the head to `batch.head`, if the partition is still ours, and writes the batch. A commit may be
   * sent while another is under way: it follows it, and is lost with it.
   */
  commit(batch: Batch): Promise<'committed' | 'lost'>;
  /** Whether it was lost because the disk of the database is full. */
  isDiskFull(): boolean;
  /** The log after a sequence, oldest first, in pages. */
  readLog(after: number): AsyncIterable<readonly LogRow[]>;
  /** Entries that are there under the same identity, by `identityText`. */
  findSame(identities: readonly Identity[]): Promise<ReadonlyMap<string, LogRow>>;
  readPosted(): AsyncIterable<readonly PostedRow[]>;
  /** Every row of another table that a writer loads, in the order of its key. */
  readAll<T extends LoadedTable>(table: T): AsyncIterable<readonly Row<T>[]>;
  close(): Promise<void>;
}

/** Tables that a writer reads as a whole, and the keys by which they are paged. */
const loadedTables = {
  agreement_version: ['agreement', 'version'],
  hold: ['agreement', 'hold'],
  hold_end: ['agreement', 'hold'],
  commitment: ['agreement', 'commitment'],
  statement: ['agreement', 'payee', 'period', 'version'],
  dirty: ['agreement', 'clause', 'payee', 'period', 'asset', 'sequence'],
  waiting_fact: ['kind', 'id', 'revision'],
  posted: ['agreement', 'payee', 'period', 'clause', 'asset'],
  settled: ['agreement'],
  transfer: ['sequence', 'ordinal'],
  log: ['sequence'],
} as const satisfies Partial<Record<keyof Tables, readonly string[]>>;
export type LoadedTable = keyof typeof loadedTables;

/** First number of the lock that the owner of a workspace holds; the second is the workspace. */
const ownershipLock = 7270002;
/** Rows of one page. */
const pageRows = 5_000;
/** Milliseconds. A commit that hangs this long, or a silent process, has lost its partition. */
const statementLimit = 60_000;
const lockLimit = 10_000;
const silenceLimit = 60_000;
const heartbeat = 10_000;
/** A connection that does not end in so many milliseconds is not waited for. */
const farewellLimit = 1_000;
/** What PostgreSQL calls it. */
const diskFull = '53100';
/** A little above the limit of the database, whose own message is the better one. */
const answerLimit = statementLimit + 5_000;

/** Takes the partition of a workspace, or says who has it. `owner` names this process for the people who look. */
export async function openWriterSession(
  url: string,
  workspace: number,
  owner: string,
): Promise<WriterSession | OwnedByAnother> {
  const client = new pg.Client({
    connectionString: url,
    types: columnTypes,
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: lockLimit,
    statement_timeout: statementLimit,
    query_timeout: answerLimit,
    lock_timeout: lockLimit,
    idle_in_transaction_session_timeout: lockLimit,
    application_name: `rapport writer ${workspace}`,
  });
  const loss = lossOf(client);
  await client.connect();
  try {
    const taken = await take(client, workspace, owner);
    if (taken !== null) return openSession(client, workspace, taken, loss);
    const other = await ownerOf(client, workspace);
    await loss.end();
    return { kind: 'owned by another', owner: other };
  } catch (error) {
    await loss.end();
    throw error;
  }
}

interface Taken {
  readonly epoch: number;
  readonly head: number;
}

/** Null when another session has the lock. The epoch goes up, so that an owner before us cannot write any more. */
async function take(client: pg.Client, workspace: number, owner: string): Promise<Taken | null> {
  await client.query(
    `select set_config('rapport.workspace', $1, false), set_config('role', 'rapport_writer', false),
    set_config('search_path', 'rapport', false), set_config('idle_session_timeout', $2, false)`,
    [`${workspace}`, `${silenceLimit}`],
  );
  const lock = await client.query('select pg_try_advisory_lock($1, $2) as is_ours', [
    ownershipLock,
    workspace,
  ]);
  if (lock.rows[0]?.is_ours !== true) return null;
  const { rows } = await client.query<Taken>(
    `update partition set epoch = epoch + 1, owner = $2, since = now() where workspace = $1 returning epoch, head`,
    [workspace, owner],
  );
  if (rows[0] === undefined) throw new RangeError(`there is no workspace ${workspace}`);
  return rows[0];
}

async function ownerOf(client: pg.Client, workspace: number): Promise<string> {
  const { rows } = await client.query('select owner from partition where workspace = $1', [workspace]);
  return rows[0]?.owner ?? '';
}

interface Loss {
  readonly lost: Promise<string>;
  isLost(): boolean;
  /** Says why, once, and drops the connection. */
  lose(reason: string): void;
  /** Ends the connection without a loss. */
  end(): Promise<void>;
}

function lossOf(client: pg.Client): Loss {
  let state: 'open' | 'lost' | 'closed' = 'open';
  let tell: (reason: string) => void;
  const lost = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const lose = (reason: string): void => {
    if (state !== 'open') return;
    state = 'lost';
    // Once the connection has ended, the database has let the partition go, and the next owner finds it free.
    const ended = client.end().catch(() => undefined);
    void Promise.race([ended, pause(farewellLimit, null, { ref: false })]).then(() => tell(reason));
  };
  client.on('error', (error) => lose(error.message));
  client.once('end', () => lose('the connection ended'));
  const end = async (): Promise<void> => {
    if (state !== 'open') return;
    state = 'closed';
    await client.end();
  };
  return { lost, isLost: () => state !== 'open', lose, end };
}

function openSession(client: pg.Client, workspace: number, taken: Taken, loss: Loss): WriterSession {
  let head = taken.head;
  /** The head after all that was sent. */
  let sent = taken.head;
  let isDiskFull = false;
  // A process that is paused says nothing, and the database gives its partition free.
  const beat = setInterval(() => {
    client.query('select 1').catch((error: Error) => loss.lose(error.message));
  }, heartbeat);
  beat.unref();
  void loss.lost.then(() => clearInterval(beat));

  async function commit(batch: Batch): Promise<'committed' | 'lost'> {
    if (loss.isLost()) return 'lost';
    const statements = [
      advance(workspace, taken.epoch, sent, batch.head),
      ...statementsOf(workspace, batch),
      announcement(workspace, batch),
    ];
    sent = batch.head;
    const outcome = await runTogether(client, statements);
    if (outcome !== null) {
      // Those that were sent after it fail because it did.
      if (!loss.isLost()) isDiskFull = outcome.code === diskFull;
      loss.lose(outcome.message);
      // Whoever asks for the partition next finds it free.
      await loss.lost;
      return 'lost';
    }
    head = batch.head;
    return 'committed';
  }

  async function* readAll<T extends LoadedTable>(table: T, after?: number): AsyncIterable<readonly Row<T>[]> {
    const key: readonly string[] = loadedTables[table];
    let last: readonly unknown[] | null = after === undefined ? null : [after];
    for (;;) {
      const rows: readonly Row<T>[] = await readPage<Row<T>>(client, workspace, table, key, last);
      if (rows.length > 0) yield rows;
      if (rows.length < pageRows) return;
      const end = rows.at(-1) as Readonly<Record<string, unknown>>;
      last = key.map((column) => end[column]);
    }
  }

  return {
    kind: 'owner',
    workspace,
    epoch: taken.epoch,
    get head() {
      return head;
    },
    lost: loss.lost,
    commit,
    isDiskFull: () => isDiskFull,
    readLog: (after) => readAll('log', after),
    findSame: (identities) => findSame(client, workspace, identities),
    readPosted: () => readAll('posted'),
    readAll: (table) => readAll(table),
    close: async () => {
      clearInterval(beat);
      await loss.end();
    },
  };
}

/** Fails, and with it the transaction, when the partition is not ours any more or the head is not where we left it. */
function advance(workspace: number, epoch: number, head: number, next: number): Statement {
  return {
    name: 'batch head',
    text: 'select rapport.advance_partition($1, $2, $3, $4)',
    values: [workspace, epoch, head, next],
  };
}

/** Tells listeners once the transaction is committed. */
function announcement(workspace: number, { head, outbox }: Batch): Statement {
  return {
    name: outbox.length > 0 ? 'batch told with outbox' : 'batch told',
    text: `select pg_notify('posted', $1)${outbox.length > 0 ? `, pg_notify('outbox', $1)` : ''}`,
    values: [JSON.stringify({ workspace, head })],
  };
}

/**
 * One transaction in one round trip: everything is sent at once, and after a failure the database refuses the rest.
 * Null when it is certain that all was committed, else what is known of why not.
 */
async function runTogether(
  client: pg.Client,
  statements: readonly Statement[],
): Promise<{ readonly message: string; readonly code?: string } | null> {
  const answers = await Promise.allSettled([
    client.query('begin'),
    ...statements.map(({ name, text, values }) => client.query({ name, text, values: [...values] })),
    client.query('commit'),
  ]);
  const failure = answers.find((answer) => answer.status === 'rejected');
  if (failure !== undefined) return failure.reason as Error & { readonly code?: string };
  const commit = answers.at(-1);
  const isCommitted = commit?.status === 'fulfilled' && commit.value.command === 'COMMIT';
  return isCommitted ? null : { message: 'the transaction was rolled back' };
}

async function readPage<R>(
  client: pg.Client,
  workspace: number,
  table: LoadedTable,
  key: readonly string[],
  after: readonly unknown[] | null,
): Promise<readonly R[]> {
  const columns = key.join(', ');
  const places = key.map((_, index) => `$${index + 2}`).join(', ');
  const { rows } = await client.query<R & pg.QueryResultRow>({
    name: `page of ${table}${after === null ? '' : ' after'}`,
    text: `select * from ${table} where workspace = $1 ${after === null ? '' : `and (${columns}) > (${places})`}
      order by ${columns} limit ${pageRows}`,
    values: [workspace, ...(after ?? [])],
  });
  return rows;
}

async function findSame(
  client: pg.Client,
  workspace: number,
  identities: readonly Identity[],
): Promise<ReadonlyMap<string, LogRow>> {
  const pages = await Promise.all([
    findIdentities(client, workspace, factsByIdentity, identities.filter(isFact)),
    findIdentities(
      client,
      workspace,
      othersByIdentity,
      identities.filter((identity) => !isFact(identity)),
    ),
  ]);
  return new Map(pages.flat().map((row) => [identityText(row), row]));
}

const isFact = ({ kind }: Identity): boolean => kind === 'fact';

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Side by side, so that each is found by an index however long the log is. `kind` is given, so that indexes fit. */
function byIdentity(name: string, condition: string, order = ''): NamedText {
  const text = `select found.* from unnest($2::text[], $3::text[], $4::text[], $5::integer[])
      as wanted (kind, name, subject, revision)
    cross join lateral (select * from log where workspace = $1 and ${condition} and name = wanted.name
      and subject = wanted.subject and revision = wanted.revision ${order} limit 1) found`;
  return { name, text };
}
const factsByIdentity = byIdentity('same facts', `kind = 'fact'`);
const othersByIdentity = byIdentity(
  'same others',
  `kind <> 'fact' and kind = wanted.kind`,
  'order by sequence desc',
);

async function findIdentities(
  client: pg.Client,
  workspace: number,
  query: NamedText,
  identities: readonly Identity[],
): Promise<readonly LogRow[]> {
  if (identities.length === 0) return [];
  const column = (of: (identity: Identity) => string) => arrayText('text', identities.map(of));
  const { rows } = await client.query<LogRow & pg.QueryResultRow>({
    ...query,
    values: [
      workspace,
      column(({ kind }) => kind),
      column(({ name }) => name),
      column(({ subject }) => subject),
      arrayText(
        'integer',
        identities.map(({ revision }) => revision),
      ),
    ],
  });
  return rows;
}
