// SPDX-License-Identifier: Apache-2.0
// Two hashes per clause. `meaning` covers its formula and all that it depends on, blanks with their values included;
// `wording` covers its name and the prose of its section. A change of wording alone leaves the meaning as it was, and
// places in the text, numbers of variables and declarations that it does not use leave both.

import type { Clause, Settlement } from '../program/clause.ts';
import type { Program } from '../program/program.ts';
import { hex } from './bytes.ts';
import { canonicalDataBytes } from './canonical.ts';
import { proseBySection } from './document.ts';
import { sha256 } from './sha256.ts';

export interface ClauseHash {
  /** Clause or settlement id. */
  readonly clause: string;
  readonly component: string;
  readonly meaning: string;
  readonly wording: string;
}

/** Of every clause and settlement, in the order of the program. */
export function clauseHashes(program: Program, text: string): readonly ClauseHash[] {
  const prose = proseBySection(text);
  return [...program.clauses, ...program.settlements].map((clause) => ({
    clause: clause.id,
    component: clause.name,
    meaning: hashOf(meaningOf(program, clause)),
    wording: hashOf([clause.name, clause.section, prose.get(clause.section) ?? '']),
  }));
}

function hashOf(data: unknown): string {
  return hex(sha256(canonicalDataBytes(data)));
}

type Named = { readonly id: string } & Readonly<Record<string, unknown>>;

/** The clause and every declaration that it reaches, sorted by id, without what is mere place or wording. */
function meaningOf(program: Program, clause: Clause | Settlement): unknown {
  const declarations = new Map(declarationsOf(program).map((declared) => [declared.id, declared]));
  const reached = new Map<string, Named>([[clause.id, clause as unknown as Named]]);
  const words = new Set<string>();
  collectWords(bare(clause), words);
  // The set of words grows until nothing new is reached; a field counts only when something names it.
  for (let before = -1; before !== words.size + reached.size; ) {
    before = words.size + reached.size;
    for (const [id, declared] of declarations) if (words.has(id)) reached.set(id, declared);
    for (const declared of reached.values()) collectWords(bare(withUsedFields(declared, words)), words);
  }
  const { calendar, zone, amendments, proration, attribution } = program.policies;
  return {
    semantics: program.semantics,
    policies: { calendar, zone, amendments, proration, attribution },
    burns: program.burns.filter(({ asset }) => words.has(asset)).map(bare),
    reached: [...reached.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((declared) => bare(withUsedFields(declared, words))),
  };
}

function declarationsOf(program: Program): readonly Named[] {
  return [
    ...program.blanks,
    ...program.assets,
    ...program.parties,
    ...program.factKinds,
    ...program.derivedKinds,
    ...program.values,
    ...program.tables,
    ...program.statuses,
    ...program.decisions,
    ...program.clauses,
    ...program.settlements,
  ] as unknown as readonly Named[];
}

/** A kind of fact or party with those fields only that the words name. */
function withUsedFields(declared: Named, words: ReadonlySet<string>): Named {
  const used = (fields: unknown) =>
    (fields as readonly { readonly name: string }[]).filter(({ name }) => words.has(name));
  return {
    ...declared,
    ...('fields' in declared ? { fields: used(declared['fields']) } : {}),
    ...('attributes' in declared ? { attributes: used(declared['attributes']) } : {}),
  };
}

/** Properties that say where something stands, how it is worded, or what follows from the rest. */
const left: ReadonlySet<string> = new Set(['at', 'section', 'foreignReads', 'plural']);

/** The data without places and wording; variables are numbered in the order in which they are met. */
function bare(value: unknown): unknown {
  const numbers = new Map<number, number>();
  const strip = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(strip);
    if (typeof part !== 'object' || part === null) return part;
    if (isVariable(part)) {
      const number = numbers.get(part.id) ?? numbers.size;
      numbers.set(part.id, number);
      return { variable: number, type: strip(part.type) };
    }
    const isClause = 'rows' in part && 'payee' in part;
    const isBlank = 'text' in part && 'id' in part;
    return Object.fromEntries(
      Object.entries(part)
        .filter(([key]) => !left.has(key) && !(isClause && key === 'name') && !(isBlank && key === 'text'))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, item]) => [key, strip(item)]),
    );
  };
  return strip(value);
}

function isVariable(
  part: object,
): part is { readonly id: number; readonly name: string; readonly type: unknown } {
  return 'id' in part && typeof part.id === 'number' && 'name' in part && 'type' in part;
}

/** Every text in the data but the values of texts and dates that somebody wrote. */
function collectWords(value: unknown, words: Set<string>): void {
  if (typeof value === 'string') words.add(value);
  else if (Array.isArray(value)) for (const item of value) collectWords(item, words);
  else if (typeof value === 'object' && value !== null) {
    if ('kind' in value && value.kind === 'text') return;
    for (const item of Object.values(value)) collectWords(item, words);
  }
}
