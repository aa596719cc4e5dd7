// SPDX-License-Identifier: Apache-2.0
// A small story for tests of statements, documents and bundles: a quarter with three deals is closed, its statement is
// issued and paid, and in the next quarter a credit note arrives for the first of the deals. A colleague was first with
// one of the customers, so that one bonus rests on facts of others.

import { knownAt } from '../engine/known.ts';
import { evaluate } from '../engine/reference/evaluate.ts';
import { compile } from '../language/compile.ts';
import type { BookEntry, Commitment } from '../ledger/book-entry.ts';
import { applyBatch, type Books, newBooks } from '../ledger/books.ts';
import { bookRules } from '../ledger/roles.ts';
import type { StatementBody } from '../ledger/statement-body.ts';
import type { Entry } from '../program/log.ts';
import type { Program, Version } from '../program/program.ts';
import type { Scalar } from '../program/value.ts';
import { agreementHash } from '../proof/document.ts';
import { parseIsoDay } from '../values/date.ts';
import { rational } from '../values/rational.ts';
import type { LogEntry } from '../verify/log-entry.ts';
import { statementBody } from './statement-body.ts';

export const sampleText = `# Sales Incentive Agreement

[Northwind Hardware Inc. : Company] agrees with each Representative who signs this document as follows.

## 1. What counts

A Deal counts for its Representative on the day it is closed. A Credit Note lowers its Deal, as if the sale had been smaller.

\`\`\`rapport
party Company
parties Representatives
things Customers
each Deal has Representative, Customer, Order (text), Invoice (text), Invoiced (date), Amount (USD), Closed (date); counts on Closed
each Credit Note has Deal, Amount (USD), Issued (date); counts on Issued; lowers Amount of its Deal
Revenue of a Representative in a period is the sum of Amount of Deals of the Representative in the period
\`\`\`

## 2. Commission

The Representative earns [5% : Base Rate] of the Revenue of a quarter up to [USD 50,000 : First Step], and [8% : Second Rate] of the part above.

\`\`\`rapport
table Commission Rates, each slice at its own rate:
    up to First Step: Base Rate
    above: Second Rate
Company pays each Representative each quarter "Commission": Commission Rates on Revenue
\`\`\`

## 3. Milestone bonus

When the Revenue of a quarter reaches [USD 60,000 : Target], the Representative receives [USD 1,000 : Bonus], once for that quarter.

\`\`\`rapport
Company pays each Representative each quarter "Milestone bonus": Bonus when Revenue is at least Target
\`\`\`

## 4. New customers

The first Deal that the Company ever closes with a Customer earns its Representative [USD 150 : New Customer Bonus].

\`\`\`rapport
a First Deal is the first Deal of each Customer
Company pays the Representative of each First Deal in its quarter "New customer bonus": New Customer Bonus
\`\`\`

## 5. How it is calculated

\`\`\`rapport
calendar: calendar quarters and years, in UTC
rounding: each amount to the cent, half away from zero
late facts: change the period they belong to; the difference is paid in the open period
returns: as if the sale had been smaller
\`\`\`
`;

/** The party of the story, as the log knows her, and another one. */
export const ann = 'p-8c1f02d94be1';
export const bob = 'p-51d7a2c0ee38';
export const sampleNames = {
  [ann]: 'Ann Example',
  [bob]: 'Bob Beispiel',
  'C-204': 'Acme GmbH',
  'C-300': 'Bolt & Söhne KG',
};

const day = (text: string) => parseIsoDay(text)!;
const usd = (whole: number): Scalar => ({ kind: 'quantity', value: rational(whole) });
const on = (text: string): Scalar => ({ kind: 'date', value: day(text) });
const text = (value: string): Scalar => ({ kind: 'text', value });
const party = (value: string): Scalar => ({ kind: 'party', value });

function deal(id: string, of: string, amount: number, closed: string, customer = 'C-204'): Entry {
  const fields = {
    Representative: party(of),
    Customer: party(customer),
    Order: text(`SO-${id.slice(2)}`),
    Invoice: text(`INV-${id.slice(2)}`),
    Invoiced: on(closed),
    Amount: usd(amount),
    Closed: on(closed),
  };
  return { kind: 'fact', fact: { kind: 'Deal', id, revision: 1, fields }, recordedOn: null };
}

const creditNote: Entry = {
  kind: 'fact',
  fact: {
    kind: 'Credit Note',
    id: 'CN-7',
    revision: 1,
    fields: { Deal: { kind: 'fact', value: 'D-1001' }, Amount: usd(8_000), Issued: on('2026-06-03') },
  },
  recordedOn: null,
};

const payment: Commitment = {
  id: 'pay-2026-Q1',
  what: 'payment',
  party: ann,
  asset: 'USD',
  amount: 468_200n,
  lots: [],
  reference: 'SEPA 2026-04-15',
};

const begins = (text: string): Entry => ({ kind: 'day', day: day(text) });

/** The log up to the issue of the first statement, and from there to the second. */
export const sampleLog: readonly [readonly BookEntry[], readonly BookEntry[]] = [
  [
    begins('2026-03-31'),
    deal('D-1001', ann, 32_400, '2026-02-10'),
    deal('D-1002', ann, 12_000, '2026-03-02'),
    deal('D-1003', ann, 18_500, '2026-03-30', 'C-300'),
    deal('D-2001', bob, 9_900, '2026-03-12', 'C-300'),
    begins('2026-04-05'),
    { kind: 'close', period: '2026-Q1', recordedOn: null },
  ],
  [
    { kind: 'statement issued', payee: ann, period: '2026-Q1' },
    begins('2026-04-15'),
    { kind: 'commitment', commitment: payment },
    deal('D-1004', ann, 21_000, '2026-05-20'),
    begins('2026-06-03'),
    creditNote,
  ],
];

export const sampleAgreement = 'sales-2026';

/** The same story as the log of a workspace holds it. */
export function sampleLogEntries(): readonly LogEntry[] {
  const agreement = sampleAgreement;
  const hash = agreementHash({ text: sampleText, semantics: 1 });
  const issued: BookEntry = { kind: 'statement issued', payee: ann, period: '2026-Q2' };
  return [
    { kind: 'version', agreement, version: 1, hash, from: null, to: null },
    ...[...sampleLog.flat(), issued].map((entry): LogEntry => {
      switch (entry.kind) {
        case 'fact':
        case 'attribute':
          return { kind: entry.kind, fact: entry.fact } as LogEntry;
        case 'day':
          return { kind: 'day', zone: 'UTC', day: entry.day };
        case 'close':
          return { kind: 'close', agreement, period: entry.period };
        case 'commitment':
        case 'statement issued':
          return { ...entry, agreement };
        default:
          throw new RangeError(`The story has no ${entry.kind}.`);
      }
    }),
  ];
}

export function sampleProgram(): Program {
  const { program, diagnostics } = compile(sampleText, 'sample.md');
  if (program === null) throw new Error(JSON.stringify(diagnostics));
  return program;
}

/** The statements of the story. */
export function lateCreditNote(): {
  readonly first: StatementBody;
  readonly afterCreditNote: StatementBody;
  readonly ofNothing: StatementBody;
} {
  const program = sampleProgram();
  const versions: [Version] = [{ program, from: null, to: null }];
  const books = newBooks(bookRules([program]));
  // The log begins with the version that is put in force.
  books.recorded = 1;
  const [before, after] = sampleLog;
  const apply = (entries: readonly BookEntry[]) =>
    applyBatch(books, entries, (all) => ({
      entitlements: evaluate(versions, knownAt(all, books.today ?? day('2026-03-31'))).entitlements,
      keys: 'all',
    }));
  const issue = (payee: string, period: string, earlier: readonly StatementBody[]) => {
    apply([{ kind: 'statement issued', payee, period }]);
    const statement = books.statements.at(-1)!;
    const known = knownAt(books.entries, books.today!);
    return statementBody({
      agreement: { id: sampleAgreement, version: 1, hash: agreementHash({ text: sampleText, semantics: 1 }) },
      ...{ versions, known, statement, earlier },
      evaluation: { entitlements: [...books.entitled.values()] },
      postings: books.postings.filter((posting) => posting.payee === payee),
      payments: paymentsOf(books, payee),
      awaited: [],
    });
  };
  apply(before);
  const first = issue(ann, '2026-Q1', []);
  apply(after.slice(1));
  const afterCreditNote = issue(ann, '2026-Q2', [first]);
  return { first, afterCreditNote, ofNothing: issue(bob, '2026-Q2', []) };
}

function paymentsOf(books: Books, payee: string) {
  return [...books.commitments.values()]
    .filter((commitment) => commitment.party === payee)
    .map((commitment) => ({ commitment, sequence: 11, on: day('2026-04-15') }));
}
