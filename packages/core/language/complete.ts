// SPDX-License-Identifier: Apache-2.0
// What can be written at a place, for an editor: the words that the grammar takes there, asked of the parser itself on the
// text before the cursor, and the names of the document that fit. Works in broken text and never throws.
import { Cursor, type Wanted } from './cursor.ts';
import type { DeclaredName } from './declared-names.ts';
import { namesWanted } from './names-wanted.ts';
import { blocksIn, namesIn } from './open-text.ts';
import { linesBetween, policyKeys, statementsOf, tokensOf } from './parse-block.ts';
import { statement } from './parse-statement.ts';
import { policySentences } from './policy-sentences.ts';
import { openReading, type Reading } from './reading.ts';
import type { Token } from './token.ts';

/** One thing that can stand at the cursor: `insert` replaces the text between the offsets `from` and `to`. */
export interface Completion {
  readonly label: string;
  readonly kind: 'word' | 'name' | 'statement' | 'row' | 'policy' | 'blank';
  readonly insert: string;
  readonly detail: string;
  readonly from: number;
  readonly to: number;
}

type Proposal = Pick<Completion, 'label' | 'kind' | 'detail'> & { readonly insert?: string };

/** Statements by their first words, each with its form. */
const statementForms: readonly (readonly [string, string])[] = [
  ['party', 'party Company'],
  ['parties', 'parties Representatives, Managers'],
  ['things', 'things Customers'],
  ['asset', 'asset Points, whole'],
  ['each', 'each Deal has Amount (USD), Closed (date); counts on Closed'],
  ['a', 'a Won Deal is a Deal whose Stage is "Won"'],
  ['table', 'table Rates, each slice at its own rate:'],
  ['status', 'status Tier of a Member, by Spend:'],
  ['the', 'the Manager decides Score of each Representative each quarter (percent) within …'],
  ['example', 'example "title":'],
];

/** What can be written at the offset; what fits the letters already there, nearest kinds first. */
export function completionsAt(text: string, offset: number): readonly Completion[] {
  const to = Math.max(0, Math.min(text.length, Math.trunc(offset) || 0));
  const blocks = blocksIn(text);
  const block = blocks.find(({ start, end }) => start <= to && to <= end);
  if (block === undefined) return inProse(text, to, () => namesIn(text, blocks));
  const lineStart = Math.max(block.start, startOfLine(text, to));
  const written = text.slice(lineStart, to);
  const key = /^[ \t]*([a-z]+(?: [a-z]+)*)[ \t]*:[ \t]*/.exec(written);
  const sentences = policySentences[key?.[1] ?? ''];
  if (key !== null && sentences !== undefined) {
    const found = sentences.map((label) => ({ label, kind: 'policy', detail: key[1] ?? '' }) as const);
    return fitting(found, written.slice(key[0].length), to);
  }
  if (isInsideText(written)) return [];
  const names = namesIn(text, blocks);
  const run = /(?:\p{Lu}[\p{L}\p{N}_’'-]*[ \t]+)*(?:\p{Lu}[\p{L}\p{N}_’'-]*)?$/u.exec(written)?.[0] ?? '';
  const word = /[\p{L}\p{N}_’'-]*$/u.exec(written)?.[0] ?? '';
  const asName = proposals(text, block, lineStart, to - run.length, names).filter(isNameLike);
  const asWord = proposals(text, block, lineStart, to - word.length, names);
  const both = [...(run === word ? [] : fitting(asName, run, to)), ...fitting(asWord, word, to)];
  return both.filter(
    ({ label, from }, index) => both.findIndex((one) => one.label === label && one.from === from) === index,
  );
}

function isNameLike({ kind }: Proposal): boolean {
  return kind === 'name' || kind === 'blank';
}

function fitting(found: readonly Proposal[], prefix: string, to: number): readonly Completion[] {
  const start = prefix.toLowerCase();
  return found
    .filter(({ label }) => label.toLowerCase().startsWith(start) && label.length > prefix.length)
    .map((one) => ({ ...one, insert: one.insert ?? one.label, from: to - prefix.length, to }));
}

function startOfLine(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function isInsideText(written: string): boolean {
  return (written.match(/["“”„]/g) ?? []).length % 2 === 1;
}

function inProse(text: string, to: number, names: () => readonly DeclaredName[]): readonly Completion[] {
  const written = text.slice(startOfLine(text, to), to);
  const open = /\[([^[\]]*)$/.exec(written)?.[1];
  if (open === undefined) {
    const fence = '```rapport';
    const isStart = written.length > 0 && fence.startsWith(written);
    const found = {
      label: fence,
      kind: 'statement',
      detail: 'a block of statements',
      insert: `${fence}\n\n\`\`\``,
    } as const;
    return isStart ? fitting([found], written, to) : [];
  }
  const name = /(?:^|\s):\s+(.*)$/.exec(open)?.[1];
  if (name === undefined) return [];
  const known = new Set(names().map(({ text: one }) => one));
  const unknown = namesUsed(text).filter((one) => !known.has(one));
  return fitting(
    unknown.map((label) => ({ label, kind: 'blank', detail: 'used in formulas, not declared yet' })),
    name,
    to,
  );
}

/** The names that stand in the statements, each once. */
function namesUsed(text: string): readonly string[] {
  const reading = quiet(text);
  const found = blocksIn(text).flatMap(({ start, end, margin }) =>
    statementsOf(linesBetween(text, start, end, margin)).flatMap((lines) =>
      tokensOf(reading, lines).flatMap((token) => (token.kind === 'name' ? [token.text] : [])),
    ),
  );
  return [...new Set(found)];
}

function quiet(text: string): Reading {
  return { ...openReading(text, ''), report: () => undefined };
}

/** Everything that may start at the offset, in a block whose line starts at `lineStart`. */
function proposals(
  text: string,
  block: { readonly start: number; readonly margin: number },
  lineStart: number,
  from: number,
  names: readonly DeclaredName[],
): readonly Proposal[] {
  const onLine = text.slice(lineStart, from);
  const isNewLine = onLine.trim() === '';
  const isDeep = isNewLine && onLine.length > block.margin;
  if (isNewLine && !isDeep) return statementStarts(names);
  const reading = quiet(text.slice(0, from));
  const lines = statementsOf(linesBetween(reading.text, block.start, from, block.margin)).at(-1);
  if (lines === undefined) return statementStarts(names);
  const tokens = [...tokensOf(reading, lines)];
  const hasHead = tokens.some(({ kind, text: sign }) => kind === 'sign' && sign === ':');
  const isRow = isDeep && hasHead;
  if (isRow) tokens.splice(-1, 0, { kind: 'row', text: '', at: reading.span(from, from) });
  const wanted: Wanted = { words: new Set(), names: new Set() };
  statement(new Cursor(reading, tokens, wanted));
  const fit = namesWanted(wanted, tokens, names).map(asProposal);
  const kind = isRow ? 'row' : 'word';
  return [...fit, ...wordsOf(wanted, tokens).map((label) => ({ label, kind, detail: '' }) as const)];
}

function asProposal(name: DeclaredName): Proposal {
  const label = name.sort === 'clause' ? `"${name.text}"` : name.text;
  return { label, kind: name.sort === 'blank' ? 'blank' : 'name', detail: name.detail };
}

function statementStarts(names: readonly DeclaredName[]): readonly Proposal[] {
  const parties = names.filter(({ sort }) => sort === 'party').map(asProposal);
  const forms = statementForms.map(([label, detail]) => ({ label, kind: 'statement', detail }) as const);
  const keys = policyKeys.map((key) => {
    const detail = policySentences[key]?.[0] ?? '';
    return { label: `${key}:`, kind: 'policy', detail, insert: `${key}: ` } as const;
  });
  return [...parties, ...forms, ...keys];
}

/** Our words as they are written, without bare signs. */
function wordsOf({ words }: Wanted, tokens: readonly Token[]): readonly string[] {
  const last = tokens.at(-2);
  return [...words]
    .map((phrase) => phrase.replace(/ ([,:;)])/g, '$1'))
    .filter((phrase) => /[a-z]/.test(phrase) && !(last?.kind === 'sign' && phrase.startsWith(',')));
}
