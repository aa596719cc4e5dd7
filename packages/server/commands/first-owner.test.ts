// SPDX-License-Identifier: Apache-2.0
// The first start of an installation of one's own.
import { expect, test } from 'vitest';
import { publicUrl, request, testService } from '../testing/test-service.ts';
import { ensureOwner } from './first-owner.ts';

const service = await testService();
const email = 'olga@example.com';

test('the first start makes an owner, who changes the one-time password before anything else', async () => {
  const [line] = await ensureOwner(service.context.store, email);
  const password = line!.split(' ').at(-1)!;
  expect(await ensureOwner(service.context.store, email)).toEqual([]);
  const signedIn = await request(service.app, 'POST', '/api/v1/session', { body: { email, password } });
  expect(signedIn.body).toMatchObject({
    mustChangePassword: true,
    workspaces: [{ workspace: 'main', role: 'owner' }],
  });
  const cookieOf = (headers: Readonly<Record<string, unknown>>) => `${headers['set-cookie']}`.split(';')[0]!;
  const members = (cookie: string) =>
    request(service.app, 'GET', '/api/v1/workspaces/main/members', { headers: { cookie } });
  const cookie = cookieOf(signedIn.headers);
  expect((await members(cookie)).body.code).toBe('password_to_be_changed');
  const changed = await request(service.app, 'POST', '/api/auth/change-password', {
    headers: { cookie, origin: publicUrl },
    body: { currentPassword: password, newPassword: 'a password of my own' },
  });
  expect((await members(cookieOf(changed.headers))).body.items).toMatchObject([{ email, role: 'owner' }]);
});
