// SPDX-License-Identifier: Apache-2.0
// An issued statement as its canonical text, which is what is kept and hashed, and read back from it.

import type { Statement, StatementChange, StatementItem } from '@rapport/core/ledger/statement.ts';
import type { Line } from '@rapport/core/program/entitlement.ts';
import { canonicalText } from '@rapport/core/proof/canonical.ts';
import { toFraction } from '@rapport/core/values/rational.ts';

export function statementText(statement: Statement): string {
  return canonicalText(statement);
}

/** The statement of a text that `statementText` made. */
export function statementOfText(text: string): Statement {
  const { items, totals, changes, ...head } = JSON.parse(text) as Statement;
  return {
    ...head,
    items: items.map(
      (item): StatementItem => ({ ...item, ...amountsOf(item), lines: item.lines.map(lineOf) }),
    ),
    totals: totals.map((total) => ({ ...total, due: BigInt(total.due), held: BigInt(total.held) })),
    changes: changes.map(
      (change): StatementChange => ({
        ...change,
        before: BigInt(change.before),
        after: BigInt(change.after),
      }),
    ),
  };
}

function amountsOf({ due, held, dueBefore }: StatementItem) {
  return { due: BigInt(due), held: BigInt(held), dueBefore: BigInt(dueBefore) };
}

function lineOf(line: Line): Line {
  return { ...line, amount: BigInt(line.amount), exact: toFraction(`${line.exact}`)! };
}
