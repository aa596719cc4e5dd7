// SPDX-License-Identifier: Apache-2.0
// One text for each piece of a program, equal exactly when two pieces mean the same: places in the source are left
// out, bound variables are numbered in the order in which they appear.

/** The meaning of a node of the program as text. Two versions of a clause have the same text when nothing but words changed. */
export function meaningText(node: unknown): string {
  return print(node, new Map());
}

function print(node: unknown, numbers: Map<number, number>): string {
  if (typeof node === 'bigint') return `${node}n`;
  if (Array.isArray(node)) return `[${node.map((one) => print(one, numbers)).join(',')}]`;
  if (typeof node !== 'object' || node === null) return JSON.stringify(node) ?? 'undefined';
  if (isVariable(node)) return `#${numberOf(node.id, numbers)}:${print(node.type, numbers)}`;
  const parts = Object.entries(node)
    .filter(([name, value]) => name !== 'at' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${print(value, numbers)}`);
  return `{${parts.join(',')}}`;
}

interface VariableLike {
  readonly id: number;
  readonly name: string;
  readonly type: unknown;
}

/** A binder or a use of one: the only nodes whose id is a number. */
function isVariable(node: object): node is VariableLike {
  return 'id' in node && typeof node.id === 'number' && 'name' in node && 'type' in node;
}

function numberOf(id: number, numbers: Map<number, number>): number {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  numbers.set(id, numbers.size);
  return numbers.size - 1;
}
