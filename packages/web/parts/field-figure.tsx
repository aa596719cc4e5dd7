// SPDX-License-Identifier: Apache-2.0
// The value of one field of a fact, as people read it: an amount, a day, a party by its name, a plain text.
import type { FieldValue, FoundFact } from '@rapport/server/wire/facts.ts';
import { Amount } from './amount.tsx';
import { dayWords } from './dates.ts';

export function FieldFigure({
  value,
  party,
}: {
  readonly value: FieldValue;
  readonly party?: string | null;
}) {
  if (party !== undefined && party !== null) return <bdi>{party}</bdi>;
  if (value === null) return <em>open</em>;
  if (typeof value === 'object') return <Amount of={value} />;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = `${value}`;
  return /^\d{4}-\d\d-\d\d$/.test(text) ? dayWords(text) : text;
}

/** All fields of a fact in one line: names small before their values. */
export function FieldList({
  fact,
}: {
  readonly fact: Pick<FoundFact, 'fields'> & Partial<Pick<FoundFact, 'parties'>>;
}) {
  return Object.entries(fact.fields).map(([name, value], place) => (
    <span key={name}>
      {place > 0 && ' · '}
      {name} <FieldFigure value={value} party={fact.parties?.[name] ?? null} />
    </span>
  ));
}
