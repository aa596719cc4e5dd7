// SPDX-License-Identifier: Apache-2.0
// One step of a chain from a single thing: `Amount of it`, `its Member`, `Tier of the Member`, `Revenue of the
// Representative`. A kind's name stands for the one link that leads to it; two links do not compile.
import type { Field } from '../../program/declaration.ts';
import type { Span } from '../../program/diagnostic.ts';
import type { Expression, Moment } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import type { Name } from '../tree.ts';
import { baseKind, type Context, type Declared, find, isKindOf } from './context.ts';
import { decisionType } from './decisions.ts';
import { type Operand, plainSet, valueOperand } from './operand.ts';
import type { Place } from './place.ts';
import { momentFor, periodFor } from './place.ts';
import { fail } from './report.ts';
import { statusOf } from './statuses.ts';
import { namedValue } from './values.ts';

/** Fields that a fact, party or thing always has, and attributes that are dated. */
export function membersOf(
  context: Context,
  type: Type,
): { readonly fields: readonly Field[]; readonly attributes: readonly Field[] } {
  if (type.kind === 'fact') return { fields: baseKind(context, type.of)?.fields ?? [], attributes: [] };
  const party = type.kind === 'party' ? find(context, type.of)?.declaration : undefined;
  if (party?.kind !== 'party') return { fields: [], attributes: [] };
  return { fields: party.fields, attributes: party.attributes };
}

export interface Member {
  readonly field: Field;
  readonly isDated: boolean;
}

/** The fields and attributes of a type that lead to a party, thing or kind of fact. */
export function linksTo(context: Context, type: Type, target: Type): Member[] {
  const { fields, attributes } = membersOf(context, type);
  const leads = (field: Field) => isSameKind(context, field.type, target);
  return [
    ...fields.filter(leads).map((field) => ({ field, isDated: false })),
    ...attributes.filter(leads).map((field) => ({ field, isDated: true })),
  ];
}

function isSameKind(context: Context, link: Type, target: Type): boolean {
  if (link.kind === 'party' && target.kind === 'party') return link.of === target.of;
  return link.kind === 'fact' && target.kind === 'fact' && isKindOf(context, target.of, link.of);
}

/** The one of several links, or an error that lists them. */
export function onlyLink(
  context: Context,
  links: readonly Member[],
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: Span },
): Member {
  const [first, ...others] = links;
  if (first === undefined) fail(context.report, 'link_missing', at, { from, to });
  if (others.length > 0) {
    const names = links.map((link) => link.field.name).join(', ');
    fail(context.report, 'link_ambiguous', at, { from, to, links: names });
  }
  return first;
}

/** A field or attribute of something. */
export function readMember(
  context: Context,
  place: Place,
  of: Expression,
  member: Member,
  at: Span,
  moment: Moment | null = null,
): Expression {
  const { name, type } = member.field;
  if (!member.isDated) return { kind: 'field', of, field: name, type, at };
  const when = moment ?? momentFor(place);
  if (when === null) fail(context.report, 'dated_attribute_needs_moment', at, { attribute: name });
  return { kind: 'attribute', of, attribute: name, moment: when, type, at };
}

/** The member with that very name, else the one link to the kind of that name; null when there is neither. */
export function memberNamed(context: Context, type: Type, name: Name): Member | null {
  const { fields, attributes } = membersOf(context, type);
  const field = fields.find((candidate) => candidate.name === name.text);
  if (field !== undefined) return { field, isDated: false };
  const attribute = attributes.find((candidate) => candidate.name === name.text);
  if (attribute !== undefined) return { field: attribute, isDated: true };
  const found = find(context, name.text);
  if (found === null || found.isPlural) return null;
  const { declaration } = found;
  const target: Type | null =
    declaration.kind === 'party'
      ? { kind: 'party', of: declaration.id }
      : declaration.kind === 'fact' || declaration.kind === 'derived'
        ? { kind: 'fact', of: declaration.id }
        : null;
  if (target === null) return null;
  const links = linksTo(context, type, target);
  if (links.length === 0) return null;
  const from = type.kind === 'fact' || type.kind === 'party' ? type.of : '';
  return onlyLink(context, links, { from, to: declaration.id, at: name.at });
}

/** What `name` is of one fact, party or thing; null when it has nothing of that name. */
export function access(context: Context, place: Place, of: Expression, name: Name): Operand | null {
  const member = memberNamed(context, of.type, name);
  if (member !== null) return valueOperand(readMember(context, place, of, member, name.at));
  const found = find(context, name.text);
  if (found === null) return null;
  const { declaration } = found;
  if (declaration.kind === 'value') {
    return isOf(context, of.type, declaration.tree.of)
      ? callValue(context, place, declaration, of, name.at)
      : null;
  }
  if (declaration.kind === 'status' && isOf(context, of.type, declaration.tree.of)) {
    const moment = momentFor(place);
    if (moment === null) {
      fail(context.report, 'dated_attribute_needs_moment', name.at, { attribute: declaration.id });
    }
    statusOf(context, declaration);
    const type: Type = { kind: 'level', of: declaration.id };
    return valueOperand({ kind: 'status', status: declaration.id, of, moment, type, at: name.at });
  }
  if (declaration.kind === 'decision' && isOf(context, of.type, declaration.tree.of)) {
    const period = periodFor(context, place, declaration.tree.unit, name);
    const type = decisionType(context, declaration);
    return valueOperand({ kind: 'decision', decision: declaration.id, of, period, type, at: name.at });
  }
  return null;
}

/** Whether a value `of a NAME` can be asked of something of this type. */
export function isOf(context: Context, type: Type, of: Name | null): boolean {
  const id = of === null ? undefined : find(context, of.text)?.declaration.id;
  if (id === undefined) return false;
  return type.kind === 'party' ? type.of === id : type.kind === 'fact' && isKindOf(context, type.of, id);
}

/** A named value, applied. */
export function callValue(
  context: Context,
  place: Place,
  declaration: Declared<'value'>,
  of: Expression | null,
  at: Span,
): Operand {
  const value = namedValue(context, declaration, at);
  const period =
    value.period === null
      ? null
      : periodFor(context, place, value.period.unit ?? 'period', { text: declaration.id, at });
  const { type } = value.body;
  if (type.kind === 'set') {
    return plainSet(type.of, type.element, at, () => ({ kind: 'named', value: value.id, of, period }));
  }
  return valueOperand({ kind: 'call', value: value.id, of, period, type, at });
}
