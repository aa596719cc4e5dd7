// SPDX-License-Identifier: Apache-2.0
// Personal fields of facts on their way into the log: the log gets the seal of the value (core/proof/sealed-field.ts), the
// value itself goes sealed under the key of its person. The salt comes from that key, so that the same fact sent again
// has the same seal and is a repeat; without the key nobody can find the value by trying.

import { createHmac, randomBytes } from 'node:crypto';
import type { Fact } from '@rapport/core/program/log.ts';
import type { Scalar } from '@rapport/core/program/value.ts';
import { sealOf } from '@rapport/core/proof/sealed-field.ts';
import { revisionsOf } from '../store/log-rows.ts';
import type { Store } from '../store/open.ts';
import { listPersonalFields, type PersonalFieldRow } from '../store/private-rows.ts';
import type { PrivateValue } from '../writer/writing.ts';
import type { Context } from './context.ts';
import { factOfRow } from './found-fact.ts';
import { recordOf } from './open-personal.ts';
import { ensuredSubjectKeys, underKey } from './subject-keys.ts';

export interface SealedFact {
  readonly fact: Fact;
  readonly private: readonly PrivateValue[];
}

/** Facts without personal fields come back as they are, and nothing is asked of the database for them. */
export async function sealPersonal(
  context: Context,
  workspace: number,
  facts: readonly Fact[],
): Promise<readonly SealedFact[]> {
  const declared = await personalFieldsOf(context, workspace);
  const places = facts.map((fact) => placesIn(fact, declared));
  const parties = places.flat().flatMap(({ party }) => party ?? []);
  const keys =
    parties.length === 0
      ? new Map<string, Buffer>()
      : await context.store.within(workspace, (scope) => ensuredSubjectKeys(context, scope, parties));
  const result: SealedFact[] = [];
  for (const [at, fact] of facts.entries()) {
    const isKept = places[at]!.every(({ party }) => party !== null && keys.has(party));
    const recorded = isKept ? null : await recordedFields(context.store, workspace, fact);
    result.push(sealed(fact, places[at]!, keys, recorded));
  }
  return result;
}

/** The facts alone, as the log would hold them. */
export async function asSealed(
  context: Context,
  workspace: number,
  facts: readonly Fact[],
): Promise<readonly Fact[]> {
  return (await sealPersonal(context, workspace, facts)).map(({ fact }) => fact);
}

/** The fields under which this revision stands in the log already, so that a repeat after an erasure is a repeat. */
async function recordedFields(store: Store, workspace: number, fact: Fact): Promise<Fact['fields'] | null> {
  const rows = await store.within(workspace, (scope) => revisionsOf(scope, fact));
  const row = rows.find(({ revision }) => revision === fact.revision);
  return row === undefined ? null : factOfRow(row).fields;
}

interface Place {
  readonly field: string;
  /** Whose it is; null when the fact names nobody. */
  readonly party: string | null;
}

function placesIn(fact: Fact, declared: readonly PersonalFieldRow[]): readonly Place[] {
  return declared
    .filter(({ kind, field }) => kind === fact.kind && fact.fields[field]?.kind === 'text')
    .map(({ field, subject }) => ({ field, party: personOf(fact, subject) }));
}

/** The person in the field that was declared, else the first party of the fact. */
function personOf(fact: Fact, subject: string | null): string | null {
  const scalars = subject === null ? Object.values(fact.fields) : [fact.fields[subject]];
  const found = scalars.find((scalar) => scalar?.kind === 'party');
  return found?.kind === 'party' ? found.value : null;
}

/** A value of somebody who was erased, or of nobody, is not kept: its seal stays, its salt is thrown away. */
function sealed(
  fact: Fact,
  places: readonly Place[],
  keys: ReadonlyMap<string, Buffer>,
  recorded: Fact['fields'] | null,
): SealedFact {
  if (places.length === 0) return { fact, private: [] };
  const record = recordOf(fact);
  const fields: Record<string, Scalar> = { ...fact.fields };
  const values: PrivateValue[] = [];
  for (const { field, party } of places) {
    const value = textOf(fact.fields[field]);
    const key = party === null ? undefined : keys.get(party);
    const salt = key === undefined ? randomBytes(32) : saltOf(key, record, field);
    const before = key === undefined ? recorded?.[field] : undefined;
    fields[field] = before ?? { kind: 'text', value: sealOf({ record, field, value, salt }) };
    if (key === undefined || party === null) continue;
    const ciphertext = Buffer.from(underKey(key).seal(Buffer.from(value), `${record} ${field}`));
    values.push({ record, field, party, salt, ciphertext });
  }
  return { fact: { ...fact, fields }, private: values };
}

function saltOf(key: Buffer, record: string, field: string): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify(['salt', record, field]))
    .digest();
}

function textOf(scalar: Scalar | undefined): string {
  if (scalar?.kind !== 'text') throw new Error('A personal field is a text.');
  return scalar.value;
}

/** Milliseconds: how long another process may go on without a field that was declared personal here. */
const lifetime = 5_000;
interface Asked {
  readonly fields: Promise<readonly PersonalFieldRow[]>;
  readonly until: number;
}
const remembered = new WeakMap<Store, Map<number, Asked>>();

export function forgetPersonalFields(store: Store): void {
  remembered.delete(store);
}

/** Requests that come together ask the database once. */
function personalFieldsOf({ store }: Context, workspace: number): Promise<readonly PersonalFieldRow[]> {
  const memory = remembered.get(store) ?? new Map<number, Asked>();
  remembered.set(store, memory);
  const known = memory.get(workspace);
  if (known !== undefined && known.until > performance.now()) return known.fields;
  const fields = store.within(workspace, listPersonalFields);
  memory.set(workspace, { fields, until: performance.now() + lifetime });
  fields.catch(() => memory.delete(workspace));
  return fields;
}
