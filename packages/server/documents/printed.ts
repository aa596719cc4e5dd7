// SPDX-License-Identifier: Apache-2.0
// A statement as the words and figures that a page shows, in order: what the template prints, without any arithmetic or
// choice left to it. Figures have their thousands apart and a true minus sign.

import type {
  FieldShown,
  Restatement,
  StatementBodyItem,
  StatementBodyLine,
  Why,
  WhyNode,
} from '@rapport/core/ledger/statement-body.ts';
import { currency, groupThousands } from '@rapport/core/values/asset.ts';
import type { IssuedStatement, StatementNow, StatementStatus } from './issued-statement.ts';

export interface PrintedStatement {
  readonly company: string;
  readonly agreement: string;
  readonly payee: string;
  readonly period: string;
  readonly from: string;
  readonly through: string;
  readonly version: number;
  readonly issuedOn: string;
  readonly asOf: string;
  readonly status: string;
  readonly statusWords: string;
  readonly agreementVersion: number;
  readonly hash: string;
  readonly sequence: number;
  readonly totals: readonly PrintedTotal[];
  readonly sections: readonly PrintedSection[];
  readonly nothing: readonly PrintedWhyItem[];
  readonly balances: readonly (readonly [string, string])[];
  readonly payments: readonly (readonly [string, string, string])[];
  /** Where it stands on the day of printing: what, figure. */
  readonly now: readonly (readonly [string, string])[];
  readonly versions: readonly (readonly [string, string, string])[];
  readonly changes: readonly { readonly title: string; readonly restatement: PrintedRestatement }[];
}
interface PrintedTotal {
  readonly asset: string;
  readonly rows: readonly (readonly [string, string])[];
  readonly payable: string;
}
interface PrintedSection {
  readonly title: string;
  readonly items: readonly PrintedItem[];
}
interface PrintedWhyItem {
  readonly component: string;
  readonly place: string;
  readonly sentence: string;
  readonly tree: readonly PrintedNode[];
}
interface PrintedItem extends PrintedWhyItem {
  readonly amount: string;
  readonly notes: readonly string[];
  readonly lines: readonly PrintedLine[];
  readonly linesTotal: string;
  readonly restatement: PrintedRestatement | null;
}
interface PrintedLine {
  readonly name: string;
  readonly details: string;
  readonly rate: readonly string[];
  readonly linked: readonly string[];
  readonly amount: string;
}
interface PrintedNode {
  readonly depth: number;
  readonly label: string;
  readonly figure: string;
}
interface PrintedRestatement {
  readonly before: string;
  readonly after: string;
  readonly causes: readonly string[];
  /** Name, before, after, change. */
  readonly moved: readonly (readonly [string, string, string, string])[];
  readonly movedMore: string;
}

/** How much of one list a page shows before it says how much more there is; the extract has all. */
const linesMax = 200;
const nodesMax = 40;

const statusWords: Readonly<Record<StatementStatus, string>> = {
  provisional: 'Something that it rests on is still awaited.',
  earned: 'Everything that it rests on is there; it is not approved yet.',
  approved: 'It is approved for payment.',
  paid: 'What was due through this period has been paid.',
};

export function printed(issued: IssuedStatement): PrintedStatement {
  const { body, status, now, hash, sequence, issuedOn, company, versions } = issued;
  const { agreement, period } = body;
  /** Each fact is told once with its fields, where it first appears. */
  const told = new Set<string>();
  const isEarlier = (item: StatementBodyItem) => item.restates !== null;
  const sections = [
    { title: `Earned in ${period.label}`, items: body.items.filter((item) => !isEarlier(item)) },
    { title: 'Changes to earlier periods', items: body.items.filter(isEarlier) },
  ];
  return {
    company,
    agreement: agreement.title,
    agreementVersion: agreement.version,
    payee: body.payee,
    period: period.label,
    ...{ from: period.from, through: period.through },
    ...{ version: body.version, issuedOn, asOf: body.asOf, hash, sequence },
    status: capital(status),
    statusWords: statusWords[status],
    totals: body.totals.map(({ asset, carried, arising, paid, payable, held }) => ({
      asset,
      rows: [
        ['Carried from earlier periods', figure(carried, asset)],
        ['Arising in this statement', figure(arising, asset)],
        ...(isZero(paid) ? [] : [['Paid', figure(negated(paid), asset)] as const]),
        ...(isZero(held) ? [] : [['Earned, not yet released (beside)', figure(held, asset)] as const]),
      ],
      payable: figure(payable, asset),
    })),
    sections: sections
      .filter(({ items }) => items.length > 0)
      .map(({ title, items }) => ({
        title,
        items: items.map((item) => printedItem(item, body.payee, told)),
      })),
    nothing: body.nothing.map(({ component, section, earned, why }) => ({
      component,
      place: placeText(section, earned),
      sentence: readingOf(why),
      tree: treeOf(why),
    })),
    balances: body.balances.map(({ component, earned, asset, amount }) => [
      earned === '' ? component : `${component}, ${earned}`,
      figure(amount, asset),
    ]),
    payments: body.payments.map(({ id, on, asset, amount, reference }) => [
      on ?? '',
      reference === '' ? id : reference,
      figure(amount, asset),
    ]),
    now: nowRows(now),
    versions: versions.map(({ version, issuedOn: on, sequence: at }) => [`${version}`, on, `${at}`]),
    changes: body.changes.map(({ component, earned, asset, restatement }) => ({
      title: earned === '' ? component : `${component}, ${earned}`,
      restatement: printedRestatement(restatement, asset),
    })),
  };
}

/** Approval, what is paid by now, what is left or too much, and what is awaited; nothing where nothing came since. */
function nowRows({ approval, accounts, payments, awaited }: StatementNow): PrintedStatement['now'] {
  return [
    ...(approval === null ? [] : [['Approved for payment', approval.on] as const]),
    ...payments.map(
      ({ on, asset, amount, reference }) =>
        [`Paid ${[on ?? '', reference].join(' ').trim()}`.trim(), figure(amount, asset)] as const,
    ),
    ...(approval === null && payments.length === 0 ? [] : accounts).map(
      ({ asset, stillToPay, paidTooMuch }) =>
        isZero(paidTooMuch)
          ? (['Still to pay', figure(stillToPay, asset)] as const)
          : (['Paid too much, carried to the next period', figure(paidTooMuch, asset)] as const),
    ),
    ...awaited.map((feed) => ['Awaited', feed] as const),
  ];
}

function printedItem(item: StatementBodyItem, payee: string, told: Set<string>): PrintedItem {
  const { asset, lines, due, restates, why } = item;
  const shown = lines.slice(0, linesMax);
  const total = restates === null ? due : restates.after;
  return {
    component: item.component,
    place: placeText(item.section, item.earned),
    amount: figure(due, asset),
    sentence: readingOf(why),
    tree: treeOf(why),
    notes: notesOf(item, lines.length - shown.length),
    lines: shown.map((line) => printedLine(line, asset, { payee, told })),
    linesTotal: figure(total, asset),
    restatement: restates === null ? null : printedRestatement(restates, asset),
  };
}

function notesOf({ waiting, held, asset, role, why }: StatementBodyItem, more: number): readonly string[] {
  return [
    ...(role === 'settled' ? ['Flows into the settlement, which pays it.'] : []),
    ...(isZero(held) ? [] : [`Earned, not yet released: ${figure(held, asset)}.`]),
    ...waiting.map(({ name, of }) => `Provisional: waits for the ${name} of ${of}.`),
    ...(why.attested.length === 0
      ? []
      : [`Rests on facts of others, which the payer attests: ${why.attested.join(', ')}.`]),
    ...(more > 0 ? [`${more} more lines are in the full extract.`] : []),
  ];
}

function printedLine(
  { fact, note, amount, fields, linked, slices }: StatementBodyLine,
  asset: string,
  { payee, told }: { readonly payee: string; readonly told: Set<string> },
): PrintedLine {
  const name = fact === null ? noteWords[note] : `${fact.kind} ${fact.id}`;
  const isTold = fact !== null && told.has(name);
  told.add(name);
  const own = isTold ? [] : fields.filter(({ figure: shown }) => shown !== payee);
  return {
    name,
    details: own.map(fieldText).join(' · '),
    rate: slices.map(({ label }) => label),
    linked: isTold
      ? []
      : linked.map(({ kind, id, fields: of }) => {
          const rest = of.filter(({ figure: shown }) => shown !== fact?.id);
          return `${kind} ${id}: ${rest.map(fieldText).join(' · ')}`;
        }),
    amount: figure(amount, asset),
  };
}

const noteWords: Readonly<Record<StatementBodyLine['note'], string>> = {
  credit: 'Credit',
  minimum: 'Up to the minimum',
  cap: 'Above the cap',
  adjustment: 'Adjustment',
  return: 'Return',
  held: 'Held',
  unattributed: 'No single fact',
  taken: 'Taken',
  kept: 'Kept, once given',
};

function printedRestatement(
  { before, after, causes, moved, isMovedKnown }: Restatement,
  asset: string,
): PrintedRestatement {
  const shown = moved.slice(0, linesMax);
  const rest = moved.length - shown.length;
  return {
    before: figure(before, asset),
    after: figure(after, asset),
    causes: causes.map(({ kind, id, revision, sequence, fields }) => {
      const revised = revision > 1 ? `, revision ${revision}` : '';
      const details = fields.length === 0 ? '' : `: ${fields.map(fieldText).join(' · ')}`;
      return `${kind} ${id}${revised} (entry ${sequence})${details}`;
    }),
    moved: shown.map(({ fact, note, before: was, after: is, change }) => [
      fact === null ? noteWords[note] : `${fact.kind} ${fact.id}`,
      figure(was, asset),
      figure(is, asset),
      signed(change, asset),
    ]),
    movedMore: rest > 0 ? `${rest} more are in the full extract.` : isMovedKnown ? '' : notKnown,
  };
}

const notKnown = 'No statement before shows the lines, so which of them moved is not told.';

/** The first sentence of the reading says what is paid for what. */
function readingOf({ sentences }: Why): string {
  return sentences.find((sentence) => !sentence.startsWith('- ')) ?? '';
}

/** The tree of figures, without the facts that the lines below show anyway. */
function treeOf({ parts }: Why): readonly PrintedNode[] {
  const nodes: PrintedNode[] = [];
  const add = ({ label, figure: shown, parts: inner }: WhyNode, depth: number) => {
    if (nodes.length >= nodesMax) return;
    nodes.push({ depth, label: capital(label), figure: minus(shown) });
    for (const part of inner) if (!isFactLeaf(part)) add(part, depth + 1);
  };
  if (parts.length > 1) return [];
  for (const { reason, rows } of parts) {
    add(reason, 0);
    for (const row of rows) add(row, 0);
  }
  return nodes;
}

/** "Deal D-1" with its amount, or "and 25 more Won Deals". */
function isFactLeaf({ label, parts }: WhyNode): boolean {
  return (
    parts.length === 0 && /^(?:and \d+ more\b|[A-Z][\p{L} ]* [^ ]+$)/u.test(label) && !label.includes(' of ')
  );
}

/** A field stays together where a line breaks. */
function fieldText({ name, figure: shown }: FieldShown): string {
  return `${name} ${minus(shown)}`.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');
}

function placeText(section: string, earned: string): string {
  const number = /^\d+(\.\d+)*/.exec(section)?.[0];
  return [number === undefined ? section : `§ ${number}`, earned].filter((text) => text !== '').join(', ');
}

/** "1620.00" of USD → "USD 1,620.00"; of points → "510 Points". */
export function figure(decimal: string, asset: string): string {
  const grouped = minus(groupThousands(decimal));
  return currency(asset) === null ? `${grouped} ${asset}` : `${asset} ${grouped}`;
}

function signed(decimal: string, asset: string): string {
  return decimal.startsWith('-') || isZero(decimal) ? figure(decimal, asset) : figure(`+${decimal}`, asset);
}

function minus(text: string): string {
  return text.replace(/(^|\s)-(?=\d)/g, '$1\u2212');
}

function negated(decimal: string): string {
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}

function isZero(decimal: string): boolean {
  return /^-?0*(\.0*)?$/.test(decimal);
}

function capital(text: string): string {
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}`;
}
