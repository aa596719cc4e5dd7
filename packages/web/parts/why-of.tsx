// SPDX-License-Identifier: Apache-2.0
// Asks the service why an amount is what it is today, and shows it.
import type { FactName } from '@rapport/server/wire/values.ts';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { FactLines } from './fact-lines.tsx';
import { Loaded } from './loaded.tsx';
import { Why } from './why.tsx';
import { whyOfExplanation } from './why-view.ts';

export interface WhyKey {
  readonly workspace: string;
  readonly agreement: string;
  readonly clause: string;
  readonly payee: string;
  /** Earned period; "" where there is none. */
  readonly period: string;
  /** Only the part that this fact bears. */
  readonly fact?: FactName | null;
}

export function WhyOf({
  of: { workspace, agreement, clause, payee, period, fact = null },
}: {
  readonly of: WhyKey;
}) {
  const query = useQuery({
    queryKey: [workspace, 'why', agreement, payee, period, clause, fact?.kind, fact?.id],
    queryFn: ({ signal }) =>
      api.explainLine(
        {
          params: { workspace, agreement },
          query: { clause, payee, period, kind: fact?.kind, fact: fact?.id },
        },
        signal,
      ),
  });
  return (
    <Loaded query={query}>
      {(explanation) => (
        <Why
          why={whyOfExplanation(
            fact === null ? explanation : { ...explanation, component: `${explanation.component} in all` },
          )}
          lines={explanation.lines.length === 0 ? null : <FactLines lines={explanation.lines} />}
        />
      )}
    </Loaded>
  );
}
