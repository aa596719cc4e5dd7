// SPDX-License-Identifier: Apache-2.0
// A name that stands alone at the right end of a chain: something bound, a field of the fact at hand, a blank, or a
// value whose owner and period are clear from where it stands.
import type { Expression, Variable } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import type { Name } from '../tree.ts';
import { access, callValue, isOf, linksTo, memberNamed, onlyLink, readMember } from './access.ts';
import { blankExpression } from './blank-types.ts';
import { type Context, type Declared, find, findKind, reference } from './context.ts';
import { unknownName } from './lookup.ts';
import { mapped, type Operand, valueOperand } from './operand.ts';
import type { Place } from './place.ts';
import { allOf } from './relations.ts';
import { fail } from './report.ts';

/** What a bare name means; an error when it means nothing here. */
export function bareName(context: Context, place: Place, name: Name): Operand {
  const operand = bareOrNull(context, place, name);
  if (operand !== null) return operand;
  const found = find(context, name.text);
  if (found !== null) {
    fail(context.report, 'name_unbound', name.at, { name: name.text, kind: found.declaration.kind });
  }
  const { it } = place.env;
  const own = it === null ? [] : memberNames(context, it.type);
  unknownName(context, name, 'name', own);
}

function memberNames(context: Context, type: Type): string[] {
  if (type.kind === 'fact') {
    return context.names.get(type.of) === undefined ? [] : fieldsOf(context, type);
  }
  return fieldsOf(context, type);
}

function fieldsOf(context: Context, type: Type): string[] {
  const declaration =
    type.kind === 'party' || type.kind === 'fact' ? find(context, type.of)?.declaration : undefined;
  if (declaration?.kind === 'party')
    return [...declaration.fields, ...declaration.attributes].map(({ name }) => name);
  return declaration?.kind === 'fact' ? (declaration.fact?.fields ?? []).map(({ name }) => name) : [];
}

/** What a bare name means, or null. */
export function bareOrNull(context: Context, place: Place, name: Name): Operand | null {
  const { env } = place;
  const found = find(context, name.text);
  const declaration = found?.declaration;
  const bound = boundNamed(context, place, declaration?.id ?? name.text);
  if (bound !== null && found?.isPlural !== true) return valueOperand(reference(bound, name.at));
  switch (declaration?.kind) {
    case 'blank':
      return valueOperand(blankExpression(context, declaration, name.at));
    case 'value': {
      if (declaration.tree.of === null) return callValue(context, place, declaration, null, name.at);
      const owner = ownerFor(context, place, declaration.tree.of);
      if (owner !== null) return callValue(context, place, declaration, owner, name.at);
      return totalOf(context, place, declaration, declaration.tree.of);
    }
    case 'status':
    case 'decision': {
      const owner = ownerFor(context, place, declaration.tree.of);
      return owner === null ? null : access(context, place, owner, name);
    }
    case 'level': {
      const type: Type = { kind: 'level', of: declaration.status };
      return valueOperand({
        kind: 'level',
        status: declaration.status,
        rank: declaration.rank,
        type,
        at: name.at,
      });
    }
    default:
      break;
  }
  for (const owner of [env.it, env.fact, env.payee]) {
    if (owner === null) continue;
    const member = memberNamed(context, owner.type, name);
    if (member !== null) {
      return valueOperand(
        readMember(context, place, reference(owner, name.at), member, name.at, place.moment),
      );
    }
  }
  if (declaration?.kind === 'party' && declaration.role === 'the party') {
    const type: Type = { kind: 'party', of: declaration.id };
    const value = { kind: 'party', value: declaration.id } as const;
    return valueOperand({ kind: 'literal', value, type, at: name.at });
  }
  return null;
}

/** The innermost bound variable of that name or kind. */
function boundNamed(context: Context, place: Place, id: string): Variable | null {
  const { bound } = place.env;
  for (let index = bound.length - 1; index >= 0; index -= 1) {
    const candidate = bound[index];
    if (candidate === undefined) continue;
    if (candidate.name === id) return candidate;
    const idName = { text: id, at: noSpan };
    if (isOf(context, candidate.type, idName)) return candidate;
  }
  return null;
}

const nowhere = { offset: 0, line: 1, column: 1 };
const noSpan = { source: '', start: nowhere, end: nowhere };

/** Whose value a bare measure is: what is bound and fits, else the one link of the fact at hand that fits. */
function ownerFor(context: Context, place: Place, of: Name): Expression | null {
  const { env } = place;
  const direct = [env.payee, env.it, env.fact, ...[...env.bound].reverse()].find(
    (candidate) => candidate !== null && isOf(context, candidate.type, of),
  );
  if (direct !== undefined && direct !== null) return reference(direct, of.at);
  const target = find(context, of.text)?.declaration;
  if (env.fact === null || target === undefined) return null;
  const type: Type =
    target.kind === 'party' ? { kind: 'party', of: target.id } : { kind: 'fact', of: target.id };
  const links = linksTo(context, env.fact.type, type);
  if (links.length === 0) return null;
  const from = env.fact.type.kind === 'fact' ? env.fact.type.of : '';
  const link = onlyLink(context, links, { from, to: target.id, at: of.at });
  return readMember(context, place, reference(env.fact, of.at), link, of.at);
}

/** In a sentence about the company itself, a value of each thing means that of all of them together. */
function totalOf(context: Context, place: Place, declaration: Declared<'value'>, of: Name): Operand | null {
  const { payee } = place.env;
  const company = payee?.type.kind === 'party' ? findKind(context, payee.type.of, 'party') : null;
  const kind = find(context, of.text)?.declaration;
  if (company?.role !== 'the party' || kind?.kind !== 'party') return null;
  const all = allOf(context, place, kind, of);
  const total = mapped(context, all, of.at, (item) => {
    const one = callValue(context, place, declaration, item, of.at);
    if (one.kind !== 'value')
      fail(context.report, 'name_unbound', of.at, { name: declaration.id, kind: 'value' });
    return one.expression;
  });
  return { ...total, isTotal: true };
}
