// SPDX-License-Identifier: Apache-2.0
// Kinds made from other kinds: `a Won Deal is a Deal whose Stage is "Won"`, `a First Deal is the first Won Deal of
// each Customer`. They are checked in the order of the text; a kind made of itself is a circle.
import type { DerivedKind } from '../../program/declaration.ts';
import { memberNamed, readMember } from './access.ts';
import {
  baseKind,
  type Context,
  type Declared,
  type Env,
  emptyEnv,
  find,
  reference,
  variable,
} from './context.ts';
import { condition } from './expressions.ts';
import { unknownName } from './lookup.ts';
import type { Place } from './place.ts';
import { fail } from './report.ts';

/** The checked kind. */
export function derivedKind(context: Context, declaration: Declared<'derived'>): DerivedKind {
  const { tree, id } = declaration;
  const found = find(context, tree.base.text);
  if (found === null) unknownName(context, tree.base, 'kind');
  const base = found.declaration;
  if (base.kind !== 'fact' && base.kind !== 'derived') {
    fail(context.report, 'type_mismatch', tree.base.at, { found: base.id, expected: 'a kind of fact' });
  }
  if (baseKind(context, id) === null) {
    fail(context.report, 'circular_definition', tree.name.at, { name: id }, [
      { at: base.at, note: 'declared_first' },
    ]);
  }
  const item = variable(context, base.id, { kind: 'fact', of: base.id });
  const env: Env = { ...emptyEnv, bound: [item], it: item, fact: item };
  const shape = { id, at: tree.at, plural: declaration.plural ?? id, base: base.id, item };
  if (tree.rule.kind === 'whose') {
    return { ...shape, rule: { kind: 'whose', condition: condition(context, env, tree.rule.condition) } };
  }
  const { each: name, unit, kind } = tree.rule;
  const place: Place = { env, scope: null, frame: null, moment: null };
  const member = memberNamed(context, item.type, name);
  if (member === null) fail(context.report, 'link_missing', name.at, { from: base.id, to: name.text });
  const each = readMember(context, place, reference(item, name.at), member, name.at);
  if (unit !== null) context.usedPeriods.push(tree.at);
  return { ...shape, rule: { kind, each, unit } };
}
