// SPDX-License-Identifier: Apache-2.0
// Bundles of the statements of the story: they verify without the service, say what was recomputed and what is attested,
// hold nothing of colleagues, and no byte of them can be changed unseen.

import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ann, bob, lateCreditNote } from '../explain/statement-sample.ts';
import type { StatementBody } from '../ledger/statement-body.ts';
import { hex } from '../proof/bytes.ts';
import type { Bundle, VerifySignature } from './bundle.ts';
import { sampleBundle } from './bundle-sample.ts';
import { bundleBytes, bundleMessage } from './messages-signed.ts';
import { verifyBundle } from './verify-bundle.ts';

const keys = generateKeyPairSync('ed25519');
const publicKey = hex(keys.publicKey.export({ format: 'der', type: 'spki' }));
const signed = (message: Uint8Array) => Uint8Array.from(sign(null, message, keys.privateKey));
const check: VerifySignature = ({ publicKey: key, message, signature }) => {
  try {
    return verify(null, message, { key: Buffer.from(key), format: 'der', type: 'spki' }, signature);
  } catch {
    return false;
  }
};

const bundleOf = (body: StatementBody) => sampleBundle(body, { publicKey, sign: signed });

const { first, afterCreditNote } = lateCreditNote();
const textOf = (bundle: Bundle) => new TextDecoder().decode(bundleBytes(bundle));

describe('a verification bundle', () => {
  test('says of each line whether it was recomputed or attested', async () => {
    const report = await verifyBundle(textOf(bundleOf(first)), check);
    expect(report).toMatchObject({
      kind: 'verified',
      verdicts: [
        { component: 'Commission', kind: 'recomputed', due: '3532.00' },
        { component: 'Milestone bonus', kind: 'recomputed', due: '1000.00' },
        {
          component: 'New customer bonus',
          kind: 'recomputed from attested',
          due: '150.00',
          lines: 'recomputed',
          why: 'recomputed',
          values: [
            { what: 'whether it is a First Deal', of: 'Deal D-1001', figure: 'yes' },
            { what: 'whether it is a First Deal', of: 'Deal D-1002', figure: 'no' },
            { what: 'whether it is a First Deal', of: 'Deal D-1003', figure: 'no' },
          ],
        },
      ],
    });
  });

  test('recomputes the net effect of a late fact: the whole before and after it', async () => {
    const report = await verifyBundle(textOf(bundleOf(afterCreditNote)), check);
    expect(report).toMatchObject({
      kind: 'verified',
      verdicts: [
        { component: 'Commission', earned: '2026-Q1', kind: 'recomputed', due: '-640.00' },
        { component: 'Commission', earned: '2026-Q2', kind: 'recomputed', due: '1050.00' },
        { component: 'Milestone bonus', kind: 'recomputed', due: '-1000.00' },
      ],
    });
  });

  test('holds nothing of colleagues', () => {
    const text = textOf(bundleOf(afterCreditNote));
    expect(text).toContain(ann);
    expect(text).not.toContain(bob);
    expect(text).not.toContain('D-2001');
  });

  test('is refused once a single byte of it is another', async () => {
    const bytes = bundleBytes(bundleOf(first));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const changed = Uint8Array.from(bytes);
        changed[place] = changed[place]! ^ flip;
        const text = new TextDecoder().decode(changed);
        expect((await verifyBundle(text, check)).kind).toBe('refused');
      }),
      { numRuns: 100 },
    );
  });

  test.each<[string, (bundle: Bundle) => Bundle, string, StatementBody?]>([
    ['another amount of the statement', (bundle) => restated(bundle, '3532.00', '3632.00'), 'amount_differs'],
    [
      'another amount before',
      (bundle) => restated(bundle, '"before":"0.00","clause"', '"before":"1.00","clause"'),
      'amount_differs',
    ],
    [
      'a total that does not add up',
      (bundle) => restated(bundle, '"payable":"4682.00"', '"payable":"4683.00"'),
      'totals_differ',
    ],
    [
      'a line moved to another deal',
      (bundle) => restated(bundle, '"amount":"1620.00"', '"amount":"1621.00"'),
      'lines_differ',
    ],
    [
      'another cause of a change',
      (bundle) => restated(bundle, '"kind":"Credit Note","revision":1', '"kind":"Credit Note","revision":2'),
      'cause_differs',
      afterCreditNote,
    ],
    [
      'a payment that was not made',
      (bundle) => restated(bundle, '"id":"pay-2026-Q1"', '"id":"pay-2026-Q2"'),
      'payment_not_in_log',
      afterCreditNote,
    ],
    ['an entry that does not stand in the log', withOtherEntry, 'entry_not_in_log'],
    ['another text of the agreement', withOtherText, 'text_not_signed'],
  ])('signed anew with %s is refused all the same', async (_, change, code, body = first) => {
    const { signature: _signature, ...unsigned } = change(bundleOf(body));
    const again: Bundle = { ...unsigned, signature: hex(signed(bundleMessage(unsigned))) };
    const report = await verifyBundle(textOf(again), check);
    expect(report.kind === 'refused' && report.problems.map((problem) => problem.code)).toContain(code);
  });

  test.each([
    '',
    '{}',
    'null',
    '[]',
    '{"format":"rapport bundle 1"}',
    '{"format":"rapport bundle 2"}',
    'not JSON',
  ])('of the text %j is refused, and never thrown about', async (text) => {
    expect((await verifyBundle(text, check)).kind).toBe('refused');
    expect((await verifyBundle(`${text}\n`, check)).kind).toBe('refused');
  });
});

/** The statement with another figure, its hash made to fit. */
function restated(bundle: Bundle, from: string, to: string): Bundle {
  const body = bundle.statement.body.replace(from, to);
  expect(body).not.toBe(bundle.statement.body);
  return { ...bundle, statement: { ...bundle.statement, body } };
}

function withOtherEntry(bundle: Bundle): Bundle {
  const entries = bundle.entries.map((entry) => ({
    ...entry,
    text: entry.text.replace('"12000"', '"13000"'),
  }));
  return { ...bundle, entries };
}

function withOtherText(bundle: Bundle): Bundle {
  const versions = bundle.versions.map((one) => ({ ...one, text: one.text.replace('[5% :', '[6% :') }));
  return { ...bundle, versions };
}
