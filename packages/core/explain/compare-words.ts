// SPDX-License-Identifier: Apache-2.0
// Sections whose prose differs while nothing in them means something else: "wording only". They need a new signature,
// since the signed bytes are the words, but they change nobody's pay.
import { proseBySection } from '../proof/document.ts';
import type { Change } from './compare.ts';

/** A change of words for each section whose prose differs and whose heading no change of meaning names. */
export function compareWords(before: string, after: string, changes: readonly Change[]): readonly Change[] {
  const old = proseBySection(before);
  const now = proseBySection(after);
  const isMeant = (heading: string) => changes.some(({ section }) => section === heading);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((heading) => {
    const from = old.get(heading);
    const to = now.get(heading);
    if (from === to || isMeant(heading)) return [];
    const what = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    const name = heading === '' ? 'before the first heading' : heading;
    return [{ area: 'words', what, name, section: heading, before: [], after: [] } as const];
  });
}
