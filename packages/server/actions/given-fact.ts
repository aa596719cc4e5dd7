// SPDX-License-Identifier: Apache-2.0
// A fact as somebody gave it, and what it becomes by what the agreements declare: a fact of the log, one that waits
// for its kind to be declared, or a misfit with its place.
import type { Field } from '@rapport/core/program/declaration.ts';
import type { Fact } from '@rapport/core/program/log.ts';
import type { Scalar } from '@rapport/core/program/value.ts';
import type { Reference } from '../store/party-rows.ts';
import type { FieldValue } from '../wire/facts.ts';
import type { Declared, DeclaredKind } from './declared.ts';
import { type Misfit, scalarOf } from './field-value.ts';
import { referenceKey } from './party-reference.ts';

export interface GivenFact {
  readonly kind: string;
  readonly id: string;
  readonly revision: number;
  readonly isVoid: boolean;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Which system says so; its references to parties are looked up under this name first. */
  readonly source: string;
}

export type ReadFact =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'undeclared' }
  | (Misfit & { readonly place: string });

/** References to parties that hold no id of ours yet are added to `asked`; `settle` puts the parties in. */
export function readFact(given: GivenFact, declared: Declared, asked: Map<string, Reference>): ReadFact {
  const kind = declared.facts.get(given.kind);
  if (kind === undefined) return { kind: 'undeclared' };
  const fields: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(given.fields)) {
    const field = kind.fields.get(name);
    const place = `/data/${name}`;
    if (field === undefined) return unknownField(kind, name, place);
    const scalar = scalarOf(value, field, kind.zone);
    if (scalar.kind === 'misfit') return { ...scalar, facts: { kind: given.kind, ...scalar.facts }, place };
    if (scalar.kind === 'party' && namesParty(field, declared)) {
      const reference = referenceOf(field, scalar.value, given.source);
      asked.set(referenceKey(reference), reference);
    }
    fields[name] = scalar;
  }
  const { id, revision, isVoid } = given;
  const fact = { kind: given.kind, id, revision, fields };
  return { kind: 'fact', fact: isVoid ? { ...fact, isVoid } : fact };
}

/** The fact with the ids of its parties in the place of what the other system calls them. */
export function settle(
  fact: Fact,
  source: string,
  declared: Declared,
  parties: ReadonlyMap<string, string>,
): Fact {
  const kind = declared.facts.get(fact.kind)!;
  const fields: Record<string, Scalar> = {};
  for (const [name, scalar] of Object.entries(fact.fields)) {
    const field = kind.fields.get(name)!;
    fields[name] =
      scalar.kind === 'party' && namesParty(field, declared)
        ? { kind: 'party', value: parties.get(referenceKey(referenceOf(field, scalar.value, source)))! }
        : scalar;
  }
  return { ...fact, fields };
}

/** Whether a field holds a party of its own id. Things, and the one party such as the company, are called by their names. */
export function namesParty({ type }: Field, declared: Declared): boolean {
  return type.kind === 'party' && declared.parties.get(type.of)?.role === 'parties';
}

function referenceOf({ type }: Field, reference: string, system: string): Reference {
  return { kind: type.kind === 'party' ? type.of : '', system, reference };
}

function unknownField(kind: DeclaredKind, field: string, place: string): Misfit & { readonly place: string } {
  const known = [...kind.fields.keys()].join(', ');
  return { kind: 'misfit', code: 'field_unknown', facts: { kind: kind.kind, field, known }, place };
}
