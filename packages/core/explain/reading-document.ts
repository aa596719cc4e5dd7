// SPDX-License-Identifier: Apache-2.0
// The agreement as Markdown with its reading: under every fenced block stands a quotation that says the same in
// sentences. Words and formulas stay as they are, byte for byte; only quotations are added.
import type { DocumentTree } from '../language/tree.ts';
import type { Span } from '../program/diagnostic.ts';
import type { Program } from '../program/program.ts';
import { readRules, readStatements, type StatementReading } from './reading.ts';

/** The document with a reading under each block; a block without anything to read (only examples) gets none. */
export function readDocument(tree: DocumentTree, program: Program): string {
  const readings = readStatements(program);
  let text = '';
  let done = 0;
  for (const block of tree.blocks) {
    const end = endOfFence(tree.text, block.end.offset);
    text += tree.text.slice(done, end);
    done = end;
    const quote = quotation(sentencesOf(tree, program, block, readings));
    if (quote !== '') text += `${text.endsWith('\n') ? '' : '\n'}\n${quote}`;
  }
  return text + tree.text.slice(done);
}

/** The offset behind the line of the closing fence. */
function endOfFence(text: string, contentEnd: number): number {
  const fence = text.indexOf('```', Math.max(0, contentEnd - 1));
  if (fence < 0) return text.length;
  const lineEnd = text.indexOf('\n', fence);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

/** Paragraphs of one block: one for each statement, then one for its policies. */
function sentencesOf(
  tree: DocumentTree,
  program: Program,
  block: Span,
  readings: readonly StatementReading[],
): readonly (readonly string[])[] {
  const isWithin = (at: Span) => at.start.offset >= block.start.offset && at.start.offset < block.end.offset;
  const paragraphs = readings.filter(({ at }) => isWithin(at)).map(paragraphOf);
  const policies = tree.statements.filter(
    ({ statement }) => statement.kind === 'policy' && isWithin(statement.at),
  );
  return policies.length === 0 ? paragraphs : [...paragraphs, readRules(program)];
}

function paragraphOf(reading: StatementReading): readonly string[] {
  if (reading.kind !== 'clause' && reading.kind !== 'settlement') return reading.sentences;
  const [first = '', ...rest] = reading.sentences;
  return [`**${reading.name}.** ${first}`, ...rest];
}

/** Sentences flow together; items of a list stand on lines of their own. */
export function quotation(paragraphs: readonly (readonly string[])[]): string {
  const blocks = paragraphs.filter((sentences) => sentences.length > 0).map(flow);
  if (blocks.length === 0) return '';
  const lines = blocks.join('\n\n').split('\n');
  return `${lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')}\n`;
}

function flow(sentences: readonly string[]): string {
  let text = '';
  let isList = false;
  for (const one of sentences) {
    const isItem = one.startsWith('- ');
    if (text === '') text = one;
    else if (isItem) text += isList ? `\n${one}` : `\n\n${one}`;
    else text += isList ? `\n\n${one}` : ` ${one}`;
    isList = isItem;
  }
  return text;
}
