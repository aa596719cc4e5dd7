// SPDX-License-Identifier: Apache-2.0
// What is signed: the whole text of an agreement (prose, blanks with their values, formulas, fact declarations,
// worked examples) and the version of the semantics it is written for. The bytes come from the text alone, never from
// what a compiler makes of it, so that a better compiler changes no signature.

import { concatenated, hex, utf8 } from './bytes.ts';
import { canonicalDataBytes } from './canonical.ts';
import { sha256 } from './sha256.ts';

/** The text in its one form: no byte order mark, line feeds only, one at the end. Words are never changed. */
export function canonicalDocument(text: string): string {
  const lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  return `${lines.replace(/\n+$/, '')}\n`;
}

export interface SignedText {
  readonly text: string;
  /** Version of the semantics. */
  readonly semantics: number;
}

/** The bytes that are signed: one line of data about them, then the text. */
export function canonicalBytes({ text, semantics }: SignedText): Uint8Array {
  const head = canonicalDataBytes({ format: 'rapport agreement', semantics });
  return concatenated(head, utf8(`\n${canonicalDocument(text)}`));
}

/** SHA-256 of the signed bytes, as 64 hexadecimal digits: the identity of a version of an agreement. */
export function agreementHash(signed: SignedText): string {
  return hex(sha256(canonicalBytes(signed)));
}

/** The prose under each heading (as printed, without its marks), its formulas left out and its blanks as names. */
export function proseBySection(text: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let title = '';
  let fence: string | null = null;
  for (const line of canonicalDocument(text).split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line);
    if (heading !== null) {
      title = heading[1] ?? '';
      if (!sections.has(title)) sections.set(title, '');
      continue;
    }
    sections.set(title, `${sections.get(title) ?? ''}${withoutValues(line)}\n`);
  }
  return new Map([...sections].map(([name, prose]) => [name, prose.replace(/\s+/g, ' ').trim()]));
}

/** `[5% : Base Rate]` → `[Base Rate]`: another value is another formula, not another wording. */
function withoutValues(line: string): string {
  return line.replace(/\[[^[\]]* : ([^[\]:]+)\]/g, '[$1]');
}
