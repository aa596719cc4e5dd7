// SPDX-License-Identifier: Apache-2.0
// Which statement starts here, and reading it to its end. Returns null after a slip that leaves nothing to keep.
import { type Cursor, SyntaxFault } from './cursor.ts';
import { nearest } from './nearest.ts';
import { burn, decides, moves, pays, pool, settles } from './parse-clause.ts';
import { asset, derived, has, parties, party, value } from './parse-declaration.ts';
import { example } from './parse-example.ts';
import { status, table } from './parse-table.ts';
import { tokenText } from './token.ts';
import type { Statement } from './tree.ts';

/** First words of statements, of which a mistyped one may be meant. */
const firstWords = ['party', 'parties', 'things', 'asset', 'each', 'table', 'status', 'example', 'a', 'the'];
const verbs = ['pays', 'issues', 'grants', 'moves', 'settles', 'is', 'are', 'of', 'in'];

export function statement(cursor: Cursor): Statement | null {
  try {
    const found = reader(cursor)(cursor);
    if (!cursor.atEndOfRow() || cursor.peek().kind === 'row') cursor.fail('the end of the statement', []);
    return found;
  } catch (fault) {
    if (fault instanceof SyntaxFault) return null;
    throw fault;
  }
}

function reader(cursor: Cursor): (cursor: Cursor) => Statement {
  const first = cursor.peek();
  if (first.kind === 'name') return readerAfterName(cursor);
  if (first.kind !== 'word') return fail(cursor, null);
  switch (first.text) {
    case 'party':
      return party;
    case 'parties':
    case 'things':
      return parties;
    case 'asset':
      return asset;
    case 'each':
      return has;
    case 'a':
    case 'an':
      return derived;
    case 'table':
      return table;
    case 'status':
      return status;
    case 'the':
      return decides;
    case 'example':
      return example;
    default:
      return fail(cursor, nearest(first.text, firstWords));
  }
}

function readerAfterName(cursor: Cursor): (cursor: Cursor) => Statement {
  const verb = cursor.peek(1);
  if (cursor.at('pays', 1) || cursor.at('issues', 1) || cursor.at('grants', 1)) return pays;
  if (cursor.at('moves', 1)) return moves;
  if (cursor.at('settles', 1)) return settles;
  if (cursor.at('are used', 1)) return burn;
  if (cursor.at('of', 1) && cursor.peek(2).kind === 'name' && cursor.at('of one', 3)) return pool;
  if (cursor.at('of', 1) || cursor.at('in', 1) || cursor.at('is', 1) || cursor.at('are', 1)) return value;
  if (verb.kind === 'word' && cursor.peek(2).kind === 'name' && /^(for|and|to|on|per|from)$/.test(verb.text))
    return value;
  cursor.next();
  return cursor.fail('"pays", "issues … to", "moves", "settles", "is" or "are"', verbs);
}

function fail(cursor: Cursor, suggestion: string | null): never {
  const token = cursor.peek();
  const isRow =
    /^(up|below|above|from|otherwise|at|gives|later|opening|with|as|released|usable|rises|falls|keeps|on|when|and|or)$/.test(
      token.text,
    ) || token.kind === 'sign';
  return cursor.failWith('statement_not_understood', token.at, {
    found: tokenText(token),
    suggestion: isRow ? '' : (suggestion ?? ''),
    hint: isRow
      ? 'If it belongs to the statement above, indent it below that statement.'
      : 'Statements start with party, parties, things, asset, each, a, the, table, status, example, a name, or the key of a policy.',
  });
}
