// SPDX-License-Identifier: Apache-2.0
// What others may ask of the books in memory while they stand still. Nothing here changes anything.

import { withEntries } from '@rapport/core/engine/known.ts';
import { allOf } from '@rapport/core/engine/reference/asked.ts';
import { evaluate } from '@rapport/core/engine/reference/evaluate.ts';
import { keyText } from '@rapport/core/ledger/differences.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import type { Entry } from '@rapport/core/program/log.ts';
import { type AgreementBooks, approvalName } from './agreement-books.ts';
import { auditPayee } from './audit.ts';
import { type IssuedBefore, issueStatement } from './issuing.ts';
import type { Partition } from './partition.ts';
import type { ActiveVersion, BooksView } from './writing.ts';

/** What the database holds of a payee: it is not kept in memory. */
export type ReadIssued = (agreement: string, payee: string) => Promise<IssuedBefore>;

/** A view of the partition; asking for an agreement that is not active is our own mistake. */
export function viewOf(partition: Partition, readIssued: ReadIssued): BooksView {
  const of = (agreement: string): AgreementBooks => {
    const books = partition.agreements.get(agreement);
    if (books === undefined) throw new RangeError(`The agreement ${agreement} is not active.`);
    return books;
  };
  return {
    head: partition.head,
    today: (zone) => partition.days.get(zone)?.day ?? null,
    agreements: () => [...partition.agreements.keys()],
    versions: (agreement) => activeVersions(of(agreement)),
    closed: (agreement) => of(agreement).closedPeriods,
    known: (agreement, asOf) => {
      const known = of(agreement).evaluator.known();
      return asOf === undefined ? known : { ...known, asOf };
    },
    knownFor: (agreement, payee, entries) => of(agreement).evaluator.knownFor(payee, entries),
    entitlement: (agreement, key) => {
      const { books, evaluator } = of(agreement);
      const entitlement = books.entitled.get(keyText(key));
      return entitlement === undefined ? null : { ...entitlement, lines: evaluator.linesOf(entitlement) };
    },
    entitlementsOf: (agreement, payee) => {
      const all = [...of(agreement).books.entitled.values()];
      return payee === null ? all : all.filter((entitlement) => entitlement.payee === payee);
    },
    postingsOf: async (agreement, payee) => (await readIssued(agreement, payee)).postings,
    statement: async (agreement, { payee, period }) => {
      const before = await readIssued(agreement, payee);
      const { head, complete } = partition;
      const draft = issueStatement(of(agreement), { payee, period, head, complete }, before);
      const issued = before.earlier.findLast((body) => body.period.label === period) ?? null;
      return { issued, draft };
    },
    paymentsOf: (agreement, payee) =>
      of(agreement).payments.filter(({ commitment }) => commitment.party === payee),
    commitmentOf: (agreement, id) => of(agreement).books.commitments.get(id) ?? null,
    approvalOf: (agreement, named) => of(agreement).approvals.get(approvalName(named)) ?? null,
    approvedIn: (agreement) => countedBy([...of(agreement).approvals.values()].map(({ period }) => period)),
    awaited: (agreement, through) => of(agreement).awaiting.through(partition.complete, through),
    isAwaitedBy: (agreement, clause, feed) => of(agreement).awaiting.isOf(clause, feed),
    isInLots: (agreement, asset) => of(agreement).books.rules.isInLots(asset),
    holds: (agreement) => of(agreement).books.holds,
    audit: (agreement, payee, under) => auditPayee(of(agreement), payee, under),
    overlaid: (agreement, entries) => overlaid(of(agreement), entries),
  };
}

function countedBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

export function activeVersions({ terms, versions }: AgreementBooks): readonly ActiveVersion[] {
  return versions.map((version) => {
    const { version: number, hash } = terms.find(({ program }) => program === version.program)!;
    return { ...version, version: number, hash };
  });
}

/** What everybody would be entitled to after these entries too, without lines. */
function overlaid(
  { versions, evaluator, books }: AgreementBooks,
  entries: readonly Entry[],
): readonly Entitlement[] {
  const concerned = evaluator.overlaid(entries);
  if (concerned === null) return evaluate(versions, withEntries(evaluator.known(), entries)).entitlements;
  const others = [...books.entitled.values()].filter(({ payee }) => !concerned.has(payee));
  const theirs = [...concerned].flatMap(
    ([payee, known]) => evaluate(versions, known, allOf(payee)).entitlements,
  );
  return [...others, ...theirs];
}
