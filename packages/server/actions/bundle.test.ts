// SPDX-License-Identifier: Apache-2.0
// Bundles of payees whose pay rests on more than their own facts, over HTTP: a manager recomputes an override from the
// total of the team, and a member recomputes a wallet whose voucher was given before a purchase turned out to be smaller.
import { verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rational } from '@rapport/core/values/rational.ts';
import type { VerifySignature } from '@rapport/core/verify/bundle.ts';
import { verifyBundle } from '@rapport/core/verify/verify-bundle.ts';
import { expect, test } from 'vitest';
import { addParties } from '../store/party-rows.ts';
import { activate, by, day, dayOf, deal } from '../testing/sales-agreement.ts';
import { type TestWorkspace, testService } from '../testing/test-service.ts';
import type { Submitted } from '../writer/writing.ts';

const service = await testService();
const [ann, ben, mo, kim] = ['a1', 'b2', 'c3', 'd4'].map((pair) => `p-${pair.repeat(12)}`) as [
  string,
  string,
  string,
  string,
];
const check: VerifySignature = ({ publicKey, message, signature }) =>
  verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature);

const teamAgreement = `# Team

[Northwind Ltd : Company] pays a Manager [1.5% : Override] of what the team sells.

\`\`\`rapport
party Company
parties Representatives, Managers
each Representative has at any time one Manager
each Deal has Representative, Amount (USD), Closed (date); counts on Closed
Company pays each Manager each quarter "Team override":
    Override of the sum of Amount of Deals of Representatives of the Manager in the quarter
calendar: calendar quarters and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: none
\`\`\`
`;

async function kept(
  agreement: { readonly agreement: string; readonly text: string },
  parties: Readonly<Record<string, string>>,
  entries: readonly Submitted[],
): Promise<TestWorkspace> {
  const workspace = await service.newWorkspace();
  const { store, writers } = service.context;
  const writer = await writers.of(workspace.workspace);
  await store.within(workspace.workspace, (scope) =>
    addParties(
      scope,
      Object.entries(parties).map(([party, kind]) => ({ party, kind, state: 'known' as const })),
    ),
  );
  await activate(store, writer, agreement);
  for (const entry of entries) await writer.submit([entry], { together: true });
  return workspace;
}

async function bundleOf({ send }: TestWorkspace, agreement: string, payee: string, period: string) {
  const path = `/agreements/${agreement}/statements/${payee}/${period}/versions`;
  expect((await send('POST', path, { body: {} })).status).toBe(201);
  const { status, text } = await send('GET', `${path}/1/bundle`);
  expect(status, text).toBe(200);
  return text;
}

function reportsTo(of: string): Submitted {
  const value = { kind: 'party', value: mo } as const;
  const fact = { party: 'Representative', of, attribute: 'Manager', value };
  return by({ kind: 'attribute', fact: { ...fact, from: dayOf('2026-01-01'), through: null } });
}

test('an override is recomputed from the total of the team, which is all that is said of it', async () => {
  const workspace = await kept(
    { agreement: 'team', text: teamAgreement },
    { [ann]: 'Representative', [ben]: 'Representative', [mo]: 'Manager' },
    [
      day('2026-04-01'),
      reportsTo(ann),
      reportsTo(ben),
      deal('D-1', { of: ann, amount: 45_000 }),
      deal('D-2', { of: ben, amount: 7_000 }),
    ],
  );
  const text = await bundleOf(workspace, 'team', mo, '2026-Q1');
  const report = await verifyBundle(text, check);
  expect(report).toMatchObject({
    kind: 'verified',
    verdicts: [{ component: 'Team override', due: '780.00', kind: 'recomputed from attested' }],
  });
  const values = report.kind === 'verified' ? (report.verdicts[0]?.values ?? []) : [];
  expect(values.map(({ of, figure }) => [of, figure])).toContainEqual(['the payee, 2026-Q1', 'USD 52,000']);
  const { attested, entries } = JSON.parse(text);
  expect(JSON.stringify(attested)).not.toMatch(new RegExp([ann, ben, 'D-1', 'D-2'].join('|')));
  expect(JSON.stringify(entries)).not.toMatch(new RegExp([ann, ben, 'D-1', 'D-2'].join('|')));
});

function purchase(id: string, dollars: number, on: string, revision = 1): Submitted {
  const fields = {
    Member: { kind: 'party', value: kim },
    Line: { kind: 'quantity', value: rational(1) },
    Amount: { kind: 'quantity', value: rational(dollars) },
    Bought: { kind: 'date', value: dayOf(on) },
  } as const;
  return by({ kind: 'fact', fact: { kind: 'Purchase', id, revision, fields } });
}

const club = {
  agreement: 'club',
  text: readFileSync(
    join(import.meta.dirname, '..', '..', '..', 'examples', 'record-club', 'agreement.md'),
    'utf8',
  ),
};

test('a wallet is recomputed lot by lot from the purchases and what was redeemed', async () => {
  const redeemed = by({
    kind: 'commitment',
    agreement: 'club',
    commitment: {
      ...{ id: 'R-1', what: 'redemption', party: kim, asset: 'Points', amount: 60n, lots: [] },
      reference: 'till 3',
    },
  });
  const workspace = await kept(club, { [kim]: 'Member' }, [
    day('2026-02-01'),
    purchase('P-1', 250, '2026-01-10'),
    redeemed,
    purchase('P-2', 180, '2026-02-01'),
  ]);
  const report = await verifyBundle(await bundleOf(workspace, 'club', kim, '2026'), check);
  expect(report).toMatchObject({
    kind: 'verified',
    balances: [{ component: 'Points open', amount: '50', kind: 'recomputed' }],
  });
  expect(
    report.kind === 'verified' && report.verdicts.map(({ component, due, kind }) => [component, due, kind]),
  ).toEqual([
    ['Points issued', '610', 'recomputed'],
    ['Voucher', '5.00', 'recomputed'],
    ['Points used', '560', 'recomputed'],
  ]);
});

test('a voucher that was given before its purchase turned out to be smaller is recomputed from the promise', async () => {
  const workspace = await kept(club, { [kim]: 'Member' }, [
    day('2026-02-01'),
    purchase('P-1', 400, '2026-01-10'),
    purchase('P-2', 130, '2026-02-01'),
    purchase('P-1', 100, '2026-01-10', 2),
  ]);
  const report = await verifyBundle(await bundleOf(workspace, 'club', kim, '2026'), check);
  expect(report).toMatchObject({ kind: 'verified' });
  const voucher =
    report.kind === 'verified' && report.verdicts.find(({ component }) => component === 'Voucher');
  expect(voucher).toMatchObject({
    due: '5.00',
    kind: 'recomputed from attested',
    over: ['the uses of points that the books had promised'],
  });
});
