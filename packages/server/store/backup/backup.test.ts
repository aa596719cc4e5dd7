// SPDX-License-Identifier: Apache-2.0
// What is backed up comes back to the last byte, on a database of its own; a damaged file brings nothing back; who was
// erased stays erased.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../testing/test-database.ts';
import { createAgreement } from '../agreement-rows.ts';
import { recordAudit } from '../audit-rows.ts';
import { emptyBatch } from '../batch.ts';
import { addSubjectKeys, putPrivate } from '../private-rows.ts';
import { openWriterSession } from '../writer-session.ts';
import { writeBackup } from './backup.ts';
import { appendErasure, readErasures } from './erasure-journal.ts';
import { restoreBackup } from './restore.ts';

const original = await testDatabase();
const workspace = await original.newWorkspace();
const store = await original.store();
const session = await openWriterSession(original.url, workspace, 'test');
if (session.kind !== 'owner') throw new Error('owned');
const body = '{"text":"tab\\t, \\\\ and \\"quotes\\", ü"}';
const entry = {
  kind: 'fact',
  name: 'Deal',
  subject: 'D\t1\\',
  revision: 1,
  body,
  actor: 'a',
  source: 's',
  load: null,
};
const log = Array.from({ length: 3_000 }, (_, index) => ({
  ...entry,
  sequence: index + 1,
  subject: `D${index}\t\\`,
}));
await session.commit({ ...emptyBatch(log.length), log });
await session.close();
await store.within(workspace, async (scope) => {
  await createAgreement(scope, { agreement: 'plan', title: 'Plan' });
  await recordAudit(scope, { actor: 'ann', action: 'did', subject: 'x', details: {} });
  for (const party of ['p1', 'p2']) {
    await putPrivate(scope, {
      ...{ record: `party/${party}`, field: 'Name', party, salt: Buffer.from([0, 10, 92]) },
      ciphertext: Buffer.from([9, 92, 46, 10]),
    });
    await addSubjectKeys(scope, [{ party, wrappedKey: Buffer.from('k') }]);
  }
});
const file = await backUp(original);

async function backUp({ url }: TestDatabase): Promise<Buffer> {
  const target = new PassThrough();
  const [report, bytes] = await Promise.all([writeBackup(url, target), buffer(target)]);
  expect(report).toMatchObject({ kind: 'backed up' });
  return bytes;
}

/** Every row of every table as text, to compare databases. */
async function contentOf({ asOwner }: TestDatabase): Promise<unknown> {
  const tables = await asOwner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('rapport', 'access') and tablename <> 'migration' order by 1`,
  );
  const contents = [];
  for (const { name } of tables) {
    contents.push([name, await asOwner(`select t::text from ${name} t order by 1`)]);
  }
  return contents;
}

describe('a restore', () => {
  test('into a new database brings back everything, and both go on alike', async () => {
    const copy = await testDatabase({ empty: true });
    expect(await restoreBackup(copy.url, Readable.from([file]), [])).toMatchObject({
      kind: 'restored',
      erased: 0,
    });
    expect(await contentOf(copy)).toEqual(await contentOf(original));
    const again = await openWriterSession(copy.url, workspace, 'test');
    expect(again).toMatchObject({ kind: 'owner', head: 3_000 });
    if (again.kind === 'owner') await again.close();
    expect(await copy.newWorkspace()).toBe(workspace + 1);
  });

  test('takes whom nobody may see any more out of the backup', async () => {
    const copy = await testDatabase();
    const erasure = { workspace, party: 'p1', at: '2026-05-01T00:00:00.000Z', actor: 'ann', reason: 'asked' };
    expect(await restoreBackup(copy.url, Readable.from([file]), [erasure])).toMatchObject({ erased: 1 });
    expect(await copy.asOwner('select party from rapport.private')).toEqual([{ party: 'p2' }]);
    expect(await copy.asOwner('select party from rapport.subject_key')).toEqual([{ party: 'p2' }]);
    expect(await copy.asOwner('select party, reason from rapport.erasure')).toEqual([
      { party: 'p1', reason: 'asked' },
    ]);
  });

  test('into a database with rows is refused, and the rows stay', async () => {
    expect(await restoreBackup(original.url, Readable.from([file]), [])).toEqual({
      kind: 'refused',
      code: 'database_not_empty',
      facts: { table: 'rapport.agreement' },
    });
  });

  const plain = () => Buffer.from(gunzipSync(file));
  const changed = (at: (bytes: Buffer) => number) => {
    const bytes = plain();
    const place = at(bytes);
    bytes[place] = bytes[place]! ^ 1;
    return gzipSync(bytes);
  };
  test.each([
    ['cut off', () => file.subarray(0, file.length - 100)],
    ['cut off between two tables', () => gzipSync(plain().subarray(0, plain().lastIndexOf('E\0\0')))],
    ['changed in one byte of a row', () => changed((bytes) => bytes.indexOf('quotes'))],
    ['something else', () => gzipSync('hello, world')],
    ['not even packed', () => Buffer.from('hello, world')],
    ['nothing', () => gzipSync('')],
  ])('of a file that is %s is refused and leaves no row', async (_, damaged) => {
    const copy = await testDatabase({ empty: true });
    const outcome = await restoreBackup(copy.url, Readable.from([damaged()]), []);
    expect(outcome).toMatchObject({ kind: 'refused', code: 'backup_unreadable' });
    const { length } = await copy.asOwner(
      `select 1 from pg_tables where schemaname = 'rapport' and tablename = 'log'`,
    );
    if (length > 0) expect(await copy.asOwner('select 1 from rapport.log')).toEqual([]);
  });

  test('of a newer Rapport is refused by the name of its form', async () => {
    const text = gunzipSync(file);
    const header = JSON.parse(text.subarray(5, 5 + text.readUInt32BE(1)).toString());
    const newer = Buffer.from(
      JSON.stringify({ ...header, migrations: [...header.migrations, '0999-of-tomorrow'] }),
    );
    const head = Buffer.from('H....');
    head.writeUInt32BE(newer.length, 1);
    const copy = await testDatabase({ empty: true });
    expect(
      await restoreBackup(copy.url, Readable.from([gzipSync(Buffer.concat([head, newer]))]), []),
    ).toMatchObject({
      code: 'backup_of_other_version',
      facts: { found: '0999-of-tomorrow' },
    });
  });
});

test('the journal of erasures is read as it was written, without a line that was cut off', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-journal-'));
  const journal = join(folder, 'erasures.jsonl');
  expect(readErasures(journal)).toEqual([]);
  const erasure = {
    workspace: 1,
    party: 'p1',
    at: '2026-05-01T00:00:00.000Z',
    actor: 'ann',
    reason: 'asked\nfor',
  };
  appendErasure(journal, erasure);
  appendErasure(journal, { ...erasure, party: 'p2' });
  expect(readErasures(journal).map(({ party }) => party)).toEqual(['p1', 'p2']);
  expect(readErasures(journal)[0]).toEqual(erasure);
  rmSync(folder, { recursive: true });
});
