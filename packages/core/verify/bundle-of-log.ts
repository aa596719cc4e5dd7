// SPDX-License-Identifier: Apache-2.0
// Books kept over a small log, and the bundles of the statements that are issued from them: for tests of whoever makes or
// reads bundles. The key comes from outside.

import { knownAt } from '../engine/known.ts';
import { evaluate } from '../engine/reference/evaluate.ts';
import { statementBody } from '../explain/statement-body.ts';
import { compile } from '../language/compile.ts';
import { type BookEntry, isOwnEntry } from '../ledger/book-entry.ts';
import { applyEntry, type Books, newBooks } from '../ledger/books.ts';
import { bookRules } from '../ledger/roles.ts';
import type { StatementBody } from '../ledger/statement-body.ts';
import type { Entry, FromBooks } from '../program/log.ts';
import type { Program, Version } from '../program/program.ts';
import { copyOf, promisedTo } from '../program/promise.ts';
import { hex, utf8 } from '../proof/bytes.ts';
import { canonicalText } from '../proof/canonical.ts';
import { agreementHash } from '../proof/document.ts';
import { inclusionProof, leafHash, merkleRoot } from '../proof/merkle.ts';
import type { Bundle } from './bundle.ts';
import { concernsOf } from './concerns.ts';
import { entryText, type LogEntry } from './log-entry.ts';
import { makeBundle } from './make-bundle.ts';
import { checkpointMessage } from './messages-signed.ts';

export interface SigningKey {
  /** Ed25519, SPKI, hexadecimal. */
  readonly publicKey: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const agreement = 'agreement';
const semantics = 1;

/** The books of one agreement, entry by entry. */
export interface KeptLog {
  readonly program: Program;
  readonly books: Books;
  /** Takes an entry in at the end of the log; a repeat, or what is refused, changes nothing. */
  take(entry: BookEntry): void;
  /** Issues a statement for an accounting period; null where nothing was posted since the last one. */
  issue(payee: string, period: string): IssuedStatement | null;
  /** The bundle of a statement, under a head over the whole log. */
  bundle(issued: IssuedStatement, key: SigningKey): Bundle;
}

export interface IssuedStatement {
  readonly body: StatementBody;
  /** Place in the log of the entry that issued it. */
  readonly sequence: number;
  readonly settled: Books['settled'];
  readonly promised: Books['promised'];
}

export function keptLog(text: string): KeptLog {
  const { program } = compile(text, 'agreement.md');
  if (program === null) throw new RangeError('The text does not compile.');
  const versions: readonly [Version] = [{ program, from: null, to: null }];
  const hash = agreementHash({ text, semantics });
  const log: LogEntry[] = [{ kind: 'version', agreement, version: 1, hash, from: null, to: null }];
  const books = newBooks(bookRules([program]));
  books.recorded = log.length;
  const earlier: StatementBody[] = [];
  const entitledBy = (entries: readonly Entry[], told: FromBooks) => ({
    ...(books.today === null
      ? { entitlements: [] }
      : evaluate(versions, { ...knownAt(entries, books.today), ...told })),
    keys: 'all' as const,
  });
  const take = (entry: BookEntry): void => {
    const today = books.today;
    const taken = isOwnEntry(entry) || entry.kind === 'day' ? entry : { ...entry, recordedOn: today };
    if (applyEntry(books, taken, entitledBy).kind === 'recorded') log.push(logged(entry, program));
  };
  return {
    ...{ program, books, take },
    issue: (payee, period) => {
      const before = books.statements.length;
      const head = books.recorded;
      take({ kind: 'statement issued', payee, period });
      const statement = books.statements[before];
      if (statement === undefined || books.today === null) return null;
      const body = statementBody({
        agreement: { id: agreement, version: 1, hash },
        versions,
        known: { ...knownAt(books.entries, books.today), settled: books.settled, promised: books.promised },
        evaluation: { entitlements: [...books.entitled.values()] },
        statement,
        postings: books.postings.filter((posting) => posting.payee === payee && posting.recorded <= head),
        payments: [],
        awaited: [],
        earlier: earlier.filter((one) => one.payee === payee),
      });
      earlier.push(body);
      const promised = copyOf(books.promised);
      return { body, sequence: log.length, settled: [...books.settled], promised };
    },
    bundle: ({ body, sequence, settled, promised }, { publicKey, sign }) => {
      const leaves = log.map((entry) => leafHash(utf8(entryText(entry))));
      const facts = log.flatMap((entry) => (entry.kind === 'fact' ? [entry.fact] : []));
      const concerns = concernsOf({ agreement, programs: [program], facts }, body.payee);
      const everything = log.slice(0, sequence).map((entry, index) => ({ sequence: index + 1, entry }));
      const root = hex(merkleRoot(leaves));
      const head = { size: leaves.length, root, keyId: 'k1', signedAt: '2026-06-05T08:00:00Z' };
      const own = promisedTo(promised, body.payee);
      return makeBundle({
        workspace: 'northwind',
        agreement,
        versions: [{ version: 1, text, semantics, sequence: 1 }],
        statement: { sequence, body: canonicalText(body) },
        entries: everything
          .filter(({ entry }) => concerns(entry))
          .map((one) => ({
            ...one,
            text: entryText(one.entry),
            proof: inclusionProof(one.sequence - 1, leaves).map(hex),
          })),
        programs: versions,
        everything,
        settled,
        promised: own,
        opened: [],
        checkpoint: { ...head, signature: hex(sign(checkpointMessage('northwind', head))) },
        publicKey,
        sign,
      });
    },
  };
}

function logged(entry: BookEntry, { policies }: Program): LogEntry {
  switch (entry.kind) {
    case 'fact':
    case 'attribute':
      return { kind: entry.kind, fact: entry.fact } as LogEntry;
    case 'decision':
      return { kind: 'decision', agreement, fact: entry.fact };
    case 'opening':
      return { kind: 'opening', agreement, balance: entry.balance };
    case 'day':
      return { kind: 'day', zone: policies.zone, day: entry.day };
    case 'close':
      return { kind: 'close', agreement, period: entry.period };
    case 'commitment':
    case 'statement issued':
      return { ...entry, agreement };
    case 'hold placed':
      return { ...entry, agreement };
    case 'hold posted':
    case 'hold voided':
      return { kind: entry.kind, agreement, hold: entry.hold };
  }
}
