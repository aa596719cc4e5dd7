// SPDX-License-Identifier: Apache-2.0
// Asks the service why an amount is what it is, and shows it.
import { queryOptions, useQuery } from '@tanstack/react-query';
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

/** `hasLines`: the lines stand above already, as a statement has them. */
export function WhyOf({ of, hasLines = false }: { readonly of: WhyKey; readonly hasLines?: boolean }) {
  const query = useQuery(whyQuery(of));
  return <Loaded query={query}>{(why) => <Why why={hasLines ? { ...why, lines: [] } : why} />}</Loaded>;
}
