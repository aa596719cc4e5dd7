// SPDX-License-Identifier: Apache-2.0
// Amounts that belong to no period, such as points and the vouchers for them: each by now, with its why. What was used,
// has expired or was given up is named as such and is no gain.
import type { AnswerOf } from '@rapport/server/wire/endpoint.ts';
import type { readForecast } from '@rapport/server/wire/forecast.ts';
import { Amount } from './amount.tsx';
import { OpeningRow, OpeningRows } from './opening-row.tsx';
import { Nothing } from './page.tsx';
import { WhyOf } from './why-of.tsx';

interface OverAllProps {
  readonly of: { readonly workspace: string; readonly agreement: string; readonly payee: string };
  readonly items: AnswerOf<typeof readForecast>['overAll'];
}

export function OverAll({ of, items }: OverAllProps) {
  if (items.length === 0) return <Nothing>No clause of the agreement has given anything yet.</Nothing>;
  return (
    <OpeningRows>
      {items.map(({ clause, component, posted }) => (
        <OpeningRow key={`${clause} ${posted.asset}`} title={component} figure={<Amount of={posted} />}>
          {() => <WhyOf of={{ ...of, clause, period: '' }} />}
        </OpeningRow>
      ))}
    </OpeningRows>
  );
}
