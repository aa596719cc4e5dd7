// SPDX-License-Identifier: Apache-2.0
// What of CommonMark matters to an agreement: headings, code blocks, tables, paragraphs, each with its offsets. Links and
// emphasis are not read; blanks arrive masked, so Markdown cannot take them for links.
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { shortened } from './shorten.ts';

export interface Region {
  readonly start: number;
  readonly end: number;
}
export type Piece = Region &
  (
    | { readonly kind: 'heading'; readonly depth: number }
    | { readonly kind: 'code'; readonly language: string | null; readonly isNested: boolean }
    | { readonly kind: 'table'; readonly rows: readonly (readonly Region[])[] }
    | { readonly kind: 'paragraph' | 'inline code' | 'html' }
  );

/** Constructs that only change how prose looks; without them reading is faster and blanks are safe. */
const disabled = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'definition',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
];

/** The pieces of a text in document order; those inside lists and quotations too. */
export function piecesOf(text: string): readonly Piece[] {
  const { text: short, offset } = shortened(text);
  const moved = ({ start, end }: Region): Region => ({ start: offset(start), end: offset(end) });
  return piecesOfWhole(short).map((piece) => {
    if (piece.kind !== 'table') return { ...piece, ...moved(piece) };
    return { ...piece, ...moved(piece), rows: piece.rows.map((row) => row.map(moved)) };
  });
}

/** The same without leaving anything out; slower. */
export function piecesOfWhole(text: string): readonly Piece[] {
  const root = fromMarkdown(text, {
    extensions: [gfmTable(), { disable: { null: disabled } }],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const pieces: Piece[] = [];
  const open: { readonly node: Nodes; readonly isNested: boolean }[] = [{ node: root, isNested: false }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { node, isNested } = item;
    const piece = pieceOf(node, isNested);
    if (piece !== null) pieces.push(piece);
    if (!('children' in node) || node.type === 'heading') continue;
    const isContainer = node.type === 'blockquote' || node.type === 'list';
    for (const child of [...node.children].reverse())
      open.push({ node: child, isNested: isNested || isContainer });
  }
  return pieces;
}

function pieceOf(node: Nodes, isNested: boolean): Piece | null {
  const region = regionOf(node);
  switch (node.type) {
    case 'heading':
      return { kind: 'heading', depth: node.depth, ...region };
    case 'code':
      return { kind: 'code', language: node.lang ?? null, isNested, ...region };
    case 'table':
      return { kind: 'table', rows: node.children.map((row) => row.children.map(regionOf)), ...region };
    case 'paragraph':
      return { kind: 'paragraph', ...region };
    case 'inlineCode':
      return { kind: 'inline code', ...region };
    case 'html':
      return { kind: 'html', ...region };
    default:
      return null;
  }
}

function regionOf(node: Nodes): Region {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}
