// SPDX-License-Identifier: Apache-2.0
// How far a party is towards targets and bands, by the measures that the clauses look at.

import { attainmentOf } from '@rapport/core/explain/attainment.ts';
import { rationalText } from '@rapport/core/values/rational.ts';
import type { Caller } from '../access/caller.ts';
import type { GivenAnswerOf } from '../wire/endpoint.ts';
import type * as wire from '../wire/forecast.ts';
import type { Context } from './context.ts';
import { booksOfPayee, type OfPayee } from './of-payee.ts';
import { done, type Outcome } from './outcome.ts';

export async function readAttainment(
  context: Context,
  caller: Caller,
  asked: OfPayee & { readonly period?: string | undefined },
): Promise<Outcome<GivenAnswerOf<typeof wire.readAttainment>>> {
  const found = await booksOfPayee(context, caller, 'earnings.read', asked);
  if (found.kind === 'refused') return found;
  const { versions, known, name } = found.value;
  const { payee, period = null } = asked;
  const measures = attainmentOf(versions, known, { payee, period });
  return done({
    payee,
    payeeName: name,
    period: period ?? measures[0]?.period ?? '',
    measures: measures.map(({ exact, attained, components, figure, ...measure }) => ({
      ...measure,
      components: [...components],
      value: figure,
      exact: exact === null ? null : rationalText(exact),
      attained: attained === null ? null : rationalText(attained),
    })),
  });
}
