// SPDX-License-Identifier: Apache-2.0
// Values of fields between the wire and the log. A value becomes exactly what its field declares or is refused with
// what was expected; nothing is guessed and no number loses a digit.
import { convert } from '@rapport/core/feeds/convert.ts';
import { isoFormat, timestampFormat } from '@rapport/core/feeds/date-format.ts';
import type { FieldMapping } from '@rapport/core/feeds/feed.ts';
import { plainNumber } from '@rapport/core/feeds/number-format.ts';
import { shown } from '@rapport/core/feeds/problem.ts';
import type { Field } from '@rapport/core/program/declaration.ts';
import type { Type } from '@rapport/core/program/type.ts';
import type { Scalar } from '@rapport/core/program/value.ts';
import { isoDay, parseIsoDay } from '@rapport/core/values/date.ts';
import { durationText } from '@rapport/core/values/duration.ts';
import { formatDecimal, isTerminating, parseDecimal, rationalText } from '@rapport/core/values/rational.ts';
import type { FieldForm, FieldValue } from '../wire/facts.ts';
import type { RefusalCode } from '../wire/messages.ts';

export interface Misfit {
  readonly kind: 'misfit';
  readonly code: RefusalCode;
  readonly facts: Readonly<Record<string, string>>;
}

const mapping: FieldMapping = {
  source: { kind: 'constant', text: '' },
  dates: [isoFormat, timestampFormat],
  number: plainNumber,
  currency: null,
  map: new Map(),
  emptyWhen: [],
  empty: null,
};

/** Digits that a JSON number surely keeps. */
const exactDigits = 15;

/** The value as the field declares it. */
export function scalarOf(value: FieldValue, field: Field, zone: string): Scalar | Misfit {
  if (typeof value === 'string') return ofText(value, field, zone);
  if (value === null) return field.mayStayOpen ? { kind: 'open' } : misfit('field_not_open', field, {});
  if (typeof value === 'boolean')
    return field.type.kind === 'yesNo'
      ? { kind: 'yesNo', value }
      : wrongType(field, value ? 'true' : 'false');
  if (typeof value === 'number') {
    const text = String(value);
    const isExact = /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= exactDigits;
    if (!isExact) return misfit('number_not_exact', field, { found: text });
    return field.type.kind === 'quantity' ? ofText(text, field, zone) : wrongType(field, text);
  }
  const { type } = field;
  if (type.kind !== 'quantity') return wrongType(field, 'an amount');
  const expected = type.unit.length === 1 ? type.unit[0]!.base : 'a plain number';
  if (value.asset !== expected) return misfit('asset_other', field, { expected, found: shown(value.asset) });
  return ofText(value.amount, field, zone);
}

function ofText(text: string, field: Field, zone: string): Scalar | Misfit {
  const quick = quickly(text, field.type);
  if (quick !== null) return quick;
  const found = convert(text, mapping, field, zone);
  if (found === null) return misfit('field_not_open', field, {});
  if (found.kind !== 'problem') return found;
  switch (found.code) {
    case 'row_choice_unknown':
      return misfit('choice_unknown', field, { found: shown(text), known: found.facts['options'] ?? '' });
    case 'row_other_currency':
      return misfit('asset_other', field, {
        expected: found.facts['expected'] ?? '',
        found: found.facts['currency'] ?? '',
      });
    case 'row_number_too_large':
      return misfit('fact_number_range', field, { limit: '24' });
    default:
      return wrongType(field, shown(text));
  }
}

/** The forms in which nearly all values come. */
function quickly(text: string, type: Type): Scalar | null {
  switch (type.kind) {
    case 'quantity': {
      if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(text) || type.flavour === 'count') return null;
      const value = parseDecimal(text);
      return value === null ? null : { kind: 'quantity', value };
    }
    case 'date': {
      const value = text.length === 10 ? parseIsoDay(text) : null;
      return value === null ? null : { kind: 'date', value };
    }
    case 'party':
    case 'fact':
      return text === '' ? null : { kind: type.kind, value: text };
    case 'text':
      return text === '' ? null : { kind: 'text', value: text };
    default:
      return null;
  }
}

function misfit(code: RefusalCode, field: Field, facts: Readonly<Record<string, string>>): Misfit {
  return { kind: 'misfit', code, facts: { field: field.name, ...facts } };
}

function wrongType(field: Field, found: string): Misfit {
  return misfit('field_wrong_type', field, { expected: typeWords(field.type), found });
}

/** A type as a person reads it. */
export function typeWords(type: Type): string {
  switch (type.kind) {
    case 'quantity': {
      const unit = type.unit
        .map(({ base, exponent }) => (exponent === 1 ? base : `${base}^${exponent}`))
        .join(' × ');
      if (unit !== '') return `an amount in ${unit}`;
      return type.flavour === 'percent'
        ? 'a percentage'
        : type.flavour === 'count'
          ? 'a whole number'
          : 'a number';
    }
    case 'date':
      return 'a day such as 2017-03-31';
    case 'yesNo':
      return 'yes or no';
    case 'duration':
      return 'a duration such as 3 months';
    case 'choice':
      return `one of ${type.options.join(', ')}`;
    case 'party':
    case 'fact':
    case 'level':
      return `the id of a ${type.of}`;
    default:
      return 'a text';
  }
}

/** What a field of a type holds, for a form that asks for it. */
export function typeForm(type: Type): FieldForm {
  const plain = (is: FieldForm['is'], of: string | null = null) => ({ is, of, options: [] });
  switch (type.kind) {
    case 'quantity':
      if (type.flavour === 'percent') return plain('percentage');
      return type.unit.length === 1 && type.unit[0]!.exponent === 1
        ? plain('amount', type.unit[0]!.base)
        : plain('number');
    case 'date':
      return plain('day');
    case 'duration':
      return plain('duration');
    case 'yesNo':
      return plain('yes or no');
    case 'choice':
      return { is: 'choice', of: null, options: [...type.options] };
    case 'party':
      return plain('party', type.of);
    case 'fact':
      return plain('fact', type.of);
    default:
      return plain('text');
  }
}

/** A value as the wire shows it; amounts carry their asset where the field says which. */
export function fieldValueOf(scalar: Scalar, type: Type | undefined): FieldValue {
  switch (scalar.kind) {
    case 'open':
      return null;
    case 'quantity': {
      const text = isTerminating(scalar.value) ? formatDecimal(scalar.value) : rationalText(scalar.value);
      const asset = type?.kind === 'quantity' && type.unit.length === 1 ? type.unit[0]!.base : null;
      return asset === null || !isTerminating(scalar.value) ? text : { amount: text, asset };
    }
    case 'date':
      return isoDay(scalar.value);
    case 'duration':
      return durationText(scalar.value);
    default:
      return scalar.value;
  }
}
