// SPDX-License-Identifier: Apache-2.0
// A plural name and what stands right of it: `Won Deals of the Representative`, `Customers of Won Deals`,
// `Representatives of the Manager`. The one link between the two kinds is followed, in whichever way it points.
import type { Expression, Moment } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import type { Name } from '../tree.ts';
import { linksTo, type Member, onlyLink, readMember } from './access.ts';
import { type Context, type Declared, find, isKindOf, reference, variable } from './context.ts';
import { elementType, isMember, plainSet, type SetOperand, testOf, type ValueOperand } from './operand.ts';
import { momentFor, type Place, windowFor } from './place.ts';
import { fail } from './report.ts';
import type { Frame } from './scopes.ts';
import { typeText } from './types.ts';

type KindDeclaration = Declared<'party'> | Declared<'fact'> | Declared<'derived'>;

/** The kind whose plural a name is, or null. */
export function pluralKind(context: Context, name: Name): KindDeclaration | null {
  const found = find(context, name.text);
  if (found === null || !found.isPlural) return null;
  const { declaration } = found;
  const isKind =
    declaration.kind === 'party' || declaration.kind === 'fact' || declaration.kind === 'derived';
  return isKind ? declaration : null;
}

/** All facts of a kind in the window of the chain. */
export function allOf(context: Context, place: Place, kind: KindDeclaration, name: Name): SetOperand {
  if (kind.kind !== 'party') return factSet(context, place, kind.id, name, () => []);
  return partySet(context, kind.id, place, name, () => []);
}

type Conditions = (item: Expression, moment: Moment | null) => Expression[];

function factSet(
  context: Context,
  place: Place,
  factKind: string,
  name: Name,
  conditions: Conditions,
): SetOperand {
  const { at } = name;
  const type: Type = { kind: 'fact', of: factKind };
  const isDeclared = find(context, factKind)?.declaration.kind === 'fact';
  const build = (isOutermost: boolean) => {
    const item = variable(context, factKind, type);
    const where = conditions(reference(item, at), { kind: 'counting', fact: item });
    const window = (isOutermost ? windowFor(place) : null) ?? { kind: 'all' as const };
    return { kind: 'facts' as const, factKind, item, where, window };
  };
  return {
    kind: 'set',
    of: 'facts',
    element: factKind,
    build: () => build(true),
    test: (element, moment) =>
      isDeclared && isKindOf(context, kindOf(element), factKind)
        ? conditions(element, moment)
        : [isMember(element, build(false), at)],
  };
}

function kindOf(element: Expression): string {
  return element.type.kind === 'fact' ? element.type.of : '';
}

function partySet(
  context: Context,
  party: string,
  place: Place,
  name: Name,
  conditions: Conditions,
): SetOperand {
  return {
    kind: 'set',
    of: 'parties',
    element: party,
    build: () => {
      const item = variable(context, party, { kind: 'party', of: party });
      const where = conditions(reference(item, name.at), momentFor(place));
      return { kind: 'parties', party, item, where };
    },
    test: conditions,
  };
}

/** `Xs of` what stands right of it. */
export function related(
  context: Context,
  written: Place,
  kind: KindDeclaration,
  right: ValueOperand | SetOperand,
  name: Name & { readonly atAnyLevel: boolean },
): SetOperand {
  const { at } = name;
  const place = isOfFactAtHand(written, right) ? { ...written, frame: everSince } : written;
  const target = right.kind === 'set' ? elementType(right) : right.expression.type;
  if (target.kind !== 'fact' && target.kind !== 'party') {
    fail(context.report, 'type_mismatch', at, {
      found: typeText(target),
      expected: `what ${name.text} belong to`,
    });
  }
  const own: Type = kind.kind === 'party' ? { kind: 'party', of: kind.id } : { kind: 'fact', of: kind.id };
  const ways = { from: kind.id, to: target.of, at };
  const toRight = linksTo(context, own, target);
  if (name.atAnyLevel) return below(context, place, kind, right, onlyLink(context, toRight, ways), name);
  const test = testOf(right, at);
  const conditionsBy =
    (link: Member): Conditions =>
    (item, moment) =>
      test(readMember(context, place, item, link, at, moment), moment);
  if (kind.kind !== 'party') {
    return factSet(context, place, kind.id, name, conditionsBy(onlyLink(context, toRight, ways)));
  }
  if (toRight.length > 0 && target.kind === 'party') {
    return partySet(context, kind.id, place, name, conditionsBy(onlyLink(context, toRight, ways)));
  }
  if (right.kind !== 'set') fail(context.report, 'link_missing', at, { from: kind.id, to: target.of });
  const link = onlyLink(context, linksTo(context, target, own), { from: target.of, to: kind.id, at });
  return plainSet('parties', kind.id, at, () => {
    const set = right.build();
    const item = variable(context, right.element, elementType(right));
    const moment: Moment | null = right.of === 'facts' ? { kind: 'counting', fact: item } : momentFor(place);
    const read = readMember(context, place, reference(item, at), link, at, moment);
    return { kind: 'through', of: set, item, link: read };
  });
}

const everSince: Frame = { window: { kind: 'all' }, period: null };

/** `Payments of it so far`: facts that belong to the one at hand come after it, so all that are known count. */
function isOfFactAtHand({ env, scope }: Place, right: ValueOperand | SetOperand): boolean {
  if (scope?.kind !== 'so far' || right.kind !== 'value' || env.fact === null) return false;
  const { expression } = right;
  return expression.kind === 'variable' && expression.variable.id === env.fact.id;
}

function below(
  context: Context,
  place: Place,
  kind: KindDeclaration,
  right: ValueOperand | SetOperand,
  link: Member,
  name: Name,
): SetOperand {
  const { at } = name;
  if (kind.kind !== 'party' || right.kind !== 'value' || !link.isDated) {
    fail(context.report, 'link_missing', at, { from: kind.id, to: `${kind.id} at any level` });
  }
  const top = right.expression;
  const make = (moment: Moment | null) => {
    const when = moment ?? momentFor(place);
    if (when === null) {
      fail(context.report, 'dated_attribute_needs_moment', at, { attribute: link.field.name });
    }
    return { kind: 'below' as const, party: kind.id, attribute: link.field.name, top, moment: when };
  };
  return {
    kind: 'set',
    of: 'parties',
    element: kind.id,
    build: () => make(null),
    test: (item, moment) => [isMember(item, make(moment), at)],
  };
}

/** `left who are (not) right`: for parties an intersection or difference, for facts one more condition. */
export function restricted(
  context: Context,
  left: SetOperand,
  right: SetOperand,
  isNot: boolean,
  name: Name,
): SetOperand {
  const { at } = name;
  const canMeet =
    left.of === right.of &&
    (left.element === right.element ||
      (left.of === 'facts' &&
        (isKindOf(context, left.element, right.element) || isKindOf(context, right.element, left.element))));
  if (!canMeet) {
    fail(context.report, 'type_mismatch', at, { found: right.element, expected: left.element });
  }
  return plainSet(left.of, left.element, at, () => ({
    kind: isNot ? 'without' : 'both',
    left: left.build(),
    right: right.build(),
  }));
}
