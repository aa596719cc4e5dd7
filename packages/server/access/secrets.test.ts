// SPDX-License-Identifier: Apache-2.0
// Secrets at rest: what opens, what does not, and how keys change.
import { chmodSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addSecretKey, readSecretKeys } from './secret-keys.ts';
import { secretsWith } from './secrets.ts';

const oldKey = Buffer.alloc(32, 1);
const newKey = Buffer.alloc(32, 2);
const secret = Buffer.from('whsec_c2VjcmV0');

describe('a sealed secret', () => {
  const secrets = secretsWith([newKey, oldKey]);

  test('opens for its purpose', () => {
    expect(secrets.open(secrets.seal(secret, 'webhook:1:a'), 'webhook:1:a')).toEqual(secret);
  });

  test('looks different each time and shows nothing of what is inside', () => {
    const [one, two] = [secrets.seal(secret, 'a'), secrets.seal(secret, 'a')];
    expect(one).not.toBe(two);
    expect(one).not.toContain(secret.toString('base64url'));
  });

  test('does not open in another place', () => {
    const sealed = secrets.seal(secret, 'webhook:1:a');
    expect(() => secrets.open(sealed, 'webhook:2:a')).toThrow();
  });

  test('does not open once a byte of it was changed', () => {
    const sealed = secrets.seal(secret, 'a');
    const at = sealed.length - 5;
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    expect(() => secrets.open(changed, 'a')).toThrow();
  });

  test('opens with an older key, is known as not current, and does not open without it', () => {
    const sealed = secretsWith([oldKey]).seal(secret, 'a');
    expect(secrets.open(sealed, 'a')).toEqual(secret);
    expect(secrets.isCurrent(sealed)).toBe(false);
    expect(secrets.isCurrent(secrets.seal(secret, 'a'))).toBe(true);
    expect(() => secretsWith([newKey]).open(sealed, 'a')).toThrow(/not among the keys/);
  });
});

test('keys derived for different uses differ, and are the same at each start', () => {
  const derived = secretsWith([newKey]).derive('cookies');
  expect(derived).toEqual(secretsWith([newKey, oldKey]).derive('cookies'));
  expect(derived).not.toEqual(secretsWith([newKey]).derive('pages'));
});

describe('the key file', () => {
  const file = () => join(mkdtempSync(join(tmpdir(), 'rapport-keys-')), 'data', 'secret.key');

  test('is made at the first start, for its owner alone, and read at the second', () => {
    const path = file();
    const first = readSecretKeys(undefined, path);
    const second = readSecretKeys(undefined, path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(first).toMatchObject({ kind: 'read', isNew: true });
    expect(second).toEqual({ ...first, isNew: false });
  });

  test('is refused when others can read it, with the remedy', () => {
    const path = file();
    readSecretKeys(undefined, path);
    chmodSync(path, 0o644);
    expect(readSecretKeys(undefined, path)).toMatchObject({
      kind: 'wrong',
      problem: expect.stringContaining('chmod 600'),
    });
  });

  test('gets a new key in front, and what the old one sealed still opens', () => {
    const path = file();
    const before = readSecretKeys(undefined, path);
    addSecretKey(path);
    const after = readSecretKeys(undefined, path);
    if (before.kind !== 'read' || after.kind !== 'read') throw new Error('unreadable');
    const sealed = secretsWith(before.keys).seal(secret, 'a');
    expect(secretsWith(after.keys).open(sealed, 'a')).toEqual(secret);
    expect(secretsWith(after.keys).isCurrent(sealed)).toBe(false);
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
  });

  test.each([
    ['too short', Buffer.alloc(16).toString('base64'), /16 bytes/],
    ['not there', ' , ', /no key/],
  ])('in the environment: a key that is %s is refused with the remedy', (_case, given, problem) => {
    const keys = readSecretKeys(given, '/nowhere');
    expect(keys).toMatchObject({ kind: 'wrong', problem: expect.stringMatching(problem) });
    expect(JSON.stringify(keys)).toContain('openssl rand -base64 32');
  });
});
