// SPDX-License-Identifier: Apache-2.0
// Decisions: `the Supervisor decides Objectives Met of each Participant each quarter (percent) within …`.
import type { Decision } from '../../program/declaration.ts';
import type { Type } from '../../program/type.ts';
import { type Context, type Declared, type Env, emptyEnv, find, reference, variable } from './context.ts';
import { checkExpression } from './expressions.ts';
import { typeOf } from './fields.ts';
import { mustFit } from './fit.ts';
import { unknownName } from './lookup.ts';
import { durationType, periodType } from './types.ts';
import { ownerType } from './values.ts';

/** The type of what is decided. */
export function decisionType(context: Context, declaration: Declared<'decision'>): Type {
  declaration.type ??= typeOf(context, declaration.tree.type);
  return declaration.type;
}

/** The checked decision. */
export function decisionOf(context: Context, declaration: Declared<'decision'>): Decision {
  const { tree, id } = declaration;
  const type = decisionType(context, declaration);
  if (find(context, tree.decider.text) === null) unknownName(context, tree.decider, 'party');
  const owner = ownerType(context, tree.of);
  const of = variable(context, tree.of.text, owner);
  const period = variable(context, tree.unit, periodType);
  context.usedPeriods.push(tree.at);
  const env: Env = {
    ...emptyEnv,
    bound: [of],
    it: of,
    payee: of,
    period: { expression: reference(period, tree.at), unit: tree.unit },
  };
  return {
    id,
    at: tree.at,
    decider: tree.decider.text,
    of,
    period: { variable: period, unit: tree.unit },
    type,
    within: mustFit(context, checkExpression(context, env, tree.within), durationType),
    otherwise: mustFit(context, checkExpression(context, env, tree.otherwise), type),
  };
}
