// SPDX-License-Identifier: Apache-2.0
// Formulas that would silently be prose: indented, untagged, in a block with a mistyped tag or inside a quotation; and fences
// that never close.
import type { Piece } from './markdown.ts';
import { nearest } from './nearest.ts';
import type { Reading } from './reading.ts';

/** The tag of fenced blocks whose statements count. */
export const blockTag = 'rapport';

const name = '\\p{Lu}[\\p{L}\\p{N}]*(?: \\p{Lu}[\\p{L}\\p{N}]*)*';
/** Statements that nobody writes as prose by chance. */
const certain = new RegExp(
  `^(?:${name} (?:pays|issues|grants|moves|settles)\\b.*["“].*["”].*:|table ${name}, |example ["“].*:|status ${name} of a |each ${name} has .*; counts on )`,
  'u',
);
/** Statements as they stand in a block of code, where prose is rare. */
const likely = new RegExp(
  `^(?:party|parties|things|asset) ${name}|^each ${name} has |^an? ${name} is (?:an? |the (?:first|last) )${name}|^${name} of an? ${name} (?:is|are|in) `,
  'u',
);

/** Offsets of the contents of a fenced block, and how far its fence is indented. */
export interface Fence {
  readonly start: number;
  readonly end: number;
  readonly margin: number;
}

/** The block of statements that this piece is; null when it is none. Reports what keeps it from being one. */
export function statementBlock(reading: Reading, piece: Extract<Piece, { kind: 'code' }>): Fence | null {
  const written = reading.text.slice(piece.start, piece.end);
  const opening = /^(`{3,}|~{3,})/.exec(written)?.[1];
  if (opening === undefined) return reportLines(reading, piece, 'it is indented and not in a fenced block');
  const firstLineEnd = /\r\n|\n|\r/.exec(written);
  const contents = firstLineEnd === null ? written.length : firstLineEnd.index + firstLineEnd[0].length;
  const closing = new RegExp(`(?:^|[\\r\\n])[ \\t>]*\\${opening[0]}{${opening.length},}[ \\t]*$`).exec(
    written.slice(contents),
  );
  const tag = piece.language ?? '';
  if (closing === null && tag === blockTag) {
    const at = reading.span(piece.start, piece.start + Math.max(3, firstLineEnd?.index ?? written.length));
    reading.report('fence_not_closed', at, { fence: `${opening}${tag}`, close: opening });
  }
  const fence = {
    start: piece.start + contents,
    end: closing === null ? piece.end : piece.start + contents + closing.index,
    margin: lineIndent(reading.text, piece.start),
  };
  if (tag === blockTag && !piece.isNested) return fence;
  if (tag === blockTag) return reportLines(reading, fence, 'its block stands inside a list or a quotation');
  if (tag === '') return reportLines(reading, fence, 'its block has no tag');
  const isSlip = tag.toLowerCase() === blockTag || nearest(tag, [blockTag]) !== null;
  return isSlip ? reportLines(reading, fence, `its block has the tag "${tag}"`) : null;
}

function lineIndent(text: string, offset: number): number {
  return /[^\r\n]*$/.exec(text.slice(Math.max(0, offset - 4), offset))?.[0].length ?? 0;
}

function reportLines(
  reading: Reading,
  region: { readonly start: number; readonly end: number },
  where: string,
): null {
  reportFirst(reading, region, where, (line) => certain.test(line) || likely.test(line));
  return null;
}

/** Reports a paragraph one of whose lines is certainly a statement. */
export function checkParagraph(reading: Reading, piece: Piece): void {
  reportFirst(reading, piece, 'it stands in a paragraph', (line) => certain.test(line));
}

function reportFirst(
  reading: Reading,
  region: { readonly start: number; readonly end: number },
  where: string,
  isStatement: (line: string) => boolean,
): void {
  for (const match of reading.text.slice(region.start, region.end).matchAll(/[^\r\n]+/g)) {
    const line = match[0]
      .slice(0, 2000)
      .replace(/^[\s>]+/, '')
      .trimEnd();
    if (!isStatement(line)) continue;
    const start = region.start + match.index + match[0].indexOf(line);
    reading.report('formula_not_fenced', reading.span(start, start + line.length), { line, where });
    return;
  }
}
