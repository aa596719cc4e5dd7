// SPDX-License-Identifier: Apache-2.0
// All statements of a period, and what is next for each: what the page offers is counted from them.
import type { PeriodStatement } from '@rapport/server/wire/standing.ts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { signOf } from './amount-words.ts';

export interface PeriodNamed {
  readonly workspace: string;
  readonly agreement: string;
  readonly period: string;
}

const pageSize = 500;

export function periodStatementsQuery(params: PeriodNamed) {
  const { workspace, agreement, period } = params;
  return queryOptions({
    queryKey: [workspace, 'period statements', agreement, period],
    queryFn: async ({ signal }): Promise<readonly PeriodStatement[]> => {
      const all: PeriodStatement[] = [];
      for (let after: string | undefined; ; ) {
        const page = await api.listPeriodStatements({ params, query: { limit: pageSize, after } }, signal);
        all.push(...page.items);
        if (page.next === null) return all;
        after = page.next;
      }
    },
  });
}

/** No version says what stands now. */
export function isToIssue({ version, hasNewer }: PeriodStatement): boolean {
  return version === null || hasNewer;
}

/** Its latest version says what stands now, and nothing is awaited. */
export function isToApprove(statement: PeriodStatement): boolean {
  return statement.state === 'earned' && !isToIssue(statement);
}

/** It would be approved if nothing were awaited. */
export function isAwaiting(statement: PeriodStatement): boolean {
  return statement.state === 'provisional' && !isToIssue(statement);
}

/** Something is approved and not paid. */
export function isToPay({ accounts }: PeriodStatement): boolean {
  return accounts.some(({ approvedLeft }) => signOf(approvedLeft) > 0);
}

/** "1 statement", "12 statements". */
export function countOf(list: readonly unknown[], one = 'statement'): string {
  return `${list.length} ${one}${list.length === 1 ? '' : 's'}`;
}
