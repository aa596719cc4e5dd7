// SPDX-License-Identifier: Apache-2.0
// Which of the declared names fit a place: by what the parser asks for, and by the words that stand before it.
import type { Wanted } from './cursor.ts';
import type { DeclaredName } from './declared-names.ts';
import type { Token } from './token.ts';

type Sort = DeclaredName['sort'];

const parties: readonly Sort[] = ['party', 'party kind'];
const singulars: readonly Sort[] = ['party kind', 'kind', 'thing'];
const computed: readonly Sort[] = [
  'value',
  'table',
  'blank',
  'status',
  'decision',
  'level',
  'asset',
  'field',
  'set',
];

/** The names that fit at the end of the tokens, each once. */
export function namesWanted(
  wanted: Wanted,
  tokens: readonly Token[],
  names: readonly DeclaredName[],
): readonly DeclaredName[] {
  const found = [...wanted.names].flatMap((what) => names.filter(fits(what, tokens)));
  const isExampleRow = tokens[0]?.text === 'example' && tokens.at(-2)?.kind === 'row';
  if (isExampleRow) found.push(...names.filter(({ sort }) => singulars.includes(sort)));
  const seen = new Set<string>();
  return found.filter(({ text, sort }) => {
    const key = `${sort === 'clause' ? '"' : ''}${text}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

function fits(what: string, tokens: readonly Token[]): (name: DeclaredName) => boolean {
  const among = (sorts: readonly Sort[]) => (name: DeclaredName) => sorts.includes(name.sort);
  if (what.startsWith('"')) return what.includes('name of a party') ? among(['party']) : () => false;
  if (what.includes('kind of fact')) return among(['kind']);
  if (what.includes('kind of party')) return among(['party kind']);
  if (what.includes('asset')) return among(['asset']);
  if (what.includes('blank')) return among(['blank']);
  if (what.includes('of a clause in quotation marks')) return among(['clause']);
  if (what.includes('of a date')) return ({ sort, type }) => sort === 'field' && type === 'date';
  if (what.includes('name of a field')) return fieldOf(ownerInRow(tokens));
  if (what.startsWith('a type')) return among([...singulars, 'asset']);
  if (what.startsWith('a name, a value')) return inChain(tokens);
  return what === 'a name in Capitalised Words' ? inHead(tokens) : () => false;
}

/** The kind whose fields a row of an example, or a head `each NAME has`, gives. */
function ownerInRow(tokens: readonly Token[]): string {
  const row = tokens.findLastIndex(({ kind }) => kind === 'row');
  return tokens.slice(row + 1).find(({ kind }) => kind === 'name')?.text ?? '';
}

function fieldOf(owner: string): (name: DeclaredName) => boolean {
  return ({ sort, of }) => sort === 'field' && of === owner;
}

function inHead(tokens: readonly Token[]): (name: DeclaredName) => boolean {
  const last = tokens.at(-2)?.text ?? '';
  if (/^(each|a|an|the|its|one)$/.test(last)) return ({ sort }) => singulars.includes(sort);
  if (/^(party|parties|things|asset|table|status)$/.test(last)) return () => false;
  const owner = tokens.find(({ kind }) => kind === 'name')?.text ?? '';
  if (/^(on|from|through|then|of)$/.test(last)) return fieldOf(owner);
  return ({ sort }) => parties.includes(sort);
}

/** In a formula: owners after `Amount of`, fields after `its` and `sum of`, singulars after `the`. */
function inChain(tokens: readonly Token[]): (name: DeclaredName) => boolean {
  const last = tokens.at(-2)?.text ?? '';
  const before = tokens.at(-3);
  if (last === 'its') return ({ sort }) => sort === 'field' || sort === 'value' || sort === 'status';
  if (last === 'the' || last === 'a' || last === 'an' || last === 'no')
    return ({ sort }) => singulars.includes(sort);
  if (last !== 'of') return ({ sort }) => computed.includes(sort);
  if (before?.kind === 'name' || before?.text === 'count')
    return ({ sort }) => sort === 'set' || sort === 'party';
  return ({ sort }) => ['field', 'value', 'set', 'blank'].includes(sort);
}
