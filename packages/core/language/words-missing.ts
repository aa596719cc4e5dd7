// SPDX-License-Identifier: Apache-2.0
// `a` and `each` introduce, `the` refers: a kind that a head introduces and that a formula names without `the` is a slip
// that would otherwise read as the set of all of that kind.
import type { Reading } from './reading.ts';
import type { Name, Statement, StatementInDocument } from './tree.ts';

/** Reports every bare use of a name that the head of the same statement introduced. */
export function checkWords(reading: Reading, statements: readonly StatementInDocument[]): void {
  for (const { statement } of statements) {
    const bound = boundName(statement);
    if (bound !== null) visit(statement, bound, reading);
  }
}

function boundName(statement: Statement): Name | null {
  if (statement.kind === 'value') return statement.of;
  if (statement.kind !== 'pays') return null;
  const { payee } = statement;
  return payee.kind === 'each' ? payee.party : payee.fact;
}

/** Chains end with the one they start from; a bare bound name in that place has lost its `the`. */
function visit(node: unknown, bound: Name, reading: Reading): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, bound, reading);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if ('links' in node && Array.isArray(node.links)) {
    const last = node.links.at(-1);
    const isBare = last?.kind === 'name' && last.article === null && last.name.text === bound.text;
    if (isBare && node.links.length > 1) {
      const facts = { name: bound.text, word: 'the' };
      reading.report('word_missing', last.at, facts, [{ at: bound.at, note: 'bound_here' }]);
    }
  }
  for (const value of Object.values(node)) visit(value, bound, reading);
}
