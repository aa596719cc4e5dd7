// SPDX-License-Identifier: Apache-2.0
// Personal fields in files: sealed in the log as in any other way in, known again when the file comes again, and
// gone on with when a recording was cut off.
import { expect, test } from 'vitest';
import { activate, day, salesAgreement } from '../testing/sales-agreement.ts';
import { testService } from '../testing/test-service.ts';

const service = await testService();
const text = salesAgreement.replace(
  'each Deal has Representative,',
  'each Deal has Representative, Contact (text),',
);
const mapping = {
  sources: [
    {
      file: 'deals.csv',
      fact: 'Deal',
      id: 'id',
      fields: { Representative: 'who', Contact: 'contact', Amount: 'amount', Closed: 'closed' },
    },
  ],
};

async function withFeed() {
  const at = await service.newWorkspace();
  const writer = await service.context.writers.of(at.workspace);
  await activate(service.context.store, writer, { text });
  await writer.submit([day('2026-03-31')], { together: true });
  await at.send('POST', '/personal-fields', {
    body: { kind: 'Deal', field: 'Contact', subject: 'Representative' },
  });
  await at.send('PUT', '/feeds/crm', { body: { title: 'CRM', mode: 'snapshot', mapping } });
  const upload = (rows: string, preview = false) =>
    at.send('POST', `/feeds/crm/loads?file=deals.csv&preview=${preview}`, {
      headers: { 'content-type': 'text/csv' },
      body: Buffer.from(`id,who,contact,amount,closed\n${rows}\n`),
    });
  return { at, upload };
}

test('a personal field of a file stands in the log as its seal, and a repeat of the row as a repeat', async () => {
  const { at, upload } = await withFeed();
  const first = await upload('D-1,ann,Carla Contact,1000,2026-02-01');
  expect(first.body, first.text).toMatchObject({ state: 'recorded', changes: { added: 1 } });
  const rows = await service.database.asOwner<{ body: string }>(
    `select body from rapport.log where workspace = $1 and kind = 'fact'`,
    [at.workspace],
  );
  expect(rows.length).toBe(1);
  expect(rows[0]!.body).not.toContain('Carla');
  expect((await at.send('GET', '/facts/Deal/D-1')).body.revisions[0].fields.Contact).toBe('Carla Contact');
  const again = await upload('D-1,ann,Carla Contact,1000,2026-02-01\nD-2,ann,Dora Contact,500,2026-02-02');
  expect(again.body.changes).toMatchObject({ added: 1, revised: 0, repeated: 1 });
});

test('a recording that was cut off is approved again and goes on', async () => {
  const { at, upload } = await withFeed();
  const { body } = await upload('D-1,ann,Carla Contact,1000,2026-02-01', true);
  await service.database.asOwner(
    `update rapport.feed_load set state = 'recording' where workspace = $1 and load = $2`,
    [at.workspace, body.load],
  );
  const refused = await at.send('POST', `/loads/${body.load}/rejection`, { body: { reason: 'no' } });
  expect(refused.body.code).toBe('load_not_waiting');
  const answer = await at.send('POST', `/loads/${body.load}/approval`, { body: {} });
  expect(answer.body, answer.text).toMatchObject({ state: 'recorded' });
  expect((await at.send('GET', '/facts')).body.items).toMatchObject([{ id: 'D-1' }]);
});

test('nothing failed on our side', () => {
  expect(service.failures).toEqual([]);
});
