// SPDX-License-Identifier: Apache-2.0
// A small program for the tests of feeds: deals of representatives, who have managers.
import { bareProgram } from '../program/bare-program.ts';
import type { Field } from '../program/declaration.ts';
import type { Program } from '../program/program.ts';
import type { Type } from '../program/type.ts';

const position = { offset: 0, line: 1, column: 1 };
const at = { source: '', start: position, end: position };
const field = (name: string, type: Type): Field => ({ name, type, mayStayOpen: false, one: true });

const fields: readonly Field[] = [
  field('Representative', { kind: 'party', of: 'Representative' }),
  field('Customer', { kind: 'party', of: 'Customer' }),
  field('Stage', { kind: 'text' }),
  field('Amount', { kind: 'quantity', unit: [{ base: 'USD', exponent: 1 }], flavour: 'amount' }),
  field('Closed', { kind: 'date' }),
];

export const dealFields: readonly string[] = fields.map(({ name }) => name);

const party = (id: string, attributes: readonly Field[]): Program['parties'][number] => ({
  id,
  at,
  role: 'parties',
  plural: `${id}s`,
  fields: [],
  attributes,
  lasts: null,
  parent: null,
});

export const salesProgram: Program = {
  ...bareProgram,
  title: 'Sales',
  parties: [
    party('Representative', [field('Manager', { kind: 'party', of: 'Manager' })]),
    party('Manager', []),
    party('Customer', []),
  ],
  factKinds: [
    { id: 'Deal', at, plural: 'Deals', fields, countsOn: ['Closed'], order: [], lasts: null, lowers: null },
  ],
};
