// SPDX-License-Identifier: Apache-2.0
// One field of a fact that is asked for: the control fits the declared type, and what was typed becomes the value that
// the service takes. An empty field is left out: then it is unknown, and what needs it waits.
import { Select, TextInput } from '@mantine/core';
import { currency } from '@rapport/core/values/asset.ts';
import type { FieldValue } from '@rapport/server/wire/facts.ts';

interface Field {
  readonly name: string;
  /** As the agreement declares it: USD, date, text, yes/no, number, or the kind of a party or thing. */
  readonly type: string;
}

interface FactFieldProps {
  readonly field: Field;
  /** The party that is asked for: it is filled in where the field holds one of its kind. */
  readonly own: { readonly party: string; readonly kind: string; readonly name: string | null } | undefined;
}

export function FactField({ field: { name, type }, own }: FactFieldProps) {
  if (own !== undefined && own.kind === type)
    return (
      <>
        <TextInput label={name} value={own.name ?? own.party} readOnly />
        <input type="hidden" name={name} value={own.party} />
      </>
    );
  if (type === 'yes/no') return <Select name={name} label={name} data={['yes', 'no']} clearable />;
  if (type === 'date') return <TextInput type="date" name={name} label={name} />;
  const isMoney = currency(type) !== null;
  return (
    <TextInput
      name={name}
      label={isMoney ? `${name}, ${type}` : name}
      {...(isMoney ? { inputMode: 'decimal' as const, pattern: '-?[0-9]+([.][0-9]+)?' } : {})}
    />
  );
}

/** What was typed as the service takes it; undefined where nothing was typed. */
export function fieldValueOf({ type }: Field, typed: string): FieldValue | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (currency(type) !== null) return { amount: text, asset: type };
  return type === 'yes/no' ? text === 'yes' : text;
}
