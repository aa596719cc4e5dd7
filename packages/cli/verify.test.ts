// SPDX-License-Identifier: Apache-2.0
// `rapport verify` on a bundle in a file: what it says when all is well, when a byte was changed, and when another key
// signed it.
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lateCreditNote } from '@rapport/core/explain/statement-sample.ts';
import { hex } from '@rapport/core/proof/bytes.ts';
import { sampleBundle } from '@rapport/core/verify/bundle-sample.ts';
import { bundleBytes } from '@rapport/core/verify/messages-signed.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { exitFindings, exitOk, exitUsage } from './command.ts';
import { dispatch } from './dispatch.ts';
import { recordingTerminal } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'rapport-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = generateKeyPairSync('ed25519');
const bundle = sampleBundle(lateCreditNote().first, {
  publicKey: hex(keys.publicKey.export({ format: 'der', type: 'spki' })),
  sign: (message) => Uint8Array.from(sign(null, message, keys.privateKey)),
});

async function verify(bytes: Uint8Array, ...options: string[]) {
  const path = join(folder, 'bundle.json');
  writeFileSync(path, bytes);
  const terminal = recordingTerminal();
  const exitCode = await dispatch(['verify', path, ...options], terminal);
  return { exitCode, output: terminal.output.join(''), complaints: terminal.complaints.join('\n') };
}

describe('rapport verify', () => {
  test('says of each line whether it was recomputed or attested', async () => {
    const { exitCode, output } = await verify(bundleBytes(bundle));
    expect(exitCode).toBe(exitOk);
    expect(output).toMatch(/Commission, 2026-Q1 +USD 3,532\.00 +recomputed/);
    expect(output).toMatch(/New customer bonus, 2026-Q1 +USD 150\.00 +recomputed from attested values/);
    expect(output).toMatch(/no +whether it is a First Deal \(Deal D-1003\)/);
    expect(output).toMatch(/Payable +USD 4,682\.00/);
  });

  test('finds a changed byte', async () => {
    const text = new TextDecoder().decode(bundleBytes(bundle)).replace('SO-1002', 'SO-1003');
    const { exitCode, output } = await verify(new TextEncoder().encode(text));
    expect(exitCode).toBe(exitFindings);
    expect(output).toContain(
      'Not verified\n  The signature does not fit the bundle: something in it was changed, or another key signed it.\n',
    );
    expect(output).toContain('  Entry 4 does not stand in the log of the checkpoint.\n');
  });

  test('takes only the key that is asked for', async () => {
    const { exitCode, complaints } = await verify(bundleBytes(bundle), '--key', '0'.repeat(64));
    expect(exitCode).toBe(exitFindings);
    expect(complaints).toContain('another key signed this bundle');
  });

  test('says when there is no such file', async () => {
    const terminal = recordingTerminal();
    expect(await dispatch(['verify', join(folder, 'none.json')], terminal)).toBe(exitUsage);
  });
});
