// SPDX-License-Identifier: Apache-2.0
// What settlements pay one payee, of totals that are known already: the reference's own fold, over a world with nothing in
// it but what the payee's periods and rows depend on.

import type { Entitlement } from '../../program/entitlement.ts';
import type { Known } from '../../program/log.ts';
import type { Version } from '../../program/program.ts';
import { everything } from '../reference/asked.ts';
import { scopesOf } from '../reference/evaluate.ts';
import { withFrozenLines } from '../reference/frozen.ts';
import type { Horizon } from '../reference/horizon.ts';
import { type Flowing, settledOf } from '../reference/settlement.ts';

export function settledFor(
  versions: readonly Version[],
  payee: string,
  flowing: readonly Flowing[],
  known: Known,
  horizon: Horizon,
): readonly Entitlement[] {
  const newest = scopesOf(versions, known, everything, horizon).at(-1);
  if (newest === undefined) return [];
  return newest.world.program.settlements
    .flatMap((settlement) => settledOf(settlement, payee, flowing, newest))
    .map((one) => withFrozenLines(one, newest.world));
}
