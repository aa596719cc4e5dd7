// SPDX-License-Identifier: Apache-2.0
// Human judgement: the decision that was taken, or waiting for it until its deadline, or then the stated default.
import type { Expression } from '../../program/expression.ts';
import { addDuration } from '../../values/duration.ts';
import { answer } from './expression.ts';
import { hasCome } from './horizon.ts';
import { type Answer, isValue, none, stopped, waiting } from './result.ts';
import { bind, type Scope } from './scope.ts';
import { periodOf } from './window.ts';

export function decided(e: Expression & { kind: 'decision' }, scope: Scope): Answer {
  const decision = scope.world.program.decisions.find(({ id }) => id === e.decision);
  if (decision === undefined) throw new Error(`There is no decision ${e.decision}.`);
  const of = answer(e.of, scope);
  const period = periodOf(e.period, scope);
  if (!isValue(of)) return stopped(of);
  if (period === null || of.kind !== 'party') return none;
  const taken = scope.world.known.decisions.findLast(
    (fact) => fact.decision === e.decision && fact.of === of.value && fact.period === period.label,
  );
  if (taken !== undefined) return taken.value;
  const inner = bind(bind({ ...scope, bound: null }, decision.of, of), decision.period.variable, {
    kind: 'period',
    value: period,
  });
  const within = answer(decision.within, inner);
  if (!isValue(within) || within.kind !== 'duration') return isValue(within) ? none : stopped(within);
  if (!hasCome(scope.world, addDuration(period.end, within.value) + 1))
    return waiting({ what: 'decision', name: e.decision, of: of.value });
  return answer(decision.otherwise, inner);
}
