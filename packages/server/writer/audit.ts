// SPDX-License-Identifier: Apache-2.0
// The auditor's question: is what was posted to a payee what the agreement entitles to, computed anew from the facts by
// the evaluator that is obvious rather than fast? The answer is a list of differences, and it must be empty.

import { evaluate } from '@rapport/core/engine/reference/evaluate.ts';
import { type Difference, differences } from '@rapport/core/ledger/differences.ts';
import { isSettled } from '@rapport/core/ledger/settled.ts';
import type { Version } from '@rapport/core/program/program.ts';
import type { AgreementBooks } from './agreement-books.ts';

/** Facts that an audit of one payee reads at most: the writer does nothing else meanwhile. */
const factsMax = 20_000;

/**
 * What the evaluation differs by from the postings, for one payee. Under other `versions`, such as the same texts read by
 * another version of the semantics, it says what they would change. Null where it would read too many facts.
 */
export function auditPayee(
  { books, evaluator, versions }: AgreementBooks,
  payee: string,
  under: readonly Version[] = versions,
): readonly Difference[] | null {
  if (evaluator.factsReadFor(payee) > factsMax) return null;
  const isTheirs = (key: { readonly payee: string }) => key.payee === payee;
  const { entitlements } = evaluate(under, evaluator.knownFor(payee));
  const entitled = entitlements.filter(
    (key) => isTheirs(key) && !isSettled(books, key) && books.rules.roleOf(key).kind !== 'shown',
  );
  const posted = [...books.posted.values()].filter((key) => isTheirs(key) && !isSettled(books, key));
  return differences(posted, entitled);
}
