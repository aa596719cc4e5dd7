// SPDX-License-Identifier: Apache-2.0
// Named values, checked when first used: `Revenue of a Representative in a period is …`. A value that needs itself
// is a circle, reported with every value on the way.
import type { NamedValue } from '../../program/declaration.ts';
import type { Span } from '../../program/diagnostic.ts';
import type { Type } from '../../program/type.ts';
import type { Name } from '../tree.ts';
import { type Context, type Declared, type Env, emptyEnv, find, reference, variable } from './context.ts';
import { checkExpression } from './expressions.ts';
import { unknownName } from './lookup.ts';
import { fail, Stop } from './report.ts';
import { periodType } from './types.ts';

/** The type of what a value, status or decision is `of`. */
export function ownerType(context: Context, of: Name): Type {
  const found = find(context, of.text);
  if (found === null) unknownName(context, of, 'kind');
  const { declaration } = found;
  if (declaration.kind === 'party') return { kind: 'party', of: declaration.id };
  if (declaration.kind === 'fact' || declaration.kind === 'derived')
    return { kind: 'fact', of: declaration.id };
  fail(context.report, 'type_mismatch', of.at, {
    found: declaration.id,
    expected: 'a party, a thing or a kind of fact',
  });
}

/** The checked value; asking while it is being checked is a circle. */
export function namedValue(context: Context, declaration: Declared<'value'>, at: Span): NamedValue {
  const { lazy } = declaration;
  if (lazy.state === 'done') return lazy.value;
  if (lazy.state === 'failed') throw new Stop();
  if (lazy.state === 'busy') {
    fail(context.report, 'circular_definition', at, { name: declaration.id }, [
      { at: declaration.at, note: 'declared_first' },
    ]);
  }
  declaration.lazy = { state: 'busy' };
  const section = context.section;
  try {
    const value = makeValue(context, declaration);
    declaration.lazy = { state: 'done', value };
    return value;
  } catch (error) {
    declaration.lazy = { state: 'failed' };
    throw error;
  } finally {
    context.section = section;
  }
}

function makeValue(context: Context, declaration: Declared<'value'>): NamedValue {
  const { tree } = declaration;
  context.section = context.sections.get(tree) ?? context.section;
  const owner = tree.of === null ? null : ownerType(context, tree.of);
  const ownerName = owner !== null && (owner.kind === 'party' || owner.kind === 'fact') ? owner.of : '';
  const of = owner === null ? null : variable(context, ownerName, owner);
  const period = tree.period === null ? null : variable(context, tree.period, periodType);
  if (period !== null) context.usedPeriods.push(tree.at);
  const unit = tree.period === null || tree.period === 'period' ? null : tree.period;
  const env: Env = {
    ...emptyEnv,
    bound: of === null ? [] : [of],
    it: of,
    fact: owner?.kind === 'fact' ? of : null,
    period: period === null ? null : { expression: reference(period, tree.name.at), unit },
  };
  const body = checkExpression(context, env, tree.body);
  return {
    id: declaration.id,
    at: tree.at,
    of,
    period: period === null ? null : { variable: period, unit },
    body,
  };
}
