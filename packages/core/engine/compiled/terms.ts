// SPDX-License-Identifier: Apache-2.0
// What an expression about one fact is made of, as text, with the values of blanks and the rows of tables in it: two
// programs in which that text is the same compute the same for every fact.

import type { Expression } from '../../program/expression.ts';
import type { Program } from '../../program/program.ts';

/** The text of an expression; empty for a field as entered, which no terms change. */
export function termsOf(expression: Expression | null, program: Program): string {
  if (expression === null || expression.kind === 'field') return '';
  const parts: string[] = [];
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    parts.push(textOf(node));
    for (const found of namesIn(node, program)) {
      if (seen.has(found)) continue;
      seen.add(found);
      visit(found);
    }
  };
  visit(expression);
  return parts.join('\n');
}

function textOf(node: unknown): string {
  return JSON.stringify(node, (key, value) => {
    if (key === 'at' || key === 'type' || key === 'item' || key === 'variable') return undefined;
    return typeof value === 'bigint' ? `${value}` : value;
  });
}

/** The blanks, tables and named values that stand in a node. */
function namesIn(node: unknown, program: Program): unknown[] {
  if (Array.isArray(node)) return node.flatMap((part) => namesIn(part, program));
  if (node === null || typeof node !== 'object') return [];
  const inside = Object.entries(node).flatMap(([key, part]) =>
    key === 'at' || key === 'type' ? [] : namesIn(part, program),
  );
  if (!('kind' in node)) return inside;
  if (node.kind === 'blank' && 'blank' in node) {
    inside.push(program.blanks.find(({ id }) => id === node.blank)?.value);
  } else if (node.kind === 'table' && 'table' in node) {
    inside.push(program.tables.find(({ id }) => id === node.table));
  } else if (node.kind === 'call' && 'value' in node) {
    inside.push(program.values.find(({ id }) => id === node.value)?.body);
  }
  return inside;
}
