// SPDX-License-Identifier: Apache-2.0
// Which declared kinds of fact and which attributes a clause or settlement rests on, through named values, derived kinds,
// statuses, tables and other clauses. What a feed still owes of them makes an amount provisional. It rather names one too
// many than one too few: every kind that appears anywhere in the terms is one.

import type { Program } from '../program/program.ts';

/** "Deal", "Quota of Representative". */
export type Reads = ReadonlySet<string>;

/** By clause or settlement; of an id that the program does not have, everything that it declares. */
export function readsOf(programs: readonly Program[]): (clause: string) => Reads {
  const known = new Map<string, Reads>();
  return (clause) => {
    const before = known.get(clause);
    if (before !== undefined) return before;
    const reads = new Set(programs.flatMap((program) => [...readsIn(program, clause)]));
    known.set(clause, reads);
    return reads;
  };
}

/** Everything that a feed could bring for the agreement. */
export function declaredIn({ factKinds, parties }: Program): Reads {
  return new Set([
    ...factKinds.map(({ id }) => id),
    ...parties.flatMap(({ id, fields, attributes }) =>
      [...fields, ...attributes].map(({ name }) => `${name} of ${id}`),
    ),
  ]);
}

function readsIn(program: Program, clause: string): Reads {
  const start =
    program.clauses.find(({ id }) => id === clause) ?? program.settlements.find(({ id }) => id === clause);
  if (start === undefined) return declaredIn(program);
  const reads = new Set<string>();
  const seen = new Set<object>();
  const follow = (node: unknown) => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    for (const next of namedBy(program, node as Node, reads)) follow(next);
    for (const part of Object.values(node)) follow(part);
  };
  follow(start);
  // A kind that lowers another acts wherever that one counts.
  for (const { id, lowers, fields } of program.factKinds) {
    const link = fields.find(({ name }) => name === lowers?.link)?.type;
    if (link?.kind === 'fact' && reads.has(baseOf(program, link.of))) reads.add(id);
  }
  return reads;
}

/** A node of the checked program, of which only the names that lead elsewhere matter here. */
interface Node {
  readonly kind?: unknown;
  readonly [name: string]: unknown;
}

/** What a node names by id: declared kinds go into `reads`, definitions are given back to be followed. */
function namedBy(program: Program, node: Node, reads: Set<string>): readonly unknown[] {
  const text = (name: string) => (typeof node[name] === 'string' ? node[name] : '');
  const kindNamed = (id: string) => {
    const derived = program.derivedKinds.find((kind) => kind.id === id);
    if (derived !== undefined) return [derived, { kind: 'facts', factKind: derived.base }];
    if (program.factKinds.some((kind) => kind.id === id)) reads.add(id);
    return [];
  };
  switch (node.kind) {
    case 'facts':
    case 'at once':
      return kindNamed(text('factKind'));
    case 'fact':
      return kindNamed(text('of'));
    case 'attribute': {
      const owner = (node['of'] as { readonly type?: { readonly of?: unknown } } | undefined)?.type?.of;
      if (typeof owner === 'string') reads.add(`${text('attribute')} of ${owner}`);
      return [];
    }
    case 'below':
      reads.add(`${text('attribute')} of ${text('party')}`);
      return [];
    case 'call':
    case 'named':
    case 'rise':
    case 'place':
      return program.values.filter(({ id }) => id === node['value']);
    case 'table':
      return program.tables.filter(({ id }) => id === node['table']);
    case 'status':
      return program.statuses.filter(({ id }) => id === node['status']);
    case 'entitlement':
      return program.clauses.filter(({ id }) => id === node['clause']);
    case 'balance':
      return program.clauses.filter(({ asset }) => asset === node['asset']);
    default: {
      // A settlement names the clauses that flow in.
      const { from } = node;
      return Array.isArray(from) ? program.clauses.filter(({ id }) => from.includes(id)) : [];
    }
  }
}

function baseOf(program: Program, kind: string): string {
  const derived = program.derivedKinds.find(({ id }) => id === kind);
  return derived === undefined ? kind : baseOf(program, derived.base);
}
