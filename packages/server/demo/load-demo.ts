// SPDX-License-Identifier: Apache-2.0
// Fills a workspace with the demonstration through the API itself, as another system would: two agreements put in
// force, parties and who reports to whom, a year of facts, closed quarters with their statements, and people who can
// sign in.
import { addMonths, civil, type Day, isoDay } from '@rapport/core/values/date.ts';
import { type Calendar, type Period, periodContaining } from '@rapport/core/values/period.ts';
import type { PeriodStatement } from '../wire/standing.ts';
import { type DemoPerson, managers, members, representatives } from './people.ts';
import { type DemoFact, demoDeals, demoPurchases } from './year.ts';

/** Asks the API with all rights in the workspace; throws with the problem document when it refuses. */
export type Ask = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<unknown>;

export interface DemoTexts {
  readonly hardwareSales: string;
  readonly recordClub: string;
}

/** An account of the demonstration with its password. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  readonly role: string;
  readonly name: string;
}

const salesAgreement = 'hardware-sales';
const clubAgreement = 'record-club';
const batch = 500;

/** Loads everything; `today` is the last day of the facts; `accept` uses a link and gives the password that it set. */
export async function loadDemo(
  ask: Ask,
  texts: DemoTexts,
  today: Day,
  beginDays: () => Promise<unknown>,
  accept: (link: string, name: string) => Promise<string>,
): Promise<readonly DemoAccount[]> {
  await activate(ask, salesAgreement, texts.hardwareSales);
  await activate(ask, clubAgreement, texts.recordClub);
  await beginDays();
  const partyOf = new Map<string, string>();
  const add = async (kind: string, people: readonly DemoPerson[]): Promise<void> => {
    await atOnce(people, async ({ reference, name }) => {
      const references = [{ reference }];
      const made = await ask('POST', '/parties', { kind, name, references });
      partyOf.set(reference, (made as { readonly party: string }).party);
    });
  };
  await add('Manager', managers);
  await add('Representative', representatives);
  await add('Member', members);
  for (const { reference, manager } of representatives) {
    await ask('POST', `/parties/${partyOf.get(reference)}/attributes`, {
      values: [{ attribute: 'Manager', value: partyOf.get(manager), from: null }],
    });
  }
  await send(ask, 'crm', demoDeals(today));
  await send(ask, 'shop', demoPurchases(today));
  await ask('PUT', '/feeds/crm', { title: 'Deals of the CRM', mode: 'snapshot', mapping: crmMapping });
  const quarters = quartersBefore(today);
  await ask('POST', '/feeds/crm/completeness', { through: isoDay(quarters.at(-1)!.end) });
  for (const period of [...quarters.map(({ label }) => label), `${civil(today).year - 1}`])
    await ask('POST', `/agreements/${salesAgreement}/periods/${period}/lock`, { reason: 'Demonstration' });
  // The latest quarter that is over is left to be approved and paid by whoever tries it.
  for (const quarter of quarters.slice(0, -1)) await approveAndPay(ask, quarter);
  await ask('POST', `/agreements/${salesAgreement}/periods/${civil(today).year - 1}/approval`, {});
  const accounts: DemoAccount[] = [];
  await atOnce(people, async ({ email, name, role, reference }) => {
    const party = reference === undefined ? null : (partyOf.get(reference) ?? null);
    const { link } = (await ask('POST', '/members', { email, role, party })) as { readonly link: string };
    accounts.push({ email, name, role, password: await accept(link, name) });
  });
  const order = people.map(({ email }) => email);
  return accounts.sort((a, b) => order.indexOf(a.email) - order.indexOf(b.email));
}

/** What payroll would have done with a quarter: everything that is approved was paid in the middle of the next month. */
async function approveAndPay(ask: Ask, { label, end }: Period): Promise<void> {
  const path = `/agreements/${salesAgreement}/periods/${label}`;
  await ask('POST', `${path}/approval`, {});
  const { items } = (await ask('GET', `${path}/statements?limit=500`)) as {
    readonly items: readonly Pick<PeriodStatement, 'payee' | 'accounts'>[];
  };
  const payments = items.flatMap(({ payee, accounts }) =>
    accounts
      .filter(({ approvedLeft: { amount } }) => /[1-9]/.test(amount))
      .map(({ approvedLeft: amount }) => ({
        ...{ payee, period: label, amount, on: isoDay(end + 15) },
        reference: `Payroll ${isoDay(end + 15)}`,
      })),
  );
  if (payments.length > 0) await ask('POST', `/agreements/${salesAgreement}/payments`, { payments });
}

/** Does the same for each of a list, several side by side. */
async function atOnce<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = list.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Who can sign in besides the owner. */
const people: readonly {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly reference?: string;
}[] = [
  { email: 'ada@demo.example', name: 'Ada Brandt', role: 'representative', reference: 'ada-brandt' },
  { email: 'rosa@demo.example', name: 'Rosa Keller', role: 'manager', reference: 'rosa-keller' },
  { email: 'finance@demo.example', name: 'Fay Ledger', role: 'finance' },
  { email: 'auditor@demo.example', name: 'Otto Sight', role: 'auditor' },
  { email: 'alma@demo.example', name: 'Alma Abel', role: 'member', reference: 'alma-abel' },
];

async function activate(ask: Ask, agreement: string, text: string): Promise<void> {
  const { compiled } = (await ask('POST', '/agreements', { agreement, text })) as {
    readonly compiled: { readonly hash: string };
  };
  await ask('POST', `/agreements/${agreement}/versions/1/activation`, {
    hash: compiled.hash,
    from: null,
    reason: 'Demonstration',
  });
}

async function send(ask: Ask, source: string, facts: readonly DemoFact[]): Promise<void> {
  for (let first = 0; first < facts.length; first += batch) {
    const events = facts.slice(first, first + batch).map(({ kind, id, fields }) => ({
      specversion: '1.0',
      id: `${source}-${id}`,
      source: `/demo/${source}`,
      type: kind,
      subject: id,
      data: fields,
    }));
    await ask('POST', '/facts', events);
  }
}

/** What a row of the CRM's export becomes; the feed is there to be tried with a file. */
const crmMapping = {
  sources: [
    {
      file: 'deals.csv',
      fact: 'Deal',
      id: 'id',
      fields: {
        Representative: 'owner',
        Customer: 'account',
        Stage: 'stage',
        Amount: { column: 'value', currency: 'USD' },
        Engaged: { column: 'engaged', date: ['ISO'] },
        Closed: { column: 'closed', date: ['ISO'] },
      },
    },
  ],
};

/** The quarters that are over, oldest first, among the four before the one of today. */
function quartersBefore(today: Day): readonly Period[] {
  const calendar: Calendar = { kind: 'gregorian', zone: 'UTC', yearStartMonth: 1, weekStart: 1 };
  return [12, 9, 6, 3].map((months) => periodContaining(calendar, 'quarter', addMonths(today, -months)));
}
