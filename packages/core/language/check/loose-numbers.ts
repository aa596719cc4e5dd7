// SPDX-License-Identifier: Apache-2.0
// Numbers that stand in a formula and in no blank: the prose does not show them, so nobody who reads the words alone
// agrees to them. Nought, one, the whole (100%) and the step of a `per` say nothing of their own.
import type { DocumentTree, Literal, Statement } from '../tree.ts';
import { type Report, warn } from './report.ts';

const operative: readonly Statement['kind'][] = [
  'pays',
  'moves',
  'settles',
  'table',
  'value',
  'status',
  'decides',
];

/** Warns of each. */
export function looseNumbers(report: Report, tree: DocumentTree): void {
  for (const { statement } of tree.statements) {
    if (operative.includes(statement.kind)) look(report, statement);
  }
}

function look(report: Report, node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const item of node) look(report, item);
    return;
  }
  const tree = node as { readonly kind?: string; readonly literal?: Literal };
  if (tree.kind === 'literal' && tree.literal !== undefined) {
    const number = numberText(tree.literal);
    if (number !== null) warn(report, 'number_outside_blank', tree.literal.at, { number });
    return;
  }
  for (const [key, child] of Object.entries(node)) {
    if (!(tree.kind === 'per' && key === 'step') && key !== 'at' && key !== 'per') look(report, child);
  }
}

/** The number as it stands, or null when it says nothing of its own. */
function numberText(literal: Literal): string | null {
  switch (literal.kind) {
    case 'money':
      return isPlain(literal.number) ? null : `${literal.currency} ${literal.number}`;
    case 'number':
      return isPlain(literal.number) ? null : literal.number;
    case 'percent':
      return /^(0|100)(\.0+)?$/.test(literal.number) ? null : `${literal.number}%`;
    case 'assetAmount':
      return isPlain(literal.number) ? null : `${literal.number} ${literal.asset.text}`;
    case 'duration':
      return literal.text;
    default:
      return null;
  }
}

function isPlain(number: string): boolean {
  return /^[01](\.0+)?$/.test(number);
}
