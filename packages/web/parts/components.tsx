// SPDX-License-Identifier: Apache-2.0
// The components of a period so far: each opens to its why; beside it what the period would give as things stand, and
// what the period before gave.
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { readForecast } from '@rapport/server/wire/forecast.ts';
import type { Statement } from '@rapport/server/wire/statements.ts';
import { Amount } from './amount.tsx';
import { OpeningRow, OpeningRows } from './opening-row.tsx';
import { Nothing } from './page.tsx';
import { State } from './state.tsx';
import { WhyOf } from './why-of.tsx';

type Item = AnswerOf<typeof readForecast>['items'][number];

interface ComponentsProps {
  readonly of: { readonly workspace: string; readonly agreement: string; readonly payee: string };
  readonly items: readonly Item[];
  readonly before: Statement | null;
}

export function Components({ of, items, before }: ComponentsProps) {
  if (items.length === 0) return <Nothing>No component of the agreement has given anything yet.</Nothing>;
  return (
    <OpeningRows>
      {items.map(({ clause, component, period, posted, forecast, state }) => {
        const last = before?.items.find((item) => item.clause === clause && item.due.asset === posted.asset);
        const isExpected = forecast.amount !== posted.amount;
        return (
          <OpeningRow
            key={`${clause} ${period} ${posted.asset}`}
            title={
              <>
                {component} {state !== 'final' && <State of={state} />}
              </>
            }
            note={
              last === undefined ? (
                period
              ) : (
                <>
                  {period} · <Amount of={last.due} /> in {before?.period}
                </>
              )
            }
            figure={<Amount of={posted} />}
            {...(isExpected
              ? {
                  figureNote: (
                    <>
                      expected <Amount of={forecast} />
                    </>
                  ),
                }
              : {})}
          >
            {() => <WhyOf of={{ ...of, clause, period }} />}
          </OpeningRow>
        );
      })}
    </OpeningRows>
  );
}
