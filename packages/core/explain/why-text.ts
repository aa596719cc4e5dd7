// SPDX-License-Identifier: Apache-2.0
// An explanation as a plain-text tree: words to the left, figures in one column to the right, then the facts.
import type { Program } from '../program/program.ts';
import { amountText, groupThousands } from '../values/asset.ts';
import { isoDay } from '../values/date.ts';
import { alignedLines } from './columns.ts';
import { sectionMark } from './compare-text.ts';
import { listed } from './english.ts';
import { amountFigure, assetOf, quantityFigure } from './figures.ts';
import { foreignRead } from './reading-clause.ts';
import type { Reason } from './reason.ts';
import { voiceOf } from './voice.ts';
import type { Explanation, FactLine, Part } from './why.ts';

/** At most so many facts are listed. */
const linesMax = 40;

/** The whole explanation; the program gives decimals and the types of amounts. */
export function explanationText(program: Program, explanation: Explanation): string {
  const { payee, component, period, section, asset } = explanation;
  const place = section === '' ? '' : ` (${sectionMark(section).replace(/:$/, '')})`;
  const title = `${component}${place} of ${payee}${period === '' ? '' : ` for ${period}`}`;
  const amount = amountFigure(program, explanation.amount, asset);
  const reading = explanation.sentences.filter((sentence) => !sentence.startsWith('- '));
  const blocks = [
    [`${title}: ${amount}${stateWords(explanation)}`],
    wrapped(reading.slice(0, 2).join(' ')),
    treeLines(program, explanation),
    journalLines(program, explanation),
    factLines(program, explanation),
    heldLines(program, explanation),
    waitingLines(explanation),
    attestedLines(program, explanation),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function stateWords({ state }: Explanation): string {
  if (state === 'final') return '';
  return state === 'forecast' ? ' (a forecast: not yet booked)' : ' (provisional: something is waited for)';
}

/** Lines of at most 96 characters. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last === undefined || last.length + word.length >= 96) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return text === '' ? [] : lines;
}

function treeLines(program: Program, explanation: Explanation): readonly string[] {
  const rows = explanation.parts.flatMap((part) => partRows(program, explanation, part));
  const more = explanation.partsMore > 0 ? [[`and ${explanation.partsMore} more`, '']] : [];
  return alignedLines([...rows, ...more], ['left', 'right']);
}

function partRows(program: Program, explanation: Explanation, part: Part): readonly (readonly string[])[] {
  const colon = part.reason.fact === null ? ': ' : ' ';
  const head = part.fact === null ? '' : `${part.fact.kind} ${part.fact.id}${colon}`;
  const rows = reasonRows({ ...part.reason, label: `${head}${part.reason.label}` }, '', '');
  const own = part.rows.flatMap((row) => reasonRows(row, '', ''));
  const isChanged = part.rows.length > 0 && part.exact !== null;
  const type = program.clauses.find(({ id }) => id === explanation.clause)?.amount.type;
  const end =
    isChanged && type !== undefined && part.exact !== null
      ? [['gives', quantityFigure(type, part.exact)]]
      : [];
  return [...rows, ...own, ...end];
}

/** A node, then its parts under branches; what was taken apart above is not taken apart again. */
function reasonRows(
  reason: Reason,
  lead: string,
  stem: string,
  seen = new Set<string>(),
): readonly (readonly string[])[] {
  const key = `${reason.label}\u0000${reason.figure}`;
  const isAgain = reason.parts.length > 0 && seen.has(key);
  seen.add(key);
  if (isAgain) return [[`${lead}${reason.label} (as above)`, reason.figure]];
  const parts = reason.parts.flatMap((part, index) => {
    const isLast = index === reason.parts.length - 1;
    return reasonRows(part, `${stem}${isLast ? '└ ' : '├ '}`, `${stem}${isLast ? '  ' : '│ '}`, seen);
  });
  return [[`${lead}${reason.label}`, reason.figure], ...parts];
}

/** The journal of the wallet: day, what happened, what it changes, and the usable balance after it. */
function journalLines(program: Program, { journal }: Explanation): readonly string[] {
  if (journal === null) return [];
  const { asset, owner, earlier, before, rows } = journal;
  const figure = (amount: bigint) => amountText(amount, assetOf(program, asset));
  const folded =
    earlier === 0 ? [] : [['', `and ${earlier} earlier movements`, '', groupThousands(figure(before))]];
  const shown = rows.map(({ day, words, change, balance }) => [
    isoDay(day),
    words,
    change === 0n ? '' : `${change > 0n ? '+' : ''}${groupThousands(figure(change))}`,
    groupThousands(figure(balance)),
  ]);
  const heads = ['', '', 'change', 'usable'];
  return [
    `Movements of the ${asset} of ${owner}`,
    ...alignedLines([heads, ...folded, ...shown], ['left', 'left', 'right', 'right']).map(
      (line) => `  ${line}`,
    ),
  ];
}

function factLines(program: Program, explanation: Explanation): readonly string[] {
  const { lines } = explanation;
  if (lines.length === 0) return [];
  const shown = lines.slice(0, linesMax).map((line) => {
    const name = line.fact === null ? noteWords[line.note] : `${line.fact.kind} ${line.fact.id}`;
    const others = line.fields.filter(({ figure }) => figure !== explanation.payee);
    const fields = others.map((field) => `${field.name} ${field.figure}`).join(', ');
    return [name, amountFigure(program, line.amount, explanation.asset), fields];
  });
  const rest = lines.length > linesMax ? [`  and ${lines.length - linesMax} more`] : [];
  const aligned = alignedLines(shown, ['left', 'right', 'left']).map((line) => `  ${line}`);
  return ['Borne by', ...aligned, ...rest];
}

const noteWords: Readonly<Record<FactLine['note'], string>> = {
  credit: 'credit',
  minimum: 'up to the minimum',
  cap: 'above the cap',
  adjustment: 'adjustment',
  kept: 'kept, once given',
  return: 'return',
  held: 'held',
  unattributed: 'no single fact',
  taken: 'taken',
};

function heldLines(program: Program, { held, asset }: Explanation): readonly string[] {
  return held === 0n ? [] : [`Earned, but not yet released: ${amountFigure(program, held, asset)}.`];
}

function waitingLines({ waiting }: Explanation): readonly string[] {
  return waiting.map(({ name, of }) => `Waits for ${name} of ${of}.`);
}

function attestedLines(program: Program, { attested }: Explanation): readonly string[] {
  const words = attested.map((read) => foreignRead(voiceOf(program), read));
  return words.length === 0 ? [] : [`Attested, since it concerns others: ${listed(words)}.`];
}
