// SPDX-License-Identifier: Apache-2.0
// Changing the key that seals secrets, against the real database.

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { namesOf, putName } from '../actions/personal-names.ts';
import { listAudit } from '../store/audit-rows.ts';
import { sealedPurposes } from '../store/sealed-rows.ts';
import { testDatabase } from '../testing/test-database.ts';
import { resealAll } from './reseal.ts';
import { secretsWith } from './secrets.ts';

const database = await testDatabase();
const store = await database.store();
const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

test('after a rotation everything opens with the new key alone, and it is in the audit trail', async () => {
  const workspace = await database.newWorkspace();
  const old = secretsWith([oldKey]);
  await store.within(workspace, async (scope) => {
    await putName({ secrets: old, random: randomBytes }, scope, { party: 'p-1', name: 'Ada' });
    await scope.query
      .insertInto('webhook')
      .values({
        ...{ workspace, webhook: 'crm', direction: 'in', topics: [], address: null, feed: null },
        sealed_secret: Buffer.from(
          old.seal(Buffer.from('whsec_1'), sealedPurposes.webhook(workspace, 'crm')),
        ),
      })
      .execute();
    await scope.query
      .insertInto('signing_key')
      .values({
        ...{ workspace, key_id: 'k1', public_key: Buffer.from('p') },
        sealed_private_key: Buffer.from(
          old.seal(Buffer.from('s'), sealedPurposes.signingKey(workspace, 'k1')),
        ),
      })
      .execute();
  });
  const both = secretsWith([newKey, oldKey]);
  expect(await resealAll(store, both, 'job:operator')).toBe(4);
  expect(await resealAll(store, both, 'job:operator')).toBe(0);
  const alone = secretsWith([newKey]);
  await store.within(workspace, async (scope) => {
    expect((await namesOf({ secrets: alone }, scope, ['p-1'])).get('p-1')).toBe('Ada');
    const hook = await scope.query.selectFrom('webhook').select('sealed_secret').executeTakeFirstOrThrow();
    const purpose = sealedPurposes.webhook(workspace, 'crm');
    expect(alone.open(hook.sealed_secret.toString(), purpose).toString()).toBe('whsec_1');
    expect(await listAudit(scope, { limit: 1 })).toMatchObject([
      { action: 'secrets.rotate', details: { sealed: 4, key: alone.keyId } },
    ]);
  });
});
