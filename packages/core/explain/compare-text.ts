// SPDX-License-Identifier: Apache-2.0
// Differences between versions as plain text: changes grouped by kind, then what they are worth.
import type { Program } from '../program/program.ts';
import { alignedLines } from './columns.ts';
import type { Change, ChangeArea } from './compare.ts';
import type { NamedMovement, PayChange } from './compare-pay.ts';
import { counted, pluralOf } from './english.ts';
import { amountFigure } from './figures.ts';

const areaNames: Readonly<Record<ChangeArea, string>> = {
  blank: 'Blanks',
  asset: 'Assets',
  party: 'Parties and things',
  fact: 'Facts',
  kind: 'Kinds of fact',
  value: 'Named values',
  table: 'Tables',
  status: 'Statuses',
  decision: 'Decisions',
  clause: 'Clauses',
  settlement: 'Settlements',
  burn: 'Use of points',
  rule: 'Rules',
  example: 'Worked examples',
  words: 'Wording only (nobody’s pay changes)',
};

/** The changes as text; one sentence when there are none. */
export function changesText(changes: readonly Change[]): string {
  if (changes.length === 0) return 'The two versions mean the same.\n';
  const areas = (Object.keys(areaNames) as ChangeArea[]).filter((area) =>
    changes.some((one) => one.area === area),
  );
  const blocks = areas.map((area) => {
    const lines = changes.filter((one) => one.area === area).flatMap(changeLines);
    return `${areaNames[area]}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
  });
  return blocks.join('\n');
}

function changeLines(change: Change): readonly string[] {
  const place = change.section === null ? '' : `${sectionMark(change.section)} `;
  if (change.area === 'words')
    return [change.what === 'changed' ? change.name : `${change.name}: ${change.what}`];
  const isShort = change.area === 'blank' || change.area === 'asset';
  if (isShort && change.what === 'changed')
    return [`${place}${change.name} ${change.before.join('')} → ${change.after.join('')}`];
  if (isShort)
    return [`${place}${change.name} ${[...change.before, ...change.after].join('')}: ${change.what}`];
  return [
    `${place}${change.name}: ${change.what}`,
    ...change.before.map((line) => `  − ${line.replace(/^- /, '')}`),
    ...change.after.map((line) => `  + ${line.replace(/^- /, '')}`),
  ];
}

/** "2. Commission" → "§2", "Commission" → "Commission:". */
export function sectionMark(heading: string): string {
  const number = /^(\d+(?:\.\d+)*)/.exec(heading)?.[1];
  return number === undefined ? `${heading}:` : `§${number}`;
}

/** At most so many payees are listed on either side. */
const payeesMax = 10;

/** What the change is worth: in all, by component, and for whom. */
export function payChangeText(program: Program, pay: PayChange): string {
  const moved = pay.components.filter(({ difference }) => difference !== 0n);
  if (moved.length === 0 && pay.cells.length === 0) return 'On these facts nobody’s pay changes.\n';
  const rows = [
    ...pay.components.map((one) => movementRow(program, one, one.name)),
    ...pay.totals.map((one) => movementRow(program, one, 'In all')),
  ];
  const table = alignedLines(
    [['', 'before', 'after', 'difference'], ...rows],
    ['left', 'right', 'right', 'right'],
  );
  const people = `${counted(pay.gaining, 'payee')} ${pay.gaining === 1 ? 'gains' : 'gain'}, ${counted(pay.losing, 'payee')} ${pay.losing === 1 ? 'loses' : 'lose'}, ${pay.unchanged} as before.`;
  return [
    ...table,
    '',
    people,
    ...listOf(
      program,
      'Gain most',
      pay.payees.filter(({ difference }) => difference > 0n),
    ),
    ...listOf(program, 'Lose most', pay.payees.filter(({ difference }) => difference < 0n).reverse()),
    '',
  ].join('\n');
}

function movementRow(program: Program, one: NamedMovement, name: string): readonly string[] {
  return [
    name,
    amountFigure(program, one.before, one.asset),
    amountFigure(program, one.after, one.asset),
    signedFigure(program, one.difference, one.asset),
  ];
}

/** "+ USD 10.00", "− USD 10.00", "0". */
export function signedFigure(program: Program, minor: bigint, asset: string): string {
  if (minor === 0n) return '0';
  return `${minor > 0n ? '+' : '−'} ${amountFigure(program, minor < 0n ? -minor : minor, asset)}`;
}

function listOf(program: Program, title: string, payees: readonly NamedMovement[]): readonly string[] {
  if (payees.length === 0) return [];
  const rows = payees.slice(0, payeesMax).map((one) => movementRow(program, one, one.name));
  const rest = payees.length - rows.length;
  const more = rest > 0 ? [`  and ${rest} more ${rest === 1 ? 'payee' : pluralOf('payee')}`] : [];
  return [
    '',
    title,
    ...alignedLines(rows, ['left', 'right', 'right', 'right']).map((line) => `  ${line}`),
    ...more,
  ];
}
