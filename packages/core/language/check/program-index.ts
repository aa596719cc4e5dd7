// SPDX-License-Identifier: Apache-2.0
// The declarations of a program by name, for questions about whole formulas.
import type { DerivedKind, NamedValue, Table } from '../../program/declaration.ts';
import type { Program } from '../../program/program.ts';
import { type BlankValues, blankValues } from './constants.ts';

export interface Index {
  readonly values: ReadonlyMap<string, NamedValue>;
  readonly tables: ReadonlyMap<string, Table>;
  readonly derivedKinds: ReadonlyMap<string, DerivedKind>;
  readonly blanks: BlankValues;
}

type Indexed = Pick<Program, 'values' | 'tables' | 'derivedKinds' | 'blanks'>;

export function indexOf({ values, tables, derivedKinds, blanks }: Indexed): Index {
  const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
    new Map(items.map((item) => [item.id, item]));
  return {
    values: byId(values),
    tables: byId(tables),
    derivedKinds: byId(derivedKinds),
    blanks: blankValues(blanks),
  };
}
