// SPDX-License-Identifier: Apache-2.0
// What a piece of a program rests on: the blanks, named values, tables, statuses and kinds that it names, and those
// that these name in turn. A program has no cycles, and each name is followed once.
import type { Program } from '../program/program.ts';

/** Names in the order in which they are met. */
export interface Meanings {
  readonly blanks: readonly string[];
  readonly values: readonly string[];
  readonly tables: readonly string[];
  readonly statuses: readonly string[];
  readonly kinds: readonly string[];
}

type Gathered = { readonly [name in keyof Meanings]: Set<string> };

/** Everything behind a clause, value or expression. */
export function meaningsBehind(program: Program, node: unknown): Meanings {
  const found: Gathered = {
    blanks: new Set(),
    values: new Set(),
    tables: new Set(),
    statuses: new Set(),
    kinds: new Set(),
  };
  gather(program, node, found);
  return {
    blanks: [...found.blanks],
    values: [...found.values],
    tables: [...found.tables],
    statuses: [...found.statuses],
    kinds: [...found.kinds],
  };
}

function gather(program: Program, node: unknown, found: Gathered): void {
  if (Array.isArray(node)) {
    for (const one of node) gather(program, one, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const parts = node as Readonly<Record<string, unknown>>;
  const name = (key: string) => (typeof parts[key] === 'string' ? parts[key] : null);
  switch (parts['kind']) {
    case 'blank':
      add(name('blank'), found.blanks, () => {});
      break;
    case 'call':
    case 'rise':
    case 'place':
    case 'named':
      add(name('value'), found.values, (id) => follow(program, program.values, id, found));
      break;
    case 'table':
      add(name('table'), found.tables, (id) => follow(program, program.tables, id, found));
      break;
    case 'status':
      add(name('status'), found.statuses, (id) => follow(program, program.statuses, id, found));
      break;
    case 'facts':
      add(name('factKind'), found.kinds, (id) => follow(program, program.derivedKinds, id, found));
      break;
  }
  for (const [key, part] of Object.entries(parts))
    if (key !== 'at' && key !== 'type') gather(program, part, found);
}

function add(name: string | null, names: Set<string>, first: (name: string) => void): void {
  if (name === null || names.has(name)) return;
  names.add(name);
  first(name);
}

/** The declaration of a name, and the kind that a derived kind is made from. */
function follow(
  program: Program,
  declared: readonly { readonly id: string; readonly base?: string }[],
  id: string,
  found: Gathered,
): void {
  const node = declared.find((one) => one.id === id);
  if (node === undefined) return;
  gather(program, node, found);
  if (node.base !== undefined)
    add(node.base, found.kinds, (base) => follow(program, program.derivedKinds, base, found));
}
