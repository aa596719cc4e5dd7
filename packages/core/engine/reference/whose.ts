// SPDX-License-Identifier: Apache-2.0
// Whose facts an expression rests on, in an evaluation that knows the facts of one payee, and those of nobody, alone. A
// set is the payee's own where a field of each item leads to the payee, or to a fact of the payee. Facts that lead to
// no person are known to everybody, and so is every attribute of a thing.
import type { Expression } from '../../program/expression.ts';
import type { SetExpression } from '../../program/set.ts';
import type { Type } from '../../program/type.ts';
import type { Value } from '../../program/value.ts';
import { answer, isNamedSet } from './expression.ts';
import { type Answer, isValue } from './result.ts';
import type { Scope } from './scope.ts';
import { isFieldsOf, mentions } from './sets.ts';
import { declaredKind, keptOf, type World } from './world.ts';

/** Whose facts a value rests on: the payee's (and nobody's), those of many, or those of one other person. */
export type Whose = 'own' | 'group' | 'one';

/** Whose facts an expression rests on, by what is at hand: read here alone, not what the parts of it rest on. */
export function whoseValue(node: Expression, scope: Scope, payee: string): Whose {
  switch (node.kind) {
    case 'fold':
    case 'member':
      return whoseSet(node.set, scope, payee);
    case 'place':
      return isPayee(answer(node.of, scope), payee) ? 'group' : 'one';
    case 'entitlement': {
      const of = answer(node.of, scope);
      return of.kind !== 'party' || isPayee(of, payee) || !isPerson(node.of.type, scope.world)
        ? 'own'
        : 'one';
    }
    case 'status': {
      const of = answer(node.of, scope);
      if (of.kind !== 'party' || isPayee(of, payee)) return 'own';
      return isPerson(node.of.type, scope.world) ? 'one' : 'group';
    }
    default:
      return 'own';
  }
}

function isPayee(value: Answer, payee: string): boolean {
  return value.kind === 'party' && value.value === payee;
}

const order: readonly Whose[] = ['own', 'group', 'one'];

function eitherOf(a: Whose, b: Whose): Whose {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function whoseSet(set: SetExpression, scope: Scope, payee: string): Whose {
  switch (set.kind) {
    case 'facts': {
      if (!isPersonal(declaredKind(scope.world.program, set.factKind), scope.world)) return 'own';
      return whoseItems(set, scope, payee, isFieldsOf);
    }
    case 'parties': {
      const role = scope.world.program.parties.find(({ id }) => id === set.party)?.role;
      if (role === 'the party') return 'own';
      // Every attribute of a thing is known to everybody; those of people are not.
      return role === 'things' ? whoseItems(set, scope, payee, isReadOf) : 'group';
    }
    case 'through':
      return whoseSet(set.of, scope, payee);
    case 'both':
    case 'without':
    case 'either':
      return eitherOf(whoseSet(set.left, scope, payee), whoseSet(set.right, scope, payee));
    case 'named': {
      const { body, inner } = isNamedSet(set, scope);
      return whoseSet(body, inner, payee);
    }
    case 'below':
      return 'group';
  }
}

/** By the conditions that tie an item to somebody: to the payee, or a fact of the payee, or to one other person. */
function whoseItems(
  { where, item }: SetExpression & { kind: 'facts' | 'parties' },
  scope: Scope,
  payee: string,
  isTie: (link: Expression, id: number) => boolean,
): Whose {
  let found: Whose = 'group';
  for (const condition of where) {
    if (condition.kind !== 'compare' || condition.comparison !== 'is') continue;
    for (const [link, owner] of [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ] as const) {
      if (!isTie(link, item.id) || mentions(owner, item.id)) continue;
      const value = answer(owner, scope);
      const whose = isValue(value) ? whoseIs(owner.type, value, scope, payee) : 'own';
      if (whose === 'own') return 'own';
      if (whose === 'one') found = 'one';
    }
  }
  return found;
}

/** Whose a party or a fact is. */
export function whoseIs(type: Type, value: Value, { world }: Scope, payee: string): Whose {
  if (value.kind === 'party') return value.value === payee ? 'own' : isPerson(type, world) ? 'one' : 'group';
  if (value.kind !== 'fact' || type.kind !== 'fact') return 'group';
  const kind = declaredKind(world.program, type.of);
  return isPersonal(kind, world) && world.facts.get(kind)?.has(value.value) === true ? 'own' : 'group';
}

function isPerson(type: Type, { program }: World): boolean {
  return type.kind === 'party' && program.parties.find(({ id }) => id === type.of)?.role === 'parties';
}

/** A field or attribute, over any number of steps, of the item. */
function isReadOf(link: Expression, id: number): boolean {
  if (link.kind === 'variable') return link.variable.id === id;
  return (link.kind === 'field' || link.kind === 'attribute') && isReadOf(link.of, id);
}

/** Whether facts of a kind lead to people, by their own fields or through the facts that they name. */
export function isPersonal(kind: string, world: World): boolean {
  return keptOf(world, world.program.factKinds, `personal ${kind}`, () =>
    leadsToPeople(kind, world, new Set()),
  );
}

function leadsToPeople(kind: string, world: World, seen: Set<string>): boolean {
  if (seen.has(kind)) return false;
  seen.add(kind);
  const fields = world.program.factKinds.find(({ id }) => id === kind)?.fields ?? [];
  return fields.some(
    ({ type }) =>
      isPerson(type, world) ||
      (type.kind === 'fact' && leadsToPeople(declaredKind(world.program, type.of), world, seen)),
  );
}
