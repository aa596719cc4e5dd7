// SPDX-License-Identifier: Apache-2.0
// What an audit of the packages is taken to mean: only a vulnerability with a fix fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const script = join(import.meta.dirname, '../scripts/audit.js');
const answer = (vulnerabilities: object) => JSON.stringify({ auditReportVersion: 2, vulnerabilities });
const found = (name: string, fixAvailable: unknown) => ({ [name]: { name, severity: 'high', fixAvailable } });

test.each([
  ['nothing is known', answer({}), 0, 'No known vulnerabilities.'],
  ['one has a fix', answer(found('left', true)), 1, 'left: high, FIX IT: npm audit fix'],
  ['one is fixed in another version', answer(found('left', { version: '2.0.0' })), 1, 'FIX IT'],
  ['one has no fix', answer(found('right', false)), 0, 'right: high, no fix yet'],
  ['the registry takes no audit', '{"message":"405 Method Not Allowed"}', 0, 'nothing is known: 405'],
  ['the network is away', '', 0, 'nothing is known'],
])('when %s', (_case, input, status, line) => {
  const run = spawnSync(process.execPath, [script, '-'], { input, encoding: 'utf8' });
  expect(run.stdout).toContain(line);
  expect(run.status).toBe(status);
});
