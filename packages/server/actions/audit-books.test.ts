// SPDX-License-Identifier: Apache-2.0
// The auditor finds nothing in sound books, and a payee whose posted total somebody changed.
import { expect, test } from 'vitest';
import { activate, day, deal } from '../testing/sales-agreement.ts';
import { testService } from '../testing/test-service.ts';
import { auditBooks } from './audit-books.ts';

const service = await testService();

test('sound books pass, and a posted total that was changed is found', async () => {
  const { context, database } = service;
  const { workspace } = await service.newWorkspace();
  const writer = await context.writers.of(workspace);
  await activate(context.store, writer);
  await writer.submit([day('2026-04-01'), deal('D-1'), deal('D-2', { of: 'bob' })], { together: true });
  expect(await auditBooks(context, workspace)).toEqual({ payees: 2, differing: 0 });

  await database.asOwner(`update rapport.posted set due = due + 1 where workspace = $1 and payee = 'bob'`, [
    workspace,
  ]);
  await database.terminateWriter(workspace);
  await writer.ended;
  expect(await auditBooks(context, workspace)).toEqual({ payees: 2, differing: 1 });
});
