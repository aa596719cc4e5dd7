// SPDX-License-Identifier: Apache-2.0
// What the agreements in force declare: kinds of facts and of parties with their fields, over all agreements and
// versions. Who sends a fact is held to this; an agreement that declares less takes no notice of the rest.

import type { FactKind, Field, PartyKind } from '@rapport/core/program/declaration.ts';
import type { Asset } from '@rapport/core/values/asset.ts';
import { currency, declaredAsset } from '@rapport/core/values/asset.ts';
import type { ActiveVersion } from '../writer/writing.ts';

export type Versions = ReadonlyMap<string, readonly ActiveVersion[]>;

export interface DeclaredKind {
  readonly kind: string;
  readonly plural: string;
  readonly agreements: readonly string[];
  readonly countsOn: readonly string[];
  readonly fields: ReadonlyMap<string, Field>;
  /** Zone in which a moment becomes a day. */
  readonly zone: string;
}

export interface DeclaredParty {
  readonly kind: string;
  readonly plural: string;
  readonly role: PartyKind['role'];
  readonly agreements: readonly string[];
  /** Values that always hold, and values that hold from a day on. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly attributes: ReadonlyMap<string, Field>;
  readonly lasts: PartyKind['lasts'];
  readonly zone: string;
}

export interface Declared {
  readonly facts: ReadonlyMap<string, DeclaredKind>;
  readonly parties: ReadonlyMap<string, DeclaredParty>;
  /** The asset of a code; what nobody declares counts whole. */
  asset(id: string): Asset;
}

const known = new WeakMap<Versions, Declared>();

/** Made once for each state of the versions. */
export function declaredBy(versions: Versions): Declared {
  let declared = known.get(versions);
  if (declared === undefined) {
    declared = gather(versions);
    known.set(versions, declared);
  }
  return declared;
}

function gather(versions: Versions): Declared {
  const facts = new Map<string, DeclaredKind>();
  const parties = new Map<string, DeclaredParty>();
  const assets = new Map<string, Asset>();
  for (const [agreement, list] of versions) {
    for (const { program } of list) {
      const { zone } = program.policies;
      for (const kind of program.factKinds)
        facts.set(kind.id, withFacts(facts.get(kind.id), kind, agreement, zone));
      for (const kind of program.parties)
        parties.set(kind.id, withParties(parties.get(kind.id), kind, agreement, zone));
      for (const { id, decimals } of program.assets) assets.set(id, declaredAsset(id, decimals));
    }
  }
  return { facts, parties, asset: (id) => currency(id) ?? assets.get(id) ?? declaredAsset(id) };
}

function withFacts(
  before: DeclaredKind | undefined,
  kind: FactKind,
  agreement: string,
  zone: string,
): DeclaredKind {
  return {
    kind: kind.id,
    plural: kind.plural,
    agreements: joined(before?.agreements, agreement),
    countsOn: kind.countsOn,
    fields: merged(before?.fields, kind.fields),
    zone: before?.zone ?? zone,
  };
}

function withParties(
  before: DeclaredParty | undefined,
  kind: PartyKind,
  agreement: string,
  zone: string,
): DeclaredParty {
  return {
    kind: kind.id,
    plural: kind.plural,
    role: kind.role,
    agreements: joined(before?.agreements, agreement),
    fields: merged(before?.fields, kind.fields),
    attributes: merged(before?.attributes, kind.attributes),
    lasts: kind.lasts,
    zone: before?.zone ?? zone,
  };
}

/** The first declaration of a name stands; activation refuses a second one that differs. */
function merged(
  before: ReadonlyMap<string, Field> | undefined,
  fields: readonly Field[],
): ReadonlyMap<string, Field> {
  return new Map([...fields.map((field) => [field.name, field] as const), ...(before ?? [])]);
}

function joined(before: readonly string[] | undefined, agreement: string): readonly string[] {
  return [...new Set([...(before ?? []), agreement])];
}
