// SPDX-License-Identifier: Apache-2.0
// One field of a fact that is asked for: the control fits what the field holds, and what was typed becomes the value
// that the service takes. An empty field is left out: then it is unknown, and what needs it waits.
import { Select, TextInput } from '@mantine/core';
import type { FieldForm, FieldValue } from '@rapport/server/wire/facts.ts';

interface Field {
  readonly name: string;
  readonly form: FieldForm;
}

interface FactFieldProps {
  readonly field: Field;
  /** What the field held in a fact like it: where one begins. */
  readonly like: FieldValue | undefined;
  /** The party that is asked for: it is filled in where the field holds one of its kind. */
  readonly own: { readonly party: string; readonly kind: string; readonly name: string | null } | undefined;
}

export function FactField({ field: { name, form }, like, own }: FactFieldProps) {
  const before = textOf(like);
  switch (form.is) {
    case 'party':
      if (own === undefined || own.kind !== form.of)
        return <TextInput name={name} label={name} defaultValue={isOurId(before) ? '' : before} />;
      return (
        <>
          <TextInput label={name} value={own.name ?? own.party} readOnly />
          <input type="hidden" name={name} value={own.party} />
        </>
      );
    case 'yes or no':
      return <Select name={name} label={name} data={['yes', 'no']} defaultValue={before} clearable />;
    case 'choice':
      return <Select name={name} label={name} data={form.options} defaultValue={before} clearable />;
    case 'day':
      return <TextInput type="date" name={name} label={name} defaultValue={before} />;
    case 'amount':
      return (
        <TextInput
          name={name}
          label={`${name}, ${form.of}`}
          inputMode="decimal"
          pattern="-?[0-9]+([.][0-9]+)?"
        />
      );
    case 'number':
    case 'percentage':
    case 'duration':
    case 'fact':
    case 'text':
      return <TextInput name={name} label={name} defaultValue={before} />;
  }
}

/** A random id of a party, which nobody would type. */
function isOurId(text: string): boolean {
  return /^p-[0-9a-f]{16,}$/.test(text);
}

/** A value as one would type it; amounts are asked for anew. */
function textOf(value: FieldValue | undefined): string {
  if (value === undefined || value === null || typeof value === 'object') return '';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value}`;
}

/** What was typed as the service takes it; undefined where nothing was typed. */
export function fieldValueOf({ form }: Field, typed: string): FieldValue | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (form.is === 'amount' && form.of !== null) return { amount: text, asset: form.of };
  return form.is === 'yes or no' ? text === 'yes' : text;
}
