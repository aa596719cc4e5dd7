// SPDX-License-Identifier: Apache-2.0
// The type of a blank: that of its value, or of its hint while it is empty. A bare number takes the one unit that
// its uses demand (never a currency), which a first run of the checker finds and a second one knows.

import type { Blank } from '../../program/declaration.ts';
import type { Span } from '../../program/diagnostic.ts';
import type { Expression } from '../../program/expression.ts';
import type { Type } from '../../program/type.ts';
import type { Scalar } from '../../program/value.ts';
import { currency } from '../../values/asset.ts';
import type { BlankTree } from '../tree.ts';
import { type Context, type Declared, find } from './context.ts';
import { literalOf } from './literals.ts';
import { fail } from './report.ts';
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

/** A use of a blank. */
export function blankExpression(context: Context, declaration: Declared<'blank'>, at: Span): Expression {
  const { id, tree } = declaration;
  const uses = context.usedBlanks.get(id) ?? new Set<number>();
  uses.add(context.section);
  context.usedBlanks.set(id, uses);
  return { kind: 'blank', blank: id, type: blankType(context, tree), at };
}

/** The type of a blank. */
export function blankType(context: Context, tree: BlankTree): Type {
  if (find(context, tree.name.text)?.declaration.kind === 'party')
    return { kind: 'party', of: tree.name.text };
  const demand = context.demands.get(tree.name.text)?.type;
  if (tree.value !== null) {
    if (tree.value.kind === 'number' && demand !== undefined) return demand;
    if (tree.value.kind === 'named') return textType;
    return literalOf(context, tree.value).type;
  }
  if (tree.typeHint !== null && tree.typeHint !== '') return hintType(context, tree, tree.typeHint);
  if (tree.text === '' || tree.text === '…' || tree.text === '...') {
    if (demand !== undefined) return demand;
    fail(context.report, 'blank_unknown_type', tree.at, { name: tree.name.text });
  }
  return textType;
}

const hints: Readonly<Record<string, Type>> = {
  text: textType,
  number: numberType,
  count: countType,
  percent: percentType,
  '%': percentType,
  date: dateType,
  duration: durationType,
  days: durationType,
  months: durationType,
  years: durationType,
  'yes or no': yesNoType,
};

function hintType(context: Context, tree: BlankTree, hint: string): Type {
  const known = hints[hint];
  if (known !== undefined) return known;
  if (currency(hint) !== null) return amountType(hint);
  const declaration = find(context, hint)?.declaration;
  if (declaration?.kind === 'asset') return amountType(declaration.id);
  if (declaration?.kind === 'party') return { kind: 'party', of: declaration.id };
  if (hint === 'party') return textType;
  fail(context.report, 'blank_unknown_type', tree.at, { name: tree.name.text, hint });
}

/** Whether a blank holds a number without a unit, so that its uses decide. */
export function isBareNumber(tree: BlankTree): boolean {
  return tree.value?.kind === 'number' || (tree.value === null && tree.text.replace(/[….]/g, '') === '');
}

/** The blank with its value, for the program. */
export function blankOf(context: Context, tree: BlankTree, section: string): Blank {
  const type = blankType(context, tree);
  const base = { id: tree.name.text, at: tree.at, type, text: tree.text, section };
  return { ...base, value: blankValue(context, tree, type) };
}

function blankValue(context: Context, tree: BlankTree, type: Type): Scalar | null {
  const isEmpty = tree.value === null && (tree.typeHint !== null || tree.text.replace(/[….]/g, '') === '');
  if (isEmpty) return null;
  if (type.kind === 'party') {
    return { kind: 'party', value: tree.value?.kind === 'text' ? tree.value.text : tree.text };
  }
  if (type.kind === 'text') {
    return { kind: 'text', value: tree.value?.kind === 'text' ? tree.value.text : tree.text };
  }
  return tree.value === null ? null : literalOf(context, tree.value).value;
}
