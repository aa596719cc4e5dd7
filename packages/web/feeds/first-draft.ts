// SPDX-License-Identifier: Apache-2.0
// Where somebody begins who has chosen a file and a kind of fact: columns whose names are like those of fields, and ways
// of writing that fit every row shown. Where two ways fit, none is chosen: only a person knows which one is meant.
import { closestName } from '@rapport/core/feeds/closest-name.ts';
import { fittingDates, fittingNumbers } from '@rapport/core/feeds/fitting-formats.ts';
import { plainNumber } from '@rapport/core/feeds/number-format.ts';
import type { FieldForm } from '@rapport/server/wire/facts.ts';
import { emptyField, type FieldDraft } from './draft.ts';
import { cellsOf, type SampleFile } from './sample-file.ts';

export interface KindOfFact {
  readonly kind: string;
  readonly fields: readonly FieldOfKind[];
}

export interface FieldOfKind {
  readonly name: string;
  readonly type: string;
  readonly form: FieldForm;
  readonly mayStayOpen: boolean;
}

/** Fields with a column like them; the others are left to say. */
export function firstFields(
  { fields }: KindOfFact,
  sample: SampleFile,
): Readonly<Record<string, FieldDraft>> {
  const found = fields.flatMap((field) => {
    const column = closestName(field.name, sample.columns);
    return column === null ? [] : [[field.name, fieldFrom(column, field, sample)] as const];
  });
  return Object.fromEntries(found);
}

/** A field filled from a column, with the ways of writing that its rows leave no doubt about. */
export function fieldFrom(column: string, { form }: FieldOfKind, sample: SampleFile): FieldDraft {
  const cells = cellsOf(sample, column);
  const field: FieldDraft = { ...emptyField, text: column };
  switch (form.is) {
    case 'day': {
      const [date, other] = fittingDates(cells, 'UTC');
      const isUsual = date === undefined || date === 'ISO' || date === 'timestamp';
      return isUsual || other !== undefined ? field : { ...field, dates: [date] };
    }
    case 'amount':
      return { ...field, number: numberOf(cells), currency: form.of === null ? null : { code: form.of } };
    case 'number':
    case 'percentage':
      return { ...field, number: numberOf(cells) };
    default:
      return field;
  }
}

function numberOf(cells: readonly string[]): string {
  const [number] = fittingNumbers(cells);
  return number === undefined || number === plainNumber.text ? '' : number;
}

/** The column that seems to identify a row: its texts are all there and all different. */
export function firstId(sample: SampleFile): readonly string[] {
  const candidates = sample.columns.filter((column) => {
    const cells = cellsOf(sample, column);
    return cells.length > 0 && !cells.includes('') && new Set(cells).size === cells.length;
  });
  const named = candidates.find((column) => /(^|[^a-z])(id|no|nr|number|key)([^a-z]|$)/i.test(column));
  const first = named ?? candidates[0];
  return first === undefined ? [] : [first];
}

/** A name in addresses out of a title. */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
