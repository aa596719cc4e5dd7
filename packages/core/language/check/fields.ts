// SPDX-License-Identifier: Apache-2.0
// Second pass: fields, attributes and traits of the declared kinds. A field without a type is a link: its name is a
// party, a thing or a kind of fact.

import type { FactKind, Field, Path } from '../../program/declaration.ts';
import type { Type } from '../../program/type.ts';
import type { DocumentTree, FieldTree, Name, PathTree, TypeTree } from '../tree.ts';
import { baseKind, type Context, type Declared, find, findKind, type Of } from './context.ts';
import { unknownName } from './lookup.ts';
import { fail, guarded, note } from './report.ts';
import {
  amountType,
  countType,
  dateType,
  durationType,
  numberType,
  percentType,
  textType,
  yesNoType,
} from './types.ts';

/** Resolves the fields of every party, thing and kind of fact. */
export function declareFields(context: Context, tree: DocumentTree): void {
  const kinds = tree.statements.filter(({ statement }) => statement.kind === 'has');
  for (const { statement } of tree.statements) {
    if (statement.kind === 'attributes') guarded(() => declareAttributes(context, statement));
    if (statement.kind === 'has') guarded(() => declareHas(context, statement));
  }
  for (const { statement } of kinds) {
    if (statement.kind === 'has') guarded(() => declareTraits(context, statement));
  }
}

function declareAttributes(context: Context, statement: Of<'attributes'>): void {
  const owner = findKind(context, statement.of, 'party');
  if (owner === null) {
    if (find(context, statement.of.text) === null) unknownName(context, statement.of, 'party');
    fail(context.report, 'type_mismatch', statement.of.at, {
      found: statement.of.text,
      expected: 'a party or thing',
    });
  }
  owner.attributes.push(...statement.fields.map((field) => fieldOf(context, field, owner)));
}

function declareHas(context: Context, statement: Of<'has'>): void {
  const declaration = find(context, statement.of.text)?.declaration;
  if (declaration?.kind === 'party') {
    declaration.fields.push(...statement.fields.map((field) => fieldOf(context, field, declaration)));
    return;
  }
  if (declaration?.kind !== 'fact' || declaration.tree !== statement) return;
  const fields: Field[] = [];
  for (const field of statement.fields) {
    const made = guarded(() => fieldOf(context, field, { fields, attributes: [] }));
    if (made !== null) fields.push(made);
  }
  declaration.fact = {
    id: declaration.id,
    plural: declaration.plural ?? declaration.id,
    at: declaration.at,
    fields,
    countsOn: [],
    order: [],
    lasts: null,
    lowers: null,
  };
}

function fieldOf(
  context: Context,
  tree: FieldTree,
  owner: { readonly fields: readonly Field[]; readonly attributes: readonly Field[] },
): Field {
  const name = tree.name.text;
  if ([...owner.fields, ...owner.attributes].some((field) => field.name === name)) {
    fail(context.report, 'name_declared_twice', tree.name.at, { name, other: name });
  }
  const clash = find(context, name)?.declaration;
  const isTerm =
    clash !== undefined && ['blank', 'value', 'table', 'status', 'level', 'decision'].includes(clash.kind);
  if (clash !== undefined && isTerm) {
    fail(context.report, 'name_declared_twice', tree.name.at, { name, other: name }, [
      { at: clash.at, note: 'declared_first' },
    ]);
  }
  const type = tree.type === null ? linkType(context, tree.name) : typeOf(context, tree.type);
  return { name, type, mayStayOpen: tree.mayStayOpen, one: tree.one };
}

function linkType(context: Context, name: Name): Type {
  const found = find(context, name.text);
  if (found?.declaration.kind === 'party') return { kind: 'party', of: found.declaration.id };
  if (found?.declaration.kind === 'fact') return { kind: 'fact', of: found.declaration.id };
  if (found?.declaration.kind === 'asset') return amountType(found.declaration.id);
  if (found === null) {
    fail(context.report, 'field_without_type', name.at, { name: name.text });
  }
  fail(context.report, 'type_mismatch', name.at, {
    found: name.text,
    expected: 'a party, a thing or a kind of fact',
  });
}

/** The type that words in brackets name. */
export function typeOf(context: Context, tree: TypeTree): Type {
  switch (tree.kind) {
    case 'currency':
      return amountType(tree.code);
    case 'oneOf':
      return { kind: 'choice', options: tree.options.map((option) => option.text) };
    case 'name':
      if (find(context, tree.name.text) === null) unknownName(context, tree.name, 'type');
      return linkType(context, tree.name);
    case 'word':
      return wordTypes[tree.word];
  }
}

const wordTypes = {
  text: textType,
  number: numberType,
  count: countType,
  percent: percentType,
  date: dateType,
  duration: durationType,
  'yes or no': yesNoType,
} as const;

function declareTraits(context: Context, statement: Of<'has'>): void {
  const declaration = find(context, statement.of.text)?.declaration;
  if (declaration?.kind === 'party') {
    for (const trait of statement.traits) {
      if (trait.kind !== 'lasts') fail(context.report, 'trait_of_party', trait.at, { party: declaration.id });
      const owner = [...declaration.fields, ...declaration.attributes];
      for (const name of [trait.from, trait.through]) dateField(context, owner, declaration.id, name);
      declaration.lasts = { from: trait.from.text, through: trait.through.text };
    }
    return;
  }
  if (declaration?.kind !== 'fact' || declaration.fact === null || declaration.tree !== statement) return;
  declaration.fact = factWithTraits(context, declaration, declaration.fact);
}

function factWithTraits(context: Context, declaration: Declared<'fact'>, plain: FactKind): FactKind {
  let fact = plain;
  for (const trait of declaration.tree.traits) {
    switch (trait.kind) {
      case 'counts on':
        fact = { ...fact, countsOn: pathOf(context, fact, trait.path, true) };
        break;
      case 'lasts':
        for (const name of [trait.from, trait.through]) dateField(context, fact.fields, fact.id, name);
        fact = { ...fact, lasts: { from: trait.from.text, through: trait.through.text } };
        break;
      case 'order':
        fact = { ...fact, order: trait.paths.map((path) => pathOf(context, fact, path, false)) };
        break;
      case 'lowers':
        fact = { ...fact, lowers: lowersOf(context, fact, trait) };
        break;
    }
  }
  if (fact.countsOn.length === 0) {
    note(context.report, 'counting_date_missing', declaration.at, { kind: fact.id });
  }
  return fact;
}

function pathOf(context: Context, fact: FactKind, path: PathTree, isDate: boolean): Path {
  const owner = path.ofIts === null ? fact : linkedKind(context, fact, path.ofIts);
  const field = fieldNamed(context, owner.fields, owner.id, path.field);
  if (isDate && field.type.kind !== 'date') {
    fail(context.report, 'type_mismatch', path.field.at, { found: field.name, expected: 'a date' });
  }
  return path.ofIts === null ? [path.field.text] : [path.ofIts.text, path.field.text];
}

function linkedKind(context: Context, fact: FactKind, link: Name): FactKind {
  const field = fieldNamed(context, fact.fields, fact.id, link);
  const kind = field.type.kind === 'fact' ? baseKind(context, field.type.of) : null;
  if (kind === null) {
    fail(context.report, 'type_mismatch', link.at, {
      found: link.text,
      expected: 'a link to a kind of fact',
    });
  }
  return kind;
}

function lowersOf(
  context: Context,
  fact: FactKind,
  trait: Extract<Of<'has'>['traits'][number], { kind: 'lowers' }>,
): NonNullable<FactKind['lowers']> {
  const lowered = linkedKind(context, fact, trait.link);
  const field = fieldNamed(context, lowered.fields, lowered.id, trait.field);
  const own = fieldNamed(context, fact.fields, fact.id, trait.by ?? trait.field);
  if (JSON.stringify(own.type) !== JSON.stringify(field.type)) {
    fail(context.report, 'type_mismatch', (trait.by ?? trait.field).at, {
      found: own.name,
      expected: `the unit of ${field.name} of ${lowered.id}`,
    });
  }
  return { link: trait.link.text, field: field.name, by: own.name };
}

function dateField(context: Context, fields: readonly Field[], owner: string, name: Name): void {
  if (fieldNamed(context, fields, owner, name).type.kind !== 'date') {
    fail(context.report, 'type_mismatch', name.at, { found: name.text, expected: 'a date' });
  }
}

function fieldNamed(context: Context, fields: readonly Field[], owner: string, name: Name): Field {
  const field = fields.find((candidate) => candidate.name === name.text);
  if (field === undefined)
    unknownName(
      context,
      name,
      owner,
      fields.map((candidate) => candidate.name),
    );
  return field;
}
