// SPDX-License-Identifier: Apache-2.0
// The text of a cell as a value of the field's type. Slow and plain: whoever reads millions of rows calls it once
// for each different text.

import type { Field } from '../program/declaration.ts';
import type { Type } from '../program/type.ts';
import type { Scalar } from '../program/value.ts';
import { currency } from '../values/asset.ts';
import { parseDuration } from '../values/duration.ts';
import { closestName } from './closest-name.ts';
import { readDay } from './date-format.ts';
import type { FieldMapping } from './feed.ts';
import { readNumber } from './number-format.ts';
import { type Problem, problem, shown } from './problem.ts';

/** Numbers of a feed are smaller than this, so that nothing computed from them outgrows the exact numbers. */
const sizeMax = 10n ** 24n;
/** The finest step of a number: 18 decimals. */
const denominatorMax = 10n ** 18n;

/** A value, null for a missing one, or what is wrong. */
export type Conversion = Scalar | Problem | null;

export function convert(given: string, mapping: FieldMapping, field: Field, zone: string): Conversion {
  const text = mapping.map.get(given) ?? given;
  if (text === '' || mapping.emptyWhen.includes(text)) {
    const rule = mapping.empty ?? (field.mayStayOpen ? 'open' : 'missing');
    if (rule === 'reject') return problem('row_field_empty', { field: field.name });
    return rule === 'open' ? { kind: 'open' } : null;
  }
  return ofType(text, field.type, mapping, zone);
}

function ofType(text: string, type: Type, mapping: FieldMapping, zone: string): Conversion {
  switch (type.kind) {
    case 'quantity':
      return quantity(text, type, mapping);
    case 'date': {
      const day = readDay(text, mapping.dates, zone);
      return typeof day === 'number' ? { kind: 'date', value: day } : day;
    }
    case 'choice': {
      if (type.options.includes(text)) return { kind: 'text', value: text };
      const closest = closestName(text, type.options);
      return problem('row_choice_unknown', {
        value: shown(text),
        options: type.options.join(', '),
        ...(closest === null ? {} : { closest }),
      });
    }
    case 'yesNo':
      if (/^(yes|y|true|1)$/i.test(text)) return { kind: 'yesNo', value: true };
      if (/^(no|n|false|0)$/i.test(text)) return { kind: 'yesNo', value: false };
      return problem('row_yes_no_malformed', { value: shown(text) });
    case 'duration': {
      const duration = parseDuration(text);
      return duration === null
        ? problem('row_duration_malformed', { value: shown(text) })
        : { kind: 'duration', value: duration };
    }
    case 'party':
    case 'fact':
      return { kind: type.kind, value: text };
    default:
      return { kind: 'text', value: text };
  }
}

function quantity(given: string, type: Type & { kind: 'quantity' }, mapping: FieldMapping): Conversion {
  const asset = type.unit[0]?.base;
  const named = /^([A-Z]{3})\s*(?=[-+\d])|(?<=\d)\s*([A-Z]{3})$/.exec(given);
  const code = named?.[1] ?? named?.[2];
  if (code !== undefined && currency(code) !== null && code !== asset) {
    return problem('row_other_currency', {
      value: shown(given),
      currency: code,
      expected: asset ?? 'a plain number',
    });
  }
  const text = code === undefined ? given : given.replace(code, '').trim();
  const value = readNumber(text, mapping.number);
  if ('kind' in value) return value;
  if (value.d > denominatorMax || value.n >= sizeMax * value.d || -value.n >= sizeMax * value.d) {
    return problem('row_number_too_large', { value: shown(given) });
  }
  if (type.flavour === 'count' && value.d !== 1n)
    return problem('row_count_not_whole', { value: shown(given) });
  return { kind: 'quantity', value };
}
