// SPDX-License-Identifier: Apache-2.0
// Text → document: sections, blanks and statements in the order of the text, each with its exact place. Never throws for
// any text; what is wrong comes back as diagnostics, and what could be read comes back as the tree.
import type { Diagnostic, Span } from '../program/diagnostic.ts';
import { checkParagraph, statementBlock } from './check-fences.ts';
import { blankName, type FoundBlank, findBlanks, readBlank, withoutBlanks } from './find-blanks.ts';
import { documentLengthMax, statementsMax } from './limits.ts';
import { type Piece, piecesOf } from './markdown.ts';
import { parseBlock } from './parse-block.ts';
import { parseMatrix } from './parse-matrix.ts';
import { openReading, type Reading } from './reading.ts';
import type { BlankTree, DocumentTree, SectionTree, StatementInDocument } from './tree.ts';
import { checkWords } from './words-missing.ts';

export interface ParsedDocument {
  readonly tree: DocumentTree;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a document. `source` is the name of the file in every place; "" when there is only one. */
export function parseDocument(text: string, source: string): ParsedDocument {
  const reading = openReading(text, source);
  if (text.length > documentLengthMax) {
    reportSize(reading, text.length, 'characters', documentLengthMax);
    return { tree: emptyTree(reading), diagnostics: reading.diagnostics };
  }
  const found = findBlanks(text);
  const pieces = piecesOf(withoutBlanks(text, found));
  const sections = sectionsOf(reading, pieces);
  const statements: StatementInDocument[] = [];
  const blocks: Span[] = [];
  const live = liveBlanks(found, pieces);
  for (const piece of pieces) {
    if (piece.kind === 'paragraph') checkParagraph(reading, piece);
    if (piece.kind !== 'code') continue;
    const fence = statementBlock(reading, piece);
    if (fence === null) continue;
    blocks.push(reading.span(fence.start, fence.end));
    const section = sectionAt(sections, piece.start);
    for (const statement of parseBlock(reading, fence.start, fence.end, fence.margin)) {
      statements.push({ statement, section });
    }
  }
  const blanks: BlankTree[] = [];
  for (const { blank, around } of live) {
    const section = sectionAt(sections, blank.start);
    if (blank.value !== 'table') {
      const read = readBlank(reading, blank, around, section);
      if (read !== null) blanks.push(read);
      continue;
    }
    const matrix = matrixAfter(reading, blank, pieces, found);
    if (matrix !== null) statements.push({ statement: matrix, section });
  }
  statements.sort((one, other) => one.statement.at.start.offset - other.statement.at.start.offset);
  if (statements.length > statementsMax) reportSize(reading, statements.length, 'statements', statementsMax);
  checkWords(reading, statements);
  const title = sections.find(({ depth }) => depth === 1)?.heading ?? '';
  const kept = statements.slice(0, statementsMax);
  const tree = { ...emptyTree(reading), title, sections, blanks, statements: kept, blocks };
  return { tree, diagnostics: byPlace(reading.diagnostics) };
}

function emptyTree(reading: Reading): DocumentTree {
  const { source, text } = reading;
  const at = reading.span(0, text.length);
  return { source, text, title: '', sections: [], blanks: [], statements: [], blocks: [], at };
}

function reportSize(reading: Reading, count: number, unit: string, limit: number): void {
  reading.report('document_too_large', reading.span(0, 0), {
    count: String(count),
    unit,
    limit: String(limit),
  });
}

function byPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((one, other) => one.at.start.offset - other.at.start.offset);
}

/** A section for every heading, and one without a heading for what stands before the first. */
function sectionsOf(reading: Reading, pieces: readonly Piece[]): readonly SectionTree[] {
  const headings = pieces.filter((piece) => piece.kind === 'heading');
  const first = headings[0]?.start ?? reading.text.length;
  const hasPreface = headings.length === 0 || reading.text.slice(0, first).trim() !== '';
  const preface = hasPreface ? [{ heading: '', depth: 0, at: reading.span(0, first) }] : [];
  return [
    ...preface,
    ...headings.map(({ depth, start, end }, index) => ({
      heading: headingText(reading.text.slice(start, end)),
      depth,
      at: reading.span(start, headings[index + 1]?.start ?? reading.text.length),
    })),
  ];
}

function headingText(written: string): string {
  return written
    .replace(/^#+[ \t]*/, '')
    .replace(/(?:^|[ \t]+)#+[ \t]*$/, '')
    .replace(/(?:\r\n|\n|\r)[ \t]*[=-]+[ \t]*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function sectionAt(sections: readonly SectionTree[], offset: number): number {
  let low = 0;
  let high = sections.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sections[middle]?.at.start.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

interface LiveBlank {
  readonly blank: FoundBlank;
  /** The table around it, if it stands in one. */
  readonly around: Piece | undefined;
}

/** The blanks that stand in prose or tables: those in code and HTML are only shown. */
function liveBlanks(found: readonly FoundBlank[], pieces: readonly Piece[]): readonly LiveBlank[] {
  const hiding = pieces.filter(({ kind }) => kind === 'code' || kind === 'inline code' || kind === 'html');
  const tables = pieces.filter(({ kind }) => kind === 'table');
  const live: LiveBlank[] = [];
  let hidden = 0;
  let table = 0;
  for (const blank of found) {
    while ((hiding[hidden]?.end ?? Number.POSITIVE_INFINITY) <= blank.start) hidden++;
    while ((tables[table]?.end ?? Number.POSITIVE_INFINITY) <= blank.start) table++;
    if ((hiding[hidden]?.start ?? Number.POSITIVE_INFINITY) < blank.end) continue;
    const around = tables[table];
    live.push({ blank, around: around !== undefined && around.start <= blank.start ? around : undefined });
  }
  return live;
}

function matrixAfter(
  reading: Reading,
  caption: FoundBlank,
  pieces: readonly Piece[],
  blanks: readonly FoundBlank[],
): ReturnType<typeof parseMatrix> | null {
  const name = blankName(reading, caption);
  const table = pieces.find((piece) => piece.kind === 'table' && piece.start >= caption.end);
  const between = table === undefined ? 'none' : reading.text.slice(caption.end, table.start);
  if (table?.kind !== 'table' || !/^\s*$/.test(between)) {
    reading.report('table_missing', reading.span(caption.start, caption.end), { name: caption.name });
    return null;
  }
  if (name === null) return null;
  const within = blanks.filter(({ start, end }) => start >= table.start && end <= table.end);
  return parseMatrix(reading, {
    name,
    start: caption.start,
    end: table.end,
    rows: table.rows,
    blanks: within,
  });
}
