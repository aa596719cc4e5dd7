// SPDX-License-Identifier: Apache-2.0
// A document as an editor holds it: its blocks and blanks found by lines alone, so that it takes little time and works
// while a fence or a bracket is still open.

import type { Fence } from './check-fences.ts';
import { type DeclaredName, declaredNames } from './declared-names.ts';
import { findBlanks, readBlank } from './find-blanks.ts';
import { parseBlock } from './parse-block.ts';
import { openReading, type Reading } from './reading.ts';

/** The fenced blocks of statements; one that is not closed goes on to the end. */
export function blocksIn(text: string): readonly Fence[] {
  const blocks: Fence[] = [];
  let open: {
    readonly fence: string;
    readonly tag: string;
    readonly start: number;
    readonly margin: number;
  } | null = null;
  for (const match of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)) {
    const [line] = match;
    const found = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\s`]*)/.exec(line);
    if (found === null) continue;
    const [, indent = '', fence = '', tag = ''] = found;
    if (open === null) {
      open = { fence, tag, start: match.index + line.length, margin: indent.length };
    } else if (fence[0] === open.fence[0] && fence.length >= open.fence.length && tag === '') {
      if (open.tag === 'rapport') blocks.push({ start: open.start, end: match.index, margin: open.margin });
      open = null;
    }
  }
  if (open?.tag === 'rapport') blocks.push({ start: open.start, end: text.length, margin: open.margin });
  return blocks;
}

/** Every name that the text declares, whatever else is wrong with it. */
export function namesIn(text: string, blocks: readonly Fence[]): readonly DeclaredName[] {
  const reading: Reading = { ...openReading(text, ''), report: () => undefined };
  const statements = blocks.flatMap(({ start, end, margin }) => parseBlock(reading, start, end, margin));
  const blanks = findBlanks(text).flatMap((found) => {
    const blank = found.value === 'table' ? null : readBlank(reading, found, undefined, 0);
    return blank === null ? [] : [blank];
  });
  const captions = findBlanks(text).flatMap((found) => {
    if (found.value !== 'table') return [];
    const at = reading.span(found.start, found.end);
    const name = { text: found.name, at };
    return [{ kind: 'matrix', name, rows: [], columns: [], cells: [], at } as const];
  });
  return declaredNames([...statements, ...captions], blanks);
}
