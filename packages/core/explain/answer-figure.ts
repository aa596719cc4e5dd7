// SPDX-License-Identifier: Apache-2.0
// What the evaluator answered, as a figure: a value by its type, or what it waits for.
import { type Answer, numberOf } from '../engine/reference/result.ts';
import type { Scope } from '../engine/reference/scope.ts';
import type { Type } from '../program/type.ts';
import type { Value } from '../program/value.ts';
import { figureOf } from './figures.ts';
import type { Reason } from './reason.ts';

/** The figure of an answer of a type. */
export function figureFor(type: Type, found: Answer, scope: Scope): Pick<Reason, 'figure' | 'exact'> {
  if (found.kind === 'waiting') {
    const [first] = found.for;
    return { figure: first === undefined ? 'waits' : `waits for ${first.name} of ${first.of}`, exact: null };
  }
  if (found.kind === 'none') return { figure: 'none', exact: null };
  const isNumber = found.kind === 'quantity';
  return { figure: valueFigure(type, found, scope), exact: isNumber ? numberOf(found) : null };
}

function valueFigure(type: Type, value: Value, scope: Scope): string {
  if (value.kind === 'level') {
    const status = scope.world.program.statuses.find(({ id }) => id === value.status);
    return status?.levels[value.rank]?.name ?? `level ${value.rank}`;
  }
  return value.kind === 'period' ? value.value.label : figureOf(type, value);
}
