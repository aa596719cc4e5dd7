// SPDX-License-Identifier: Apache-2.0
// A statement at its place in the log: the fold over the payee's postings, with the why of each item. The same log gives
// the same bytes; a further version exists only where something was posted since the last one.

import { statementBody } from '@rapport/core/explain/statement-body.ts';
import type { Posting } from '@rapport/core/ledger/posting.ts';
import { type Statement, statementOf } from '@rapport/core/ledger/statement.ts';
import type { StatementBody } from '@rapport/core/ledger/statement-body.ts';
import type { Day } from '@rapport/core/values/date.ts';
import { parsePeriod } from '@rapport/core/values/period.ts';
import type { AgreementBooks, Terms } from './agreement-books.ts';
import type { Delivered } from './completeness.ts';

/** What was posted and issued to a payee under an agreement before, each in the order of the log. */
export interface IssuedBefore {
  readonly postings: readonly Posting[];
  readonly earlier: readonly StatementBody[];
}

export interface IssueRequest {
  readonly payee: string;
  /** Label of the accounting period; one of the agreement's calendar. */
  readonly period: string;
  /** Sequence of the last entry before. */
  readonly head: number;
  /** By feed, what it has delivered. */
  readonly complete: ReadonlyMap<string, Delivered>;
}

/** The next version of the statement, or of its draft; null when nothing was posted since the last one. */
export function issueStatement(
  of: AgreementBooks,
  { payee, period, head, complete }: IssueRequest,
  { postings, earlier }: IssuedBefore,
): StatementBody | null {
  const { books, versions, terms, agreement } = of;
  const { calendar } = books.rules;
  const last = earlier.findLast((body) => body.period.label === period);
  const request = { payee, period, calendar };
  const previous: Statement | null =
    last === undefined
      ? null
      : {
          ...statementOf(postings, { ...request, recorded: last.recorded, previous: null }, () => undefined),
          version: last.version,
        };
  const entitlements = entitledTo(of, payee);
  const statement = statementOf(postings, { ...request, recorded: head, previous }, (key) =>
    entitlements.get(key),
  );
  if (previous !== null && statement.changes.length === 0) return null;
  const end = parsePeriod(calendar, period)!.end;
  const { version, hash } = inForceOn(terms, end);
  return statementBody({
    agreement: { id: agreement, version, hash },
    versions,
    known: of.evaluator.knownFor(payee),
    evaluation: { entitlements: [...entitlements.values()] },
    statement,
    postings,
    payments: of.payments.filter(({ commitment }) => commitment.party === payee),
    awaited: of.awaiting.through(complete, end).map(({ feed, through, kinds }) => ({
      feed,
      through,
      isOf: (clause) => of.awaiting.isOf(clause, { feed, through, kinds }),
    })),
    earlier,
  });
}

/** What a payee is entitled to, with lines, by key. */
function entitledTo({ books, evaluator }: AgreementBooks, payee: string) {
  return new Map(
    [...books.entitled]
      .filter(([, entitlement]) => entitlement.payee === payee)
      .map(([text, entitlement]) => [text, { ...entitlement, lines: evaluator.linesOf(entitlement) }]),
  );
}

/** The version in force on a day, or the latest before it; before all of them the first. */
function inForceOn(terms: readonly [Terms, ...Terms[]], day: Day): Terms {
  const begun = terms.filter(({ from }) => from === null || from <= day);
  const latest = (a: Terms, b: Terms) => ((b.from ?? -Infinity) >= (a.from ?? -Infinity) ? b : a);
  return begun.length > 0 ? begun.reduce(latest) : terms[0];
}
