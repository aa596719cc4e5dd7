// SPDX-License-Identifier: Apache-2.0
// What finance does with statements over HTTP: approve one or many, take an approval back, record what was paid, one by
// one or from a file of payroll; and what a late fact opens again.
import { beforeAll, describe, expect, test } from 'vitest';
import { accountBalances } from '../store/transfer-rows.ts';
import { activate, day, salesAgreement } from '../testing/sales-agreement.ts';
import { type TestAnswer, type TestWorkspace, testService } from '../testing/test-service.ts';

const service = await testService();

interface Sold {
  readonly at: TestWorkspace;
  readonly ann: string;
  readonly bob: string;
}

const okay = (answer: TestAnswer) => {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
};

function deal(id: string, of: string, amount: string, closed = '2026-02-10') {
  const data = { Representative: of, Amount: amount, Closed: closed };
  return { specversion: '1.0', id, source: '/crm', type: 'Deal', data };
}

/** Ann has earned 2,250 and Bob 500 in the first quarter, whose statements are issued; it is the 15th of April. */
async function sold(): Promise<Sold> {
  const at = await service.newWorkspace();
  const writer = await service.context.writers.of(at.workspace);
  await activate(service.context.store, writer, { text: salesAgreement });
  await writer.submit([day('2026-04-01')], { together: true });
  for (const [name, reference] of [
    ['Ann', 'E-17'],
    ['Bob', 'E-18'],
  ])
    okay(
      await at.send('POST', '/parties', {
        body: { kind: 'Representative', name, references: [{ system: '', reference }] },
      }),
    );
  okay(
    await at.send('POST', '/facts', { body: [deal('D-1', 'E-17', '45000'), deal('D-2', 'E-18', '10000')] }),
  );
  okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/lock', { body: {} }));
  await writer.submit([day('2026-04-15')], { together: true });
  const { items } = okay(await at.send('GET', '/parties?kind=Representative'));
  const of = (name: string) => items.find((one: { name: string }) => one.name === name).party;
  return { at, ann: of('Ann'), bob: of('Bob') };
}

const statement = (payee: string, period = '2026-Q1') => `/agreements/sales/statements/${payee}/${period}`;
const payments = '/agreements/sales/payments';
const inPeriod = '/agreements/sales/periods/2026-Q1/statements';
const usd = (amount: string) => ({ amount, asset: 'USD' });

function pay(payee: string, amount: string, more: Record<string, unknown> = {}) {
  return { payee, period: '2026-Q1', amount: usd(amount), ...more };
}

describe('a statement', () => {
  let { at, ann }: Sold = {} as Sold;
  beforeAll(async () => {
    ({ at, ann } = await sold());
  });
  const stateNow = async () => {
    const { items } = okay(await at.send('GET', `${inPeriod}?payee=${ann}`));
    return items[0];
  };

  test('is earned until it is approved, and says what is to pay', async () => {
    expect(await stateNow()).toMatchObject({
      ...{ payeeName: 'Ann', version: 1, state: 'earned', approval: null, hasNewer: false, since: [] },
      accounts: [{ stillToPay: usd('2250.00'), approvedLeft: usd('0.00'), paidTooMuch: usd('0.00') }],
    });
  });

  test('is paid only as far as it is approved', async () => {
    const early = await at.send('POST', payments, { body: { payments: [pay(ann, '100')] } });
    expect(early).toMatchObject({
      status: 409,
      body: {
        code: 'payment_above_approved',
        place: '/body/payments/0',
        facts: { amount: 'USD 100.00', left: 'USD 0.00', paid: 'USD 0.00' },
      },
    });
  });

  test('is approved in the version that was looked at, once however often it is sent', async () => {
    const other = await at.send('POST', `${statement(ann)}/approval`, { body: { version: 2 } });
    expect(other.body).toMatchObject({ code: 'statement_version_other', facts: { latest: '1' } });
    const first = okay(await at.send('POST', `${statement(ann)}/approval`, { body: { version: 1 } }));
    expect(first).toMatchObject({
      state: 'approved',
      approval: { version: 1, by: expect.stringMatching(/^user:/) },
      accounts: [{ approvedLeft: usd('2250.00') }],
    });
    const again = okay(await at.send('POST', `${statement(ann)}/approval`, { body: { version: 1 } }));
    expect(again.approval).toEqual(first.approval);
  });

  test('can be approved again after its approval was taken back with a reason', async () => {
    const silent = await at.send('POST', `${statement(ann)}/approval/withdrawal`, { body: {} });
    expect(silent.status).toBe(400);
    const back = okay(
      await at.send('POST', `${statement(ann)}/approval/withdrawal`, { body: { reason: 'Wrong split' } }),
    );
    expect(back).toMatchObject({ state: 'earned', approval: null });
    const twice = await at.send('POST', `${statement(ann)}/approval/withdrawal`, {
      body: { reason: 'Again' },
    });
    expect(twice.body.code).toBe('approval_unknown');
    okay(await at.send('POST', `${statement(ann)}/approval`, { body: { version: 1 } }));
    expect((await stateNow()).state).toBe('approved');
  });

  test('is paid in parts, each recorded once under the id of the caller', async () => {
    const part = pay('E-17', '1000.50', { id: 'run-4/17', on: '2026-04-10', reference: 'SEPA' });
    const recorded = okay(await at.send('POST', payments, { body: { payments: [part] } }));
    expect(recorded).toMatchObject({
      recorded: 1,
      items: [{ payee: ann, approvedBefore: usd('2250.00'), left: usd('1249.50'), outcome: 'recorded' }],
    });
    expect(okay(await at.send('POST', payments, { body: { payments: [part] } }))).toMatchObject({
      ...{ recorded: 0, repeated: 1 },
      items: [{ outcome: 'repeated' }],
    });
    const other = { ...part, amount: usd('1') };
    expect((await at.send('POST', payments, { body: { payments: [other] } })).body.code).toBe(
      'same_commitment_other_content',
    );
    expect(await stateNow()).toMatchObject({
      state: 'approved',
      accounts: [{ paid: usd('1000.50'), stillToPay: usd('1249.50') }],
    });
  });

  test('keeps its approval once something was paid', async () => {
    const back = await at.send('POST', `${statement(ann)}/approval/withdrawal`, { body: { reason: 'Late' } });
    expect(back).toMatchObject({
      status: 409,
      body: { code: 'approval_paid', facts: { paid: 'USD 1,000.50' } },
    });
  });

  test('is known for what it is after the books are read anew', async () => {
    await (await service.context.writers.of(at.workspace)).close();
    expect(await stateNow()).toMatchObject({
      ...{ state: 'approved', approval: { version: 1 } },
      accounts: [{ paid: usd('1000.50'), stillToPay: usd('1249.50'), approvedLeft: usd('1249.50') }],
    });
  });

  test('is not paid on a day that lies ahead, nor with more decimals than there are', async () => {
    const ahead = { payments: [pay(ann, '1', { on: '2026-05-01' })] };
    expect((await at.send('POST', payments, { body: ahead })).body.code).toBe('day_not_ahead');
    const fine = { payments: [pay(ann, '1.005')] };
    expect((await at.send('POST', payments, { body: fine })).body.code).toBe('amount_not_positive');
  });

  test('is paid once all of it is, on the statement, in its files and to its party', async () => {
    okay(
      await at.send('POST', payments, { body: { payments: [pay(ann, '1249.50', { reference: 'Rest' })] } }),
    );
    const asAnn = await at.signIn('representative', ann);
    const seen = okay(await at.send('GET', `${statement(ann)}?version=1`, { as: asAnn }));
    expect(seen).toMatchObject({
      state: 'paid',
      items: [{ state: 'paid' }],
      now: {
        approval: { version: 1 },
        accounts: [{ paid: usd('2250.00'), stillToPay: usd('0.00'), paidTooMuch: usd('0.00') }],
        payments: [{ on: '2026-04-10', reference: 'SEPA' }, { reference: 'Rest' }],
        awaited: [],
      },
    });
    const { text } = await at.send('GET', `${statement(ann)}/versions/1/csv`, { as: asAnn });
    const cells = text.split('\r\n').map((line) => line.split(','));
    const rows = cells.map((row) => [row[0], row[5]]);
    expect(rows).toContainEqual(['"paid by now"', '2250.00']);
    expect(rows).toContainEqual(['"still to pay"', '0.00']);
    expect(rows).toContainEqual(['"paid too much"', '0.00']);
  });

  test('is paid above what is approved only when it is said so, and why', async () => {
    const more = { payments: [pay(ann, '10', { id: 'gift' })], beyondApproved: true };
    expect((await at.send('POST', payments, { body: more })).body.code).toBe('reason_missing');
    okay(await at.send('POST', payments, { body: { ...more, reason: 'Rounding of payroll' } }));
    expect(await stateNow()).toMatchObject({
      state: 'paid',
      accounts: [{ payable: usd('-10.00'), paidTooMuch: usd('10.00'), stillToPay: usd('0.00') }],
    });
    const next = okay(await at.send('GET', statement(ann, '2026-Q2')));
    expect(next.accounts).toMatchObject([{ carried: usd('-10.00'), payable: usd('-10.00') }]);
  });

  test('leaves books that balance, a list of payments, and a log that replays to the same bytes', async () => {
    const balances = await service.context.store.within(at.workspace, (scope) => accountBalances(scope));
    expect(balances.reduce((sum, { balance }) => sum + BigInt(balance), 0n)).toBe(0n);
    const paid = balances.find(({ party, purpose }) => party === ann && purpose === 'paid')!;
    expect(BigInt(paid.balance)).toBe(226_000n);
    const listed = okay(await at.send('GET', `${payments}?payee=${ann}&period=2026-Q1`));
    expect(listed.items.map(({ id, amount }: { id: string; amount: unknown }) => [id, amount])).toEqual([
      ['gift', usd('10.00')],
      [expect.stringMatching(/^payment-/), usd('1249.50')],
      ['run-4/17', usd('1000.50')],
    ]);
    const { job } = okay(await at.send('POST', '/replays', { body: {} }));
    const { details } = okay(await at.send('GET', `/jobs/${job}`));
    expect(details).toMatchObject({ differences: 0, stopped: null });
  });
});

describe('what comes late', () => {
  test('opens again the lines that it touches, until their new version is approved and paid', async () => {
    const at = await service.newWorkspace();
    const writer = await service.context.writers.of(at.workspace);
    const text = salesAgreement
      .replace('each Deal has', 'each Visit has Representative, Held (date); counts on Held\neach Deal has')
      .replace(
        'calendar:',
        'Company pays each Representative each quarter "Visits": Base Rate × USD 200 × count of Visits of the Representative in the quarter\ncalendar:',
      );
    await activate(service.context.store, writer, { text });
    await writer.submit([day('2026-03-01')], { together: true });
    const visit = {
      ...deal('V-1', 'E-1', '0'),
      type: 'Visit',
      data: { Representative: 'E-1', Held: '2026-02-11' },
    };
    okay(await at.send('POST', '/facts', { body: [deal('D-1', 'E-1', '45000'), visit] }));
    const [{ party }] = okay(await at.send('GET', '/parties?kind=Representative')).items;
    okay(await at.send('POST', `${statement(party)}/versions`, { body: {} }));
    okay(await at.send('POST', `${statement(party)}/approval`, { body: { version: 1 } }));
    okay(await at.send('POST', payments, { body: { payments: [pay(party, '2260')] } }));
    expect(okay(await at.send('GET', statement(party))).state).toBe('paid');
    okay(await at.send('POST', '/facts', { body: deal('D-2', 'E-1', '1000', '2026-02-20') }));
    const [row] = okay(await at.send('GET', inPeriod)).items;
    expect(row).toMatchObject({
      ...{ version: 1, hasNewer: true, state: 'earned', since: [usd('50.00')] },
      accounts: [{ paid: usd('2260.00'), stillToPay: usd('50.00'), approvedLeft: usd('0.00') }],
    });
    const now = okay(await at.send('GET', statement(party)));
    expect(now.items).toMatchObject([
      { component: 'Commission', state: 'earned' },
      { component: 'Visits', state: 'paid' },
    ]);
    expect(okay(await at.send('GET', `${statement(party)}?version=1`)).state).toBe('paid');
    const stale = await at.send('POST', `${statement(party)}/approval`, { body: { version: 1 } });
    expect(stale.body.code).toBe('statement_behind');
    okay(await at.send('POST', `${statement(party)}/versions`, { body: {} }));
    okay(await at.send('POST', `${statement(party)}/approval`, { body: { version: 2 } }));
    okay(await at.send('POST', payments, { body: { payments: [pay(party, '50')] } }));
    expect(okay(await at.send('GET', inPeriod)).items[0]).toMatchObject({ state: 'paid', version: 2 });
    const [listed] = okay(await at.send('GET', '/agreements/sales/periods')).items;
    expect(listed).toMatchObject({ period: '2026-Q1', statementsIssued: 1, statementsApproved: 1 });
  });
});

describe('the statements of a period', () => {
  test('are approved together; what cannot be is passed over and told', async () => {
    const { at, ann, bob } = await sold();
    const nobody = `p-${'0'.repeat(24)}`;
    const body = { payees: [ann, bob, nobody] };
    const approved = okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/approval', { body }));
    expect(approved).toMatchObject({
      approved: 2,
      passedOver: [{ payee: nobody, code: 'statement_not_issued' }],
    });
    const states = okay(await at.send('GET', inPeriod)).items.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['approved', 'approved']);
    const again = okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/approval', { body: {} }));
    expect(again).toMatchObject({ approved: 0, passedOver: [] });
  });

  test('come page by page', async () => {
    const { at, ann, bob } = await sold();
    const first = okay(await at.send('GET', `${inPeriod}?limit=1`));
    const second = okay(await at.send('GET', `${inPeriod}?limit=1&after=${first.next}`));
    const seen = [...first.items, ...second.items].map(({ payee }: { payee: string }) => payee);
    expect(seen).toEqual([ann, bob].sort());
    expect(second.next).toBeNull();
  });
});

describe('a file of payroll', () => {
  const upload = (at: TestWorkspace, rows: readonly string[], query = '') =>
    at.send('POST', `${payments}/file${query}`, {
      body: rows.join('\r\n'),
      headers: { 'content-type': 'text/csv' },
    });

  test('is previewed, then recorded, and once only', async () => {
    const { at } = await sold();
    okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/approval', { body: {} }));
    const rows = ['Payee,Period,Amount,Reference', 'E-17,2026-Q1,2250.00,April', 'E-18,2026-Q1,500.00,April'];
    const preview = okay(await upload(at, rows, '?preview=true&on=2026-04-14'));
    expect(preview).toMatchObject({
      ...{ recorded: 0, repeated: 0 },
      items: [
        { payeeName: 'Ann', amount: usd('2250.00'), outcome: 'ready', left: usd('0.00'), on: '2026-04-14' },
        { payeeName: 'Bob', amount: usd('500.00'), outcome: 'ready', left: usd('0.00') },
      ],
    });
    expect(okay(await upload(at, rows, '?on=2026-04-14'))).toMatchObject({ recorded: 2, repeated: 0 });
    expect(okay(await upload(at, rows, '?on=2026-04-14'))).toMatchObject({ recorded: 0, repeated: 2 });
    const states = okay(await at.send('GET', inPeriod)).items.map(({ state }: { state: string }) => state);
    expect(states).toEqual(['paid', 'paid']);
  });

  test('with a wrong row records nothing, and says which rows are wrong and why', async () => {
    const { at } = await sold();
    okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/approval', { body: {} }));
    const rows = [
      'payee;period;amount',
      'E-17;2026-Q1;2250.00',
      'E-99;2026-Q1;1.00',
      'E-18;2026-Q9;1.00',
      'E-18;2026-Q1;0.001',
    ];
    const answer = await upload(at, rows);
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'payments_wrong',
        errors: [
          { code: 'party_unknown', place: 'payments.csv:3/payee' },
          { code: 'period_unknown', place: 'payments.csv:4/period' },
          { code: 'amount_not_positive', place: 'payments.csv:5/amount' },
        ],
      },
    });
    expect(okay(await at.send('GET', payments)).items).toEqual([]);
  });

  test.each([
    ['a column is missing', ['payee,amount', 'E-17,1'], 'payment_column_missing'],
    ['it has no rows', ['payee,period,amount'], 'file_empty'],
    ['a cell is no amount', ['payee,period,amount', 'E-17,2026-Q1,"1,000.00"'], 'payment_cell_wrong'],
    ['a quote is left open', ['payee,period,amount', '"E-17,2026-Q1,1'], 'payment_cell_wrong'],
    ['a day is none', ['payee,period,amount,day', 'E-17,2026-Q1,1,14.4.2026'], 'payment_cell_wrong'],
    [
      'the rows of one party are more than is approved',
      ['payee,period,amount', 'E-17,2026-Q1,2000', 'E-17,2026-Q1,251'],
      'payment_above_approved',
    ],
  ])('is refused when %s', async (_, rows, code) => {
    const { at } = await sold();
    okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/approval', { body: {} }));
    expect((await upload(at, rows)).body.code).toBe(code);
    expect(okay(await at.send('GET', payments)).items).toEqual([]);
  });
});

test('a representative reads the own payments and state, and nobody else’s', async () => {
  const { at, ann, bob } = await sold();
  okay(await at.send('POST', '/agreements/sales/periods/2026-Q1/approval', { body: {} }));
  okay(await at.send('POST', payments, { body: { payments: [pay(ann, '1'), pay(bob, '2')] } }));
  const as = await at.signIn('representative', ann);
  const listed = okay(await at.send('GET', payments, { as }));
  expect(listed.items.map(({ payee }: { payee: string }) => payee)).toEqual([ann]);
  const states = okay(await at.send('GET', inPeriod, { as }));
  expect(states.items.map(({ payee }: { payee: string }) => payee)).toEqual([ann]);
  expect((await at.send('POST', payments, { as, body: { payments: [pay(ann, '1')] } })).status).toBe(403);
});

test('nothing failed on our side', () => {
  expect(service.failures).toEqual([]);
});
