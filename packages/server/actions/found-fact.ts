// SPDX-License-Identifier: Apache-2.0
// A fact of the log as the wire shows it: fields as they were given, parties by id with their names beside them.
import type { Fact } from '@rapport/core/program/log.ts';
import { isoDay } from '@rapport/core/values/date.ts';
import { entryOfText } from '../store/log-entry.ts';
import type { LogRow } from '../store/tables.ts';
import type { FieldValue, FoundFact } from '../wire/facts.ts';
import type { Declared } from './declared.ts';
import { fieldValueOf } from './field-value.ts';
import { type OpenedFields, recordOf } from './open-personal.ts';

export function factOfRow({ body }: Pick<LogRow, 'body'>): Fact {
  const entry = entryOfText(body);
  if (entry.kind !== 'fact') throw new Error(`An entry ${entry.kind} stands where a fact was asked for.`);
  return entry.fact;
}

/** The parties that a fact names. */
export function partiesOfFact(fact: Fact): readonly string[] {
  return Object.values(fact.fields).flatMap((scalar) => (scalar.kind === 'party' ? [scalar.value] : []));
}

export function foundFact(
  row: LogRow,
  about: {
    readonly declared: Declared;
    readonly names: ReadonlyMap<string, string>;
    /** Values of personal fields that the caller may see, by `recordOf` and field; the others show their seal. */
    readonly opened: OpenedFields;
    readonly isLatest: boolean;
  },
): FoundFact {
  const fact = factOfRow(row);
  const kind = about.declared.facts.get(fact.kind);
  const fields: Record<string, FieldValue> = {};
  const parties: Record<string, string | null> = {};
  const opened = about.opened.get(recordOf(fact));
  for (const [name, scalar] of Object.entries(fact.fields)) {
    fields[name] = opened?.get(name) ?? fieldValueOf(scalar, kind?.fields.get(name)?.type);
    if (scalar.kind === 'party') parties[name] = about.names.get(scalar.value) ?? null;
  }
  return {
    sequence: row.sequence,
    kind: fact.kind,
    id: fact.id,
    revision: fact.revision,
    isVoid: fact.isVoid === true,
    isLatest: about.isLatest,
    countsOn: countsOn(fact, kind?.countsOn ?? []),
    fields,
    parties,
    source: row.source,
    actor: row.actor,
    load: row.load,
    recordedAt: row.recorded_at.toISOString(),
  };
}

/** The counting date where it is a field of the fact itself; through a link it is not the fact's own. */
function countsOn(fact: Fact, path: readonly string[]): string | null {
  const [field, ...rest] = path;
  const scalar = field === undefined || rest.length > 0 ? undefined : fact.fields[field];
  return scalar?.kind === 'date' ? isoDay(scalar.value) : null;
}
