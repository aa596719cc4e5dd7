// SPDX-License-Identifier: Apache-2.0
// All that the agreements in force declare, as one program without clauses: what a feed is read by, since a file may
// bring facts of several agreements.
import type { Program } from '@rapport/core/program/program.ts';
import type { Declared, Versions } from '../declared.ts';

/** Null while no agreement is in force. */
export function declaredProgram(versions: Versions, declared: Declared): Program | null {
  const programs = [...versions.values()].flatMap((list) => list.map(({ program }) => program)).reverse();
  const [newest] = programs;
  if (newest === undefined) return null;
  const byId = <T extends { readonly id: string }>(pick: (program: Program) => readonly T[]): T[] => [
    ...new Map(
      programs
        .flatMap(pick)
        .map((each) => [each.id, each] as const)
        .reverse(),
    ).values(),
  ];
  return {
    ...newest,
    assets: byId(({ assets }) => assets),
    parties: byId(({ parties }) => parties).map((kind) => {
      const known = declared.parties.get(kind.id);
      return known === undefined
        ? kind
        : { ...kind, fields: [...known.fields.values()], attributes: [...known.attributes.values()] };
    }),
    factKinds: byId(({ factKinds }) => factKinds).map((kind) => {
      const known = declared.facts.get(kind.id);
      return known === undefined ? kind : { ...kind, fields: [...known.fields.values()] };
    }),
    clauses: [],
    settlements: [],
    examples: [],
  };
}
