// SPDX-License-Identifier: Apache-2.0
// Sections whose prose differs while nothing in them means something else: "wording only". They need a new signature,
// since the signed bytes are the words, but they change nobody's pay.
import type { DocumentTree, SectionTree } from '../language/tree.ts';
import type { Change } from './compare.ts';

/** A change of words for each section whose text differs and whose heading no change of meaning names. */
export function compareWords(
  before: DocumentTree,
  after: DocumentTree,
  changes: readonly Change[],
): readonly Change[] {
  const old = sectionTexts(before);
  const now = sectionTexts(after);
  const isMeant = (heading: string) => changes.some(({ section }) => section === heading);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((heading) => {
    const from = old.get(heading);
    const to = now.get(heading);
    if (from === to || isMeant(heading)) return [];
    const what = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    return [{ area: 'words', what, name: heading, section: heading, before: [], after: [] } as const];
  });
}

/** The prose of each section without its blocks and blanks, spaces evened out. */
function sectionTexts(tree: DocumentTree): ReadonlyMap<string, string> {
  return new Map(tree.sections.map((section, index) => [section.heading, proseOf(tree, section, index)]));
}

function proseOf(tree: DocumentTree, section: SectionTree, index: number): string {
  const start = section.at.start.offset;
  const next = tree.sections[index + 1]?.at.start.offset ?? tree.text.length;
  const text = tree.text.slice(start, next);
  return text
    .replace(/```rapport\n[\s\S]*?```/g, '')
    .replace(/\[[^\]]* : ([^\]]+)\]/g, '[$1]')
    .replace(/\s+/g, ' ')
    .trim();
}
