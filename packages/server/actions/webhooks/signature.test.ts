// SPDX-License-Identifier: Apache-2.0
// Signatures that the public library of Standard Webhooks takes, and addresses inside a network in all their disguises.
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { isPublic, problemOfAddress } from './public-address.ts';
import { problemOfMessage, secretText, signMessage } from './signature.ts';

const secret = secretText(Buffer.alloc(32, 9));
const at = new Date();
const body = '{"type":"deal","amount":"12.50"}';
const signed = signMessage(secret, { id: 'msg_1', at, body });

describe('a message that we sign', () => {
  test('is taken by the library that other systems use, and theirs by us', () => {
    const library = new Webhook(secret);
    const headers = {
      'webhook-id': signed.id,
      'webhook-timestamp': signed.timestamp,
      'webhook-signature': signed.signature,
    };
    expect(library.verify(body, headers)).toEqual(JSON.parse(body));
    const theirs = { id: 'msg_2', timestamp: `${Math.floor(at.getTime() / 1000)}` };
    const signature = library.sign(theirs.id, at, body);
    expect(problemOfMessage(secret, { ...theirs, signature }, body, at)).toBeNull();
  });

  test.each([
    ['another body', { ...signed }, `${body} `, 'signature_wrong'],
    ['another id', { ...signed, id: 'msg_9' }, body, 'signature_wrong'],
    ['another time', { ...signed, timestamp: `${Number(signed.timestamp) + 1}` }, body, 'signature_wrong'],
    ['a time that is none', { ...signed, timestamp: '1e9' }, body, 'signature_wrong'],
    ['no signature', { ...signed, signature: '' }, body, 'signature_wrong'],
    [
      'a signature of another kind',
      { ...signed, signature: `v0${signed.signature.slice(2)}` },
      body,
      'signature_wrong',
    ],
    ['a second signature that holds', { ...signed, signature: `v1,AAAA ${signed.signature}` }, body, null],
  ])('with %s is judged rightly', (_, headers, given, problem) => {
    expect(problemOfMessage(secret, headers, given, at)).toBe(problem);
  });

  test('is too old, or too new, after five minutes', () => {
    for (const minutes of [-6, 6])
      expect(problemOfMessage(secret, signed, body, new Date(at.getTime() + minutes * 60_000))).toBe(
        'message_too_old',
      );
    expect(problemOfMessage(secret, signed, body, new Date(at.getTime() + 4 * 60_000))).toBeNull();
  });

  test('signed with another secret is forged', () => {
    expect(problemOfMessage(secretText(Buffer.alloc(32, 8)), signed, body, at)).toBe('signature_wrong');
  });
});

describe('an address', () => {
  test.each([
    ['https://hooks.example.com/rapport', null],
    ['http://hooks.example.com/', 'it is not https'],
    ['https://127.0.0.1/', 'it lies inside a private network'],
    ['https://2130706433/', 'it lies inside a private network'],
    ['https://0x7f.1/', 'it lies inside a private network'],
    ['https://[::1]/', 'it lies inside a private network'],
    ['https://[::ffff:10.0.0.1]/', 'it lies inside a private network'],
    ['https://169.254.169.254/latest/meta-data', 'it lies inside a private network'],
    ['https://localhost/', 'it lies inside a private network'],
    ['https://postgres/', 'it lies inside a private network'],
    ['https://db.internal/', 'it lies inside a private network'],
    ['https://user:password@hooks.example.com/', 'it holds a name or password'],
    ['file:///etc/passwd', 'it is not https'],
    ['nonsense', 'it is no URL'],
  ])('%s is refused with %j', (address, why) => {
    expect(problemOfAddress(address, false)).toBe(why);
  });

  test.each([
    ['93.184.216.34', true],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['192.168.1.1', false],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:7f00:1', false],
    ['fd00::1', false],
    ['64:ff9b::7f00:1', false],
    ['not an address', false],
  ])('%s is public: %j', (address, expected) => {
    expect(isPublic(address)).toBe(expected);
  });
});
