// SPDX-License-Identifier: Apache-2.0
// Written literals as values with a type. A text takes the meaning that the place demands (a party's id, yes or no).

import type { Span } from '../../program/diagnostic.ts';
import type { Type } from '../../program/type.ts';
import type { Scalar } from '../../program/value.ts';
import { currency } from '../../values/asset.ts';
import { parseIsoDay } from '../../values/date.ts';
import { parseDuration } from '../../values/duration.ts';
import { divide, parseDecimal, type Rational, rational } from '../../values/rational.ts';
import type { Literal } from '../tree.ts';
import { type Context, find, findKind } from './context.ts';
import { unknownName } from './lookup.ts';
import { fail, Stop } from './report.ts';
import {
  amountType,
  dateType,
  durationType,
  isMatching,
  numberType,
  percentType,
  textType,
  typeText,
  yesNoType,
} from './types.ts';

export interface Typed {
  readonly type: Type;
  readonly value: Scalar;
}

/** A literal by itself. */
export function literalOf(context: Context, literal: Literal): Typed {
  switch (literal.kind) {
    case 'money':
      return quantity(amountType(literal.currency), decimal(context, literal.number, literal.at));
    case 'number':
      return quantity(numberType, decimal(context, literal.number, literal.at));
    case 'percent': {
      const hundredth = divide(decimal(context, literal.number, literal.at), rational(100));
      return quantity(percentType, hundredth ?? rational(0));
    }
    case 'text':
      return { type: textType, value: { kind: 'text', value: literal.text } };
    case 'date': {
      const day = parseIsoDay(literal.iso);
      if (day === null) throw new Stop(); // The lexer has said that there is no such day.
      return { type: dateType, value: { kind: 'date', value: day } };
    }
    case 'duration': {
      const length = parseDuration(literal.text);
      if (length === null) fail(context.report, 'duration_invalid', literal.at, { text: literal.text });
      return { type: durationType, value: { kind: 'duration', value: length } };
    }
    case 'assetAmount': {
      const asset = findKind(context, literal.asset, 'asset');
      if (asset === null) unknownName(context, literal.asset, 'asset');
      return quantity(amountType(asset.id), decimal(context, literal.number, literal.at));
    }
    case 'yesNo':
      return { type: yesNoType, value: { kind: 'yesNo', value: literal.value } };
    case 'open':
      return { type: dateType, value: { kind: 'open' } };
    case 'named': {
      const found = find(context, literal.name.text)?.declaration;
      if (found === undefined) unknownName(context, literal.name, 'value');
      if (found.kind === 'party' && found.role === 'the party') {
        return { type: { kind: 'party', of: found.id }, value: { kind: 'party', value: found.id } };
      }
      fail(context.report, 'type_mismatch', literal.at, { found: found.id, expected: 'a value' });
    }
  }
}

function quantity(type: Type, value: Rational): Typed {
  return { type, value: { kind: 'quantity', value } };
}

function decimal(context: Context, text: string, at: Span): Rational {
  const value = parseDecimal(text.replace('−', '-'));
  if (value === null)
    fail(context.report, 'type_mismatch', at, {
      found: 'a number of too many digits',
      expected: 'a shorter one',
    });
  return value;
}

/** A literal where a value of `type` is wanted: texts become ids, options, yes or no; bare numbers take the unit. */
export function literalAs(context: Context, literal: Literal, type: Type): Scalar {
  if (literal.kind === 'open' && type.kind === 'date') return { kind: 'open' };
  const typed = literalOf(context, literal);
  const scalar = scalarAs(typed, type);
  if (scalar !== null) return scalar;
  fail(context.report, 'type_mismatch', literal.at, {
    found: typeText(typed.type),
    expected: typeText(type),
  });
}

/** The value as one of another type, or null when it cannot be. */
export function scalarAs({ type: own, value }: Typed, type: Type): Scalar | null {
  if (value.kind === 'text') {
    if (type.kind === 'party' || type.kind === 'fact') return { kind: type.kind, value: value.value };
    if (type.kind === 'choice') return type.options.includes(value.value) ? value : null;
    if (type.kind === 'yesNo' && /^(yes|no)$/.test(value.value)) {
      return { kind: 'yesNo', value: value.value === 'yes' };
    }
    return type.kind === 'text' ? value : null;
  }
  const isCurrency = type.kind === 'quantity' && type.unit.some((part) => currency(part.base) !== null);
  if (own === numberType && type.kind === 'quantity' && !isCurrency) {
    return type.flavour === 'percent' && value.kind === 'quantity' && value.value.n !== 0n ? null : value;
  }
  if (own.kind === 'quantity' && type.kind === 'quantity' && type.flavour === 'count' && own !== numberType) {
    return isMatching(own, type) ? value : null;
  }
  return isMatching(own, type) ? value : null;
}
