// SPDX-License-Identifier: Apache-2.0
// What a load changes: facts that are new, that supersede what is known, that are known already, and, in a snapshot,
// that are gone. References of the other system become our ids; in a preview those that nobody knows stay as they are.
import type { Field } from '@rapport/core/program/declaration.ts';
import type { AttributeFact, Fact } from '@rapport/core/program/log.ts';
import type { Scalar } from '@rapport/core/program/value.ts';
import { latestFacts, standingFacts } from '../../store/latest-fact-rows.ts';
import { entryOfText, entryText } from '../../store/log-entry.ts';
import type { Scope } from '../../store/open.ts';
import { findReferences, type Reference } from '../../store/party-rows.ts';
import type { Declared } from '../declared.ts';
import { namesParty } from '../given-fact.ts';
import { referenceKey } from '../party-reference.ts';
import type { ReadFiles } from './read-files.ts';

export interface LoadChanges {
  /** Facts to record, new revisions and voids among them; what is known already is not. */
  readonly facts: readonly Fact[];
  /** Those of them that change or take away what was known. */
  readonly corrections: readonly Fact[];
  readonly attributes: readonly AttributeFact[];
  readonly added: number;
  readonly revised: number;
  readonly repeated: number;
  readonly voided: number;
  /** Facts of this feed that stood before. */
  readonly known: number;
}

/** The parties that the files name, for looking up or making them. */
export function referencesIn(
  { facts, attributes }: ReadFiles,
  declared: Declared,
  system: string,
): ReadonlyMap<string, Reference> {
  const asked = new Map<string, Reference>();
  const ask = (kind: string, reference: string): void => {
    if (declared.parties.get(kind)?.role !== 'parties') return;
    const found = { kind, system, reference };
    asked.set(referenceKey(found), found);
  };
  for (const fact of facts) {
    for (const [name, scalar] of Object.entries(fact.fields)) {
      const field = declared.facts.get(fact.kind)?.fields.get(name);
      if (scalar.kind === 'party' && field?.type.kind === 'party') ask(field.type.of, scalar.value);
    }
  }
  for (const { party, of, attribute, value } of attributes) {
    ask(party, of);
    const type = attributeField(declared, party, attribute)?.type;
    if (value.kind === 'party' && type?.kind === 'party') ask(type.of, value.value);
  }
  return asked;
}

/** The parties that are known under these references. */
export async function knownParties(
  scope: Scope,
  asked: ReadonlyMap<string, Reference>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await findReferences(scope, [...asked.values()]);
  const byKey = new Map(rows.map((row) => [referenceKey(row), row.party]));
  const found = new Map<string, string>();
  for (const [key, reference] of asked) {
    const party = byKey.get(key) ?? byKey.get(referenceKey({ ...reference, system: '' }));
    if (party !== undefined) found.set(key, party);
  }
  return found;
}

/** Compares the files with the log. `source` is how the log names the feed. */
export async function changesOf(
  scope: Scope,
  read: ReadFiles,
  given: {
    readonly declared: Declared;
    readonly parties: ReadonlyMap<string, string>;
    readonly system: string;
    readonly source: string;
    readonly isSnapshot: boolean;
    /** False where what is not there is not gone: a message of a few rows. */
    readonly isWhole?: boolean;
    /** Facts as the log holds them, their personal fields sealed. */
    readonly sealed: (facts: readonly Fact[]) => Promise<readonly Fact[]>;
  },
): Promise<LoadChanges> {
  const settled = read.facts.map((fact) => settledFact(fact, given));
  const facts: Fact[] = [];
  const corrections: Fact[] = [];
  let [added, revised, repeated, voided, known] = [0, 0, 0, 0, 0];
  for (const [kind, group] of groupedByKind(settled)) {
    const ids = group.map(({ id }) => id);
    const latest = new Map((await latestFacts(scope, kind, ids)).map((row) => [row.id, row]));
    const texts = await textsAsKnown(group, latest, given.sealed);
    for (const fact of group) {
      const before = latest.get(fact.id);
      const isSame = before !== undefined && texts.get(fact.id) === entryText(entryOfText(before.body));
      const next = isSame ? null : revisionAfter(fact, before?.revision ?? null, given.isSnapshot);
      if (next === null) repeated += 1;
      else {
        facts.push(next);
        if (before === undefined) added += 1;
        else {
          corrections.push(next);
          revised += 1;
        }
      }
    }
    const standing = await standingFacts(scope, kind, given.source);
    known += standing.length;
    if (!given.isSnapshot || given.isWhole === false) continue;
    const there = new Set(ids);
    for (const { id, revision } of standing) {
      if (there.has(id)) continue;
      corrections.push({ kind, id, revision: revision + 1, fields: {}, isVoid: true });
      voided += 1;
    }
  }
  facts.push(...corrections.filter(({ isVoid }) => isVoid === true));
  const attributes = read.attributes.map((attribute) => settledAttribute(attribute, given));
  return { facts, corrections, attributes, added, revised, repeated, voided, known };
}

/** The texts that facts known before would have in the log if nothing about them had changed. */
async function textsAsKnown(
  group: readonly Fact[],
  latest: ReadonlyMap<string, { readonly revision: number }>,
  sealed: (facts: readonly Fact[]) => Promise<readonly Fact[]>,
): Promise<ReadonlyMap<string, string>> {
  const same = group.flatMap((fact) => {
    const before = latest.get(fact.id);
    return before === undefined ? [] : [{ ...fact, revision: before.revision }];
  });
  return new Map((await sealed(same)).map((fact) => [fact.id, entryText({ kind: 'fact', fact })]));
}

/** The fact as it would be recorded after what is known. Events keep their revision. */
function revisionAfter(fact: Fact, revision: number | null, isSnapshot: boolean): Fact {
  return isSnapshot && revision !== null ? { ...fact, revision: revision + 1 } : fact;
}

interface Settling {
  readonly declared: Declared;
  readonly parties: ReadonlyMap<string, string>;
  readonly system: string;
}

function settledFact(fact: Fact, { declared, parties, system }: Settling): Fact {
  const kind = declared.facts.get(fact.kind);
  const fields: Record<string, Scalar> = {};
  for (const [name, scalar] of Object.entries(fact.fields)) {
    const field = kind?.fields.get(name);
    fields[name] = field === undefined ? scalar : settledScalar(scalar, field, { declared, parties, system });
  }
  return { ...fact, fields };
}

function settledAttribute(attribute: AttributeFact, settling: Settling): AttributeFact {
  const { declared, parties, system } = settling;
  const field = attributeField(declared, attribute.party, attribute.attribute);
  const own = parties.get(referenceKey({ kind: attribute.party, system, reference: attribute.of }));
  return {
    ...attribute,
    of: own ?? attribute.of,
    value: field === undefined ? attribute.value : settledScalar(attribute.value, field, settling),
  };
}

function settledScalar(scalar: Scalar, field: Field, { declared, parties, system }: Settling): Scalar {
  if (scalar.kind !== 'party' || field.type.kind !== 'party' || !namesParty(field, declared)) return scalar;
  const party = parties.get(referenceKey({ kind: field.type.of, system, reference: scalar.value }));
  return party === undefined ? scalar : { kind: 'party', value: party };
}

function attributeField(declared: Declared, party: string, attribute: string): Field | undefined {
  const kind = declared.parties.get(party);
  return kind?.attributes.get(attribute) ?? kind?.fields.get(attribute);
}

function groupedByKind(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.kind);
    if (group === undefined) groups.set(fact.kind, [fact]);
    else group.push(fact);
  }
  return groups;
}
