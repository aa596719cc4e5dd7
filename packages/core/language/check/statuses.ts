// SPDX-License-Identifier: Apache-2.0
// Statuses with hysteresis: levels by a measure, when they rise, when they fall, how long they are kept.
import type { Status } from '../../program/declaration.ts';
import type { PeriodUnitName } from '../../program/expression.ts';
import type { ChangeTree, Expr } from '../tree.ts';
import { type Context, type Declared, type Env, emptyEnv, find, reference, variable } from './context.ts';
import { checkExpression } from './expressions.ts';
import { mustFit } from './fit.ts';
import { unknownName } from './lookup.ts';
import { fail } from './report.ts';
import { durationType, periodType } from './types.ts';
import { ownerType } from './values.ts';

/** The checked status, made once. */
export function statusOf(context: Context, declaration: Declared<'status'>): Status | null {
  return context.statuses.get(declaration.id) ?? null;
}

/** Checks a status and keeps it. */
export function checkStatus(context: Context, declaration: Declared<'status'>): Status {
  const { tree, id } = declaration;
  const of = variable(context, tree.of.text, ownerType(context, tree.of));
  const unit = unitOf(tree.measure, tree.changes);
  const period = unit === null ? null : variable(context, unit, periodType);
  const env: Env = {
    ...emptyEnv,
    bound: [of],
    it: of,
    payee: of,
    period: period === null || unit === null ? null : { expression: reference(period, tree.at), unit },
    isStatus: true,
  };
  const measure = checkExpression(context, env, tree.measure);
  const levels = tree.levels.map(({ name, from }) => ({
    name: name.text,
    from:
      from === null ? null : mustFit(context, checkExpression(context, env, from), measure.type, measure.at),
  }));
  const status: Status = {
    id,
    at: tree.at,
    of,
    measure,
    period: period === null || unit === null ? null : { variable: period, unit },
    levels,
    rises: risesOf(context, declaration),
    falls: fallsOf(context, env, tree.changes),
    keeps: keepsOf(context, env, tree.changes),
  };
  context.statuses.set(id, status);
  return status;
}

/** The period that moves with the measure: the one its window names, else the one at whose end it changes. */
function unitOf(measure: Expr, changes: readonly ChangeTree[]): PeriodUnitName | null {
  const scope = measure.kind === 'chain' ? measure.part.scope : null;
  if (scope !== null && (scope.kind === 'so far in' || scope.kind === 'period')) {
    return scope.unit === 'period' ? null : scope.unit;
  }
  if (scope?.kind === 'rolling' && scope.end.kind !== 'before it') {
    return scope.end.unit === 'period' ? null : scope.end.unit;
  }
  for (const change of changes) if ('unit' in change) return change.unit;
  return null;
}

function risesOf(context: Context, { tree }: Declared<'status'>): Status['rises'] {
  for (const change of tree.changes) {
    if (change.kind === 'rises at the end') return { when: 'end', unit: change.unit };
    if (change.kind === 'rises at once') {
      const found = find(context, change.factKind.text);
      if (found === null) unknownName(context, change.factKind, 'kind of fact');
      return { when: 'at once', counts: change.counts, factKind: found.declaration.id };
    }
  }
  fail(context.report, 'status_never_rises', tree.name.at, { status: tree.name.text });
}

function fallsOf(context: Context, env: Env, changes: readonly ChangeTree[]): Status['falls'] {
  for (const change of changes) {
    if (change.kind === 'falls at once') return { when: 'at once' };
    if (change.kind === 'falls at the end') {
      const after = change.after === null ? null : checkExpression(context, env, change.after);
      const grace = after === null ? null : mustFit(context, after, durationType);
      return { when: 'end', unit: change.unit, oneStep: change.oneStep, grace };
    }
  }
  return null;
}

function keepsOf(context: Context, env: Env, changes: readonly ChangeTree[]): Status['keeps'] {
  for (const change of changes) {
    if (change.kind === 'keeps') {
      const length = mustFit(context, checkExpression(context, env, change.length), durationType);
      return { length, restarts: change.anew };
    }
  }
  return null;
}
