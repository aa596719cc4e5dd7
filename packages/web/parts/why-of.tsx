// SPDX-License-Identifier: Apache-2.0
// Asks the service why an amount is what it is, and shows it.
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api.ts';
import { Loaded } from './loaded.tsx';
import { Why } from './why.tsx';

export interface WhyKey {
  readonly workspace: string;
  readonly agreement: string;
  readonly clause: string;
  readonly payee: string;
  /** Earned period; "" where there is none. */
  readonly period: string;
}

export function whyQuery({ workspace, agreement, clause, payee, period }: WhyKey) {
  return queryOptions({
    queryKey: [workspace, 'why', agreement, payee, period, clause],
    queryFn: ({ signal }) =>
      api.explainLine({ params: { workspace, agreement }, query: { clause, payee, period } }, signal),
  });
}

interface WhyOfProps {
  readonly of: WhyKey;
  /** The lines as a statement holds them, instead of those of today. */
  readonly lines?: ReactNode;
}

export function WhyOf({ of, lines }: WhyOfProps) {
  const query = useQuery(whyQuery(of));
  return (
    <Loaded query={query}>{(why) => <Why why={why} {...(lines === undefined ? {} : { lines })} />}</Loaded>
  );
}
