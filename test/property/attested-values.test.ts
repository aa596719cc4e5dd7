// SPDX-License-Identifier: Apache-2.0
// A plan in which everybody's pay reads what others did: an override, a pool, a contest, a mean, a gate, first deals. Over
// generated logs with days and closes, each payee recomputes the booked amounts from the bundle alone; no value in it
// speaks of a colleague; and what was changed in a bundle is found and named.
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../packages/core/program/log.ts';
import type { Scalar } from '../../packages/core/program/value.ts';
import { hex } from '../../packages/core/proof/bytes.ts';
import { parseIsoDay } from '../../packages/core/values/date.ts';
import { rational } from '../../packages/core/values/rational.ts';
import type { Bundle, VerifySignature } from '../../packages/core/verify/bundle.ts';
import { type IssuedStatement, type KeptLog, keptLog } from '../../packages/core/verify/bundle-of-log.ts';
import { bundleBytes, bundleMessage } from '../../packages/core/verify/messages-signed.ts';
import { verifyBundle } from '../../packages/core/verify/verify-bundle.ts';

const text = `# Team plan

[Acme Inc. : Company] pays [2% : Override], [10% : Pool], [USD 1,000 : Prize], [USD 50 : First Pay], [USD 25 : Gate Pay], [5 : Gate], [USD 30 : Mean Pay], [3% : Rate].

\`\`\`rapport
party Company
parties Representatives, Managers
things Customers
each Representative has at any time one Manager
each Manager has at any time Goal (USD)
each Deal has Representative, Customer, Amount (USD), Closed (date); counts on Closed
a First Deal is the first Deal of each Customer
Revenue of a Representative in a period is the sum of Amount of Deals of the Representative in the period
Team Revenue of a Manager in a period is the sum of Amount of Deals of Representatives of the Manager in the period
Company Revenue in a period is the sum of Amount of Deals in the period
Share of a Representative in a quarter is Revenue ÷ Company Revenue, or 0% if there is none
Mean Deal in a quarter is the mean of Amount of Deals in the quarter, or USD 0 if there is none
Place of a Representative in a quarter is the place of the Representative by Revenue in the quarter
table Prizes, the amount of the band reached:
    up to and including 1: Prize
    above: USD 0
Company pays each Representative each quarter "Commission": Rate of Revenue
Company pays each Manager each quarter "Override": Override of Team Revenue
Company pays each Representative each quarter "Pool share": Pool × Company Revenue × Share
Company pays each Representative each quarter "Prize": Prizes on Place
    posted on the end of the quarter
Company pays the Representative of each First Deal in its quarter "First pay": First Pay
Company pays each Representative each quarter "Gate pay": Gate Pay when count of Deals in the quarter is at least Gate
Company pays each Representative each quarter "Above the mean": Mean Pay when Revenue is more than Mean Deal
Company pays each Representative each quarter "Manager's goal": Gate Pay when Revenue is at least Goal of the Manager of the Representative at the end of the quarter
calendar: calendar quarters and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: none
\`\`\`
`;

const keys = generateKeyPairSync('ed25519');
const key = {
  publicKey: hex(keys.publicKey.export({ format: 'der', type: 'spki' })),
  sign: (message: Uint8Array) => Uint8Array.from(sign(null, message, keys.privateKey)),
};
const check: VerifySignature = ({ publicKey, message, signature }) => {
  try {
    return verify(null, message, { key: Buffer.from(publicKey), format: 'der', type: 'spki' }, signature);
  } catch {
    return false;
  }
};
const textOf = (bundle: Bundle) => new TextDecoder().decode(bundleBytes(bundle));
const day = (of: string) => parseIsoDay(of)!;

const people = ['rep-ann', 'rep-ben', 'rep-cat'] as const;
const managers = ['man-mo', 'man-vic'] as const;
const [first, last] = [day('2026-01-01'), day('2026-12-31')];

function deal(id: string, of: string, customer: string, amount: number, on: number, revision = 1): Entry {
  const fields: Record<string, Scalar> = {
    Representative: { kind: 'party', value: of },
    Customer: { kind: 'party', value: customer },
    Amount: { kind: 'quantity', value: rational(amount, 100) },
    Closed: { kind: 'date', value: on },
  };
  return { kind: 'fact', fact: { kind: 'Deal', id, revision, fields }, recordedOn: null };
}

function attribute(party: string, of: string, name: string, value: Scalar, from: number): Entry {
  return {
    kind: 'attribute',
    fact: { party, of, attribute: name, value, from, through: null },
    recordedOn: null,
  };
}

const begins = (of: number): Entry => ({ kind: 'day', day: of });
const closes = (period: string): Entry => ({ kind: 'close', period, recordedOn: null });

const someDay = fc.integer({ min: first, max: last });
const dealEntry = fc
  .record({
    number: fc.nat(9),
    of: fc.constantFrom(...people),
    customer: fc.constantFrom('C-1', 'C-2', 'C-3'),
    amount: fc.integer({ min: 1, max: 500_000 }),
    on: someDay,
  })
  .map(({ number, of, customer, amount, on }) => ({ number, of, customer, amount, on }));
const reports = fc
  .record({ of: fc.constantFrom(...people), to: fc.constantFrom(...managers), from: someDay })
  .map(({ of, to, from }) => attribute('Representative', of, 'Manager', { kind: 'party', value: to }, from));
const goal = fc
  .record({ of: fc.constantFrom(...managers), amount: fc.integer({ min: 0, max: 4_000 }) })
  .map(({ of, amount }) =>
    attribute('Manager', of, 'Goal', { kind: 'quantity', value: rational(amount) }, first),
  );

/** Relations first, then deals and corrections with a day that begins and quarters that are closed among them. */
const log: fc.Arbitrary<readonly Entry[]> = fc
  .record({
    before: fc.array(fc.oneof(reports, goal), { minLength: 2, maxLength: 6 }),
    early: fc.array(dealEntry, { minLength: 1, maxLength: 8 }),
    late: fc.array(dealEntry, { maxLength: 5 }),
    closed: fc.subarray(['2026-Q1', '2026-Q2']),
  })
  .map(({ before, early, late, closed }) => {
    const revisions = new Map<number, number>();
    const entries = ({ number, of, customer, amount, on }: (typeof early)[number]): Entry => {
      const revision = (revisions.get(number) ?? 0) + 1;
      revisions.set(number, revision);
      return deal(`deal-${number}`, of, customer, amount, on, revision);
    };
    return [
      ...before,
      begins(day('2026-07-10')),
      ...early.map(entries),
      ...closed.map(closes),
      begins(last),
      ...late.map(entries),
    ];
  });

/** Every statement of everybody who was ever posted to. */
function issuedTo(kept: KeptLog): readonly IssuedStatement[] {
  const { postings } = kept.books;
  const asked = new Set(postings.map(({ payee, accounting }) => JSON.stringify([payee, accounting])));
  return [...asked].flatMap((one) => {
    const [payee, period] = JSON.parse(one) as [string, string];
    return kept.issue(payee, period) ?? [];
  });
}

function keptOver(entries: readonly Entry[]): KeptLog {
  const kept = keptLog(text);
  for (const entry of entries) kept.take(entry);
  return kept;
}

test('whoever has a bundle computes what was booked, from values that speak of no colleague', async () => {
  await fc.assert(
    fc.asyncProperty(log, async (entries) => {
      const kept = keptOver(entries);
      for (const issued of issuedTo(kept)) {
        const bundle = kept.bundle(issued, key);
        const report = await verifyBundle(textOf(bundle), check);
        expect(report).toMatchObject({ kind: 'verified' });
        if (report.kind !== 'verified') return;
        // Nothing is signed as a whole here: values about others are enough for every amount.
        expect(report.verdicts.map(({ kind }) => kind)).not.toContain('attested');
        for (const { component, kind, due } of report.verdicts)
          if (component === 'Commission') expect(kind).toBe('recomputed');
          else if (Number(due) > 0) expect(kind).toBe('recomputed from attested');
        const { payee } = issued.body;
        const own = new Set(bundle.entries.flatMap(({ text: of }) => of.match(/deal-\d/g) ?? []));
        const values = JSON.stringify(bundle.attested.values);
        for (const other of people) if (other !== payee) expect(values).not.toContain(other);
        for (const id of values.match(/deal-\d/g) ?? []) expect(own).toContain(id);
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

describe('what was changed in a bundle', () => {
  const kept = keptOver([
    attribute('Representative', 'rep-ann', 'Manager', { kind: 'party', value: 'man-mo' }, first),
    attribute('Representative', 'rep-ben', 'Manager', { kind: 'party', value: 'man-mo' }, first),
    begins(last),
    deal('deal-1', 'rep-ann', 'C-1', 300_000, day('2026-02-01')),
    deal('deal-2', 'rep-ben', 'C-1', 700_000, day('2026-02-02')),
  ]);
  const bundleOf = (payee: string) => kept.bundle(kept.issue(payee, '2026-Q1')!, key);
  const [ofManager, ofAnn] = [bundleOf('man-mo'), bundleOf('rep-ann')];

  const withTeam = (bundle: Bundle, value: string): Bundle => {
    const values = bundle.attested.values.map((one) =>
      one.value.kind === 'quantity' ? { ...one, value: { kind: 'quantity', value } as const } : one,
    );
    return { ...bundle, attested: { ...bundle.attested, values } };
  };
  const withEntry = (bundle: Bundle): Bundle => ({
    ...bundle,
    entries: bundle.entries.map((one) => ({ ...one, text: one.text.replace('"3000"', '"3001"') })),
  });
  const withText = (bundle: Bundle): Bundle => ({
    ...bundle,
    versions: bundle.versions.map((one) => ({ ...one, text: one.text.replace('[2% :', '[3% :') })),
  });
  const opened = { record: 'Deal deal-1', field: 'Buyer', value: 'Ms Example', salt: '00'.repeat(16) };

  test.each<[string, Bundle, readonly string[]]>([
    ['an attested value', withTeam(ofManager, '10001'), ['bundle_signature_wrong', 'amount_differs']],
    ['a fact', withEntry(ofAnn), ['bundle_signature_wrong', 'entry_not_in_log']],
    ['the text', withText(ofManager), ['bundle_signature_wrong', 'text_not_signed']],
    ['an opened seal', { ...ofAnn, opened: [opened] }, ['bundle_signature_wrong', 'value_not_sealed']],
    ['the statement', { ...ofAnn, statement: { ...ofAnn.statement, hash: '00' } }, ['statement_changed']],
    ['the signature', { ...ofAnn, signature: ofManager.signature }, ['bundle_signature_wrong']],
  ])('is found and named: %s', async (_what, bundle, codes) => {
    const report = await verifyBundle(textOf(bundle), check);
    expect(report.kind).toBe('refused');
    const found = report.kind === 'refused' ? report.problems.map(({ code }) => code) : [];
    expect(found).toEqual(expect.arrayContaining([...codes]));
  });

  test('signed anew, another total of the team gives another override', async () => {
    const { signature: _signature, ...unsigned } = withTeam(ofManager, '10001');
    const again = { ...unsigned, signature: hex(key.sign(bundleMessage(unsigned))) };
    expect(await verifyBundle(textOf(again), check)).toMatchObject({
      kind: 'refused',
      problems: [
        { code: 'amount_differs', facts: { component: 'Override', stated: '20000', found: '20002' } },
      ],
    });
  });

  test('signed anew without a value, what needs it is not taken as zero', async () => {
    const { signature: _signature, ...rest } = ofAnn;
    const unsigned = { ...rest, attested: { ...rest.attested, values: [] } };
    const again = { ...unsigned, signature: hex(key.sign(bundleMessage(unsigned))) };
    const report = await verifyBundle(textOf(again), check);
    const components =
      report.kind === 'refused' ? report.problems.map(({ facts }) => facts['component']) : [];
    expect(components).toEqual(expect.arrayContaining(['Pool share', 'First pay']));
  });
});
