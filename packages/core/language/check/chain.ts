// SPDX-License-Identifier: Apache-2.0
// Chains of words, read right to left: each word is applied to what stands right of it, and one window at the end
// holds for all. `of` after a percentage or a rate is times; after everything else it is access.
import type { Span } from '../../program/diagnostic.ts';
import type { Expression } from '../../program/expression.ts';
import type { Expr, FoldWord, Link, Name, Part } from '../tree.ts';
import { access, membersOf } from './access.ts';
import { bareName, bareOrNull } from './bare.ts';
import { literalExpression } from './constants.ts';
import { type Context, type Env, isKindOf, reference, variable } from './context.ts';
import { checkExpression } from './expressions.ts';
import { unknownName } from './lookup.ts';
import {
  elementType,
  mapped,
  type Operand,
  type SetOperand,
  type ValueOperand,
  valueOperand,
} from './operand.ts';
import { type Place, placeOf } from './place.ts';
import { allOf, pluralKind, related, restricted } from './relations.ts';
import { fail } from './report.ts';
import { countType, isDimensionless, productType, typeText } from './types.ts';

type NameLink = Extract<Link, { kind: 'name' }>;
type Chain = Extract<Expr, { kind: 'chain' }>;

/** A whole chain, with its `who are`. */
export function checkChain(context: Context, env: Env, chain: Chain): Operand {
  const { who, part } = chain;
  if (who === null) return checkPart(context, env, part, null);
  return checkPart(context, env, part, (left) => {
    const right = checkPart(context, env, who.part, null);
    if (right.kind !== 'set') {
      fail(context.report, 'type_mismatch', who.part.at, { found: operandText(right), expected: 'a set' });
    }
    return restricted(context, left, right, who.not, { text: '', at: who.part.at });
  });
}

type Restrict = (set: SetOperand) => SetOperand;

/** One part of a chain: links from right to left, one window for all. */
export function checkPart(context: Context, env: Env, part: Part, restrict: Restrict | null): Operand {
  const place = placeOf(context, env, part);
  const links = [...part.links].reverse();
  const [last, ...others] = links;
  if (last === undefined)
    fail(context.report, 'type_mismatch', part.at, { found: 'nothing', expected: 'a name' });
  let operand = bareLink(context, place, last);
  let pending = restrict;
  const restrictBefore = (next: Link | undefined) => {
    if (pending === null || operand.kind !== 'set') return;
    if (next?.kind === 'name' && pluralKind(context, next.name) !== null) return;
    operand = pending(operand);
    pending = null;
  };
  restrictBefore(others[0]);
  for (const [index, link] of others.entries()) {
    operand = apply(context, place, link, operand, part);
    restrictBefore(others[index + 1]);
  }
  if (pending !== null) {
    fail(context.report, 'type_mismatch', part.at, { found: operandText(operand), expected: 'a set' });
  }
  return operand;
}

/** A chain of links alone, as one value. */
export function chainLinks(context: Context, env: Env, links: readonly Link[], at: Span): Expression {
  const part: Part = { links, scope: null, moment: null, leastCount: null, at };
  return asValue(context, checkPart(context, env, part, null), at);
}

/** An operand where one value is wanted. */
export function asValue(context: Context, operand: Operand, at: Span): Expression {
  if (operand.kind === 'value') return operand.expression;
  if (operand.kind === 'set') {
    return {
      kind: 'set',
      set: operand.build(),
      type: { kind: 'set', of: operand.of, element: operand.element },
      at,
    };
  }
  const { set, item, each } = operand;
  if (operand.isTotal === true && each.type.kind === 'quantity') {
    return { kind: 'fold', fold: 'sum', set, item, each, leastCount: null, type: each.type, at };
  }
  fail(context.report, 'fold_missing', at, { of: typeText(each.type) });
}

function operandText(operand: Operand): string {
  if (operand.kind === 'value') return typeText(operand.expression.type);
  return operand.kind === 'set'
    ? typeText({ ...operand, kind: 'set' })
    : `many of ${typeText(operand.each.type)}`;
}

function bareLink(context: Context, place: Place, link: Link): Operand {
  switch (link.kind) {
    case 'literal':
      return valueOperand(literalExpression(context, link.literal));
    case 'it': {
      const { it } = place.env;
      if (it === null) fail(context.report, 'it_unbound', link.at);
      return valueOperand(reference(it, link.at));
    }
    case 'fold':
      fail(context.report, 'fold_missing', link.at, { of: link.fold });
      break;
    case 'name': {
      if (link.article === 'its') return ofIt(context, place, link);
      const kind = pluralKind(context, link.name);
      if (kind !== null) return allOf(context, place, kind, link.name);
      return bareName(context, place, link.name);
    }
  }
}

function ofIt(context: Context, place: Place, link: NameLink): Operand {
  const { it } = place.env;
  if (it === null) fail(context.report, 'it_unbound', link.at);
  return ofOne(context, place, link, valueOperand(reference(it, link.at)));
}

function apply(context: Context, place: Place, link: Link, right: Operand, part: Part): Operand {
  switch (link.kind) {
    case 'fold':
      return folded(context, place, link.fold, right, part, link.at);
    case 'name':
      if (right.kind === 'set') return ofSet(context, place, link, right);
      if (right.kind === 'mapped') {
        if (right.isTotal === true) {
          return ofOne(context, place, link, valueOperand(asValue(context, right, link.at)));
        }
        if (right.each.type.kind !== 'fact' && right.each.type.kind !== 'party') {
          fail(context.report, 'fold_missing', link.at, { of: typeText(right.each.type) });
        }
        const one = ofOne(context, place, link, valueOperand(right.each));
        return { ...right, each: asValue(context, one, link.at) };
      }
      return ofOne(context, place, link, right);
    case 'literal': {
      const factor = literalExpression(context, link.literal);
      return times(context, factor, right, link.at);
    }
    case 'it':
      fail(context.report, 'type_mismatch', link.at, { found: 'it', expected: 'a name' });
  }
}

/** A name `of` one value: access when it is a fact, party or thing; else times. */
function ofOne(context: Context, place: Place, link: NameLink, right: ValueOperand): Operand {
  const { type } = right.expression;
  if (type.kind === 'fact' || type.kind === 'party') {
    const found = access(context, place, right.expression, link.name);
    if (found !== null) return found;
    const kind = pluralKind(context, link.name);
    if (kind !== null) return related(context, place, kind, right, plural(link));
    unknownMember(context, type, link.name);
  }
  const left = bareOrNull(context, place, link.name);
  if (left === null) unknownName(context, link.name, 'rate');
  return times(context, asValue(context, left, link.at), right, link.at);
}

function plural(link: NameLink): Name & { atAnyLevel: boolean } {
  return { text: link.name.text, at: link.name.at, atAnyLevel: link.atAnyLevel };
}

function unknownMember(context: Context, type: Expression['type'], name: Name): never {
  const { fields, attributes } = membersOf(context, type);
  const found = context.names.get(name.text)?.declaration;
  if (found !== undefined) {
    fail(context.report, 'link_missing', name.at, { from: name.text, to: typeText(type).replace(/^a /, '') });
  }
  unknownName(
    context,
    name,
    typeText(type).replace(/^a /, ''),
    [...fields, ...attributes].map((field) => field.name),
  );
}

function times(context: Context, factor: Expression, many: Operand, at: Span): Operand {
  const isTotal = many.kind === 'mapped' && many.isTotal === true;
  const right = isTotal ? valueOperand(asValue(context, many, at)) : many;
  if (right.kind !== 'value') fail(context.report, 'fold_missing', at, { of: operandText(right) });
  const { type } = right.expression;
  const isRate =
    factor.type.kind === 'quantity' &&
    (isDimensionless(factor.type) || factor.type.unit.some((part) => part.exponent < 0));
  if (type.kind !== 'quantity' || factor.type.kind !== 'quantity' || !isRate) {
    fail(context.report, 'of_needs_rate', at, { left: typeText(factor.type), right: typeText(type) });
  }
  return valueOperand({
    kind: 'arithmetic',
    operator: '*',
    left: factor,
    right: right.expression,
    type: productType(factor.type, type, 1),
    at,
  });
}

/** A name `of` a set: a plural makes a set of what the items lead to, anything else is taken of each item. */
function ofSet(context: Context, place: Place, link: NameLink, right: SetOperand): Operand {
  const kind = pluralKind(context, link.name);
  if (kind !== null) {
    const isNarrowing =
      right.of === 'facts' && kind.kind !== 'party' && isKindOf(context, kind.id, right.element);
    if (!isNarrowing) return related(context, place, kind, right, plural(link));
  }
  return mapped(context, right, link.at, (item, bound) => {
    const inner: Place = {
      ...place,
      env: right.of === 'facts' ? { ...place.env, fact: bound, isProrated: false } : place.env,
      moment: right.of === 'facts' ? null : place.moment,
    };
    const found = access(context, inner, item, link.name);
    if (found === null) unknownMember(context, elementType(right), link.name);
    return asValue(context, found, link.at);
  });
}

function folded(
  context: Context,
  place: Place,
  fold: FoldWord,
  right: Operand,
  part: Part,
  at: Span,
): Operand {
  if (fold === 'rise') return rise(context, right, at);
  if (right.kind === 'value') {
    fail(context.report, 'fold_needs_set', at, { fold, of: operandText(right) });
  }
  const leastCount = part.leastCount === null ? null : checkExpression(context, place.env, part.leastCount);
  if (right.kind === 'set') {
    const type = elementType(right);
    const item = variable(context, right.element, type);
    const set = right.build();
    if (fold === 'count') {
      return valueOperand({ kind: 'fold', fold, set, item, each: null, leastCount, type: countType, at });
    }
    if ((fold !== 'first' && fold !== 'last') || right.of !== 'facts') {
      fail(context.report, 'fold_needs_field', at, { fold, of: right.element });
    }
    return valueOperand({ kind: 'fold', fold, set, item, each: reference(item, at), leastCount, type, at });
  }
  if (fold === 'count') fail(context.report, 'fold_needs_set', at, { fold, of: operandText(right) });
  const { each, item, set } = right;
  const needsQuantity = fold === 'sum' || fold === 'mean';
  const isOrdered =
    each.type.kind === 'quantity' || each.type.kind === 'date' || each.type.kind === 'duration';
  if (
    (needsQuantity && each.type.kind !== 'quantity') ||
    (fold !== 'first' && fold !== 'last' && !isOrdered)
  ) {
    fail(context.report, 'type_mismatch', at, { found: typeText(each.type), expected: `what has a ${fold}` });
  }
  return valueOperand({ kind: 'fold', fold, set, item, each, leastCount, type: each.type, at });
}

function rise(context: Context, right: Operand, at: Span): Operand {
  const call = right.kind === 'value' ? right.expression : right.kind === 'mapped' ? right.each : null;
  if (call?.kind !== 'call' || call.period === null || call.type.kind !== 'quantity') {
    fail(context.report, 'type_mismatch', at, { found: operandText(right), expected: 'a value per period' });
  }
  const { value, of, period, type } = call;
  const risen: Expression = { kind: 'rise', value, of, period, type, at };
  return right.kind === 'mapped' ? { ...right, each: risen } : valueOperand(risen);
}
