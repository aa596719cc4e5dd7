// SPDX-License-Identifier: Apache-2.0
// What others may ask of the books in memory while they stand still. Nothing here changes anything.

import { evaluate } from '@rapport/core/engine/reference/evaluate.ts';
import { keyText } from '@rapport/core/ledger/differences.ts';
import type { Entitlement } from '@rapport/core/program/entitlement.ts';
import type { Entry, Fact, Known } from '@rapport/core/program/log.ts';
import { firstDay } from '@rapport/core/values/date.ts';
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
    knownFor: (agreement, payee) => of(agreement).evaluator.knownFor(payee),
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

/** All entitlements, with lines, over what is known and these entries. */
function overlaid(
  { versions, evaluator }: AgreementBooks,
  entries: readonly Entry[],
): readonly Entitlement[] {
  return evaluate(versions, withEntries(evaluator.known(), entries)).entitlements;
}

/** What would be known after these entries too. */
export function withEntries(known: Known, entries: readonly Entry[]): Known {
  const facts = new Map<string, Fact>(known.facts.map((fact) => [nameOf(fact), fact]));
  let { attributes, decisions, openings, asOf } = known;
  for (const entry of entries) {
    switch (entry.kind) {
      case 'fact':
        if (entry.fact.isVoid === true) facts.delete(nameOf(entry.fact));
        else facts.set(nameOf(entry.fact), entry.fact);
        break;
      case 'attribute': {
        const { party, of, attribute, from } = entry.fact;
        const isSame = (other: typeof entry.fact) =>
          other.party === party && other.of === of && other.attribute === attribute && other.from === from;
        attributes = [...attributes.filter((other) => !isSame(other)), entry.fact];
        break;
      }
      case 'decision': {
        const { decision, of, period } = entry.fact;
        const isSame = (other: typeof entry.fact) =>
          other.decision === decision && other.of === of && other.period === period;
        decisions = [...decisions.filter((other) => !isSame(other)), entry.fact];
        break;
      }
      case 'opening':
        openings = [...openings, entry.balance];
        break;
      case 'day':
        asOf = Math.max(asOf ?? firstDay, entry.day);
        break;
      case 'close':
        break;
    }
  }
  return { ...known, facts: [...facts.values()], attributes, decisions, openings, asOf };
}

function nameOf({ kind, id }: Fact): string {
  return `${kind}\u0000${id}`;
}
