// SPDX-License-Identifier: Apache-2.0
// Everybody who may be paid something: the parties of some kinds that are named anywhere, in facts, in attributes, in
// opening balances, or by the books. Nobody is left out; some may have nothing.

import type { FactStore } from '../../program/fact-store.ts';
import type { Version } from '../../program/program.ts';

export function partiesOf(
  store: FactStore,
  versions: readonly Version[],
  kinds: ReadonlySet<string>,
): Set<string> {
  const parties = new Set<string>();
  for (const kind of kinds)
    for (const party of store.dictionaries.get(`party ${kind}`)?.texts ?? []) parties.add(party);
  const naming = new Set(
    versions.flatMap(({ program }) =>
      program.parties.flatMap(({ id, fields, attributes }) =>
        [...fields, ...attributes].flatMap(({ name, type }) =>
          type.kind === 'party' && kinds.has(type.of) ? [`${id}\u0000${name}`] : [],
        ),
      ),
    ),
  );
  for (const { party, of, attribute, value } of store.attributes) {
    if (kinds.has(party)) parties.add(of);
    if (value.kind === 'party' && naming.has(`${party}\u0000${attribute}`)) parties.add(value.value);
  }
  for (const { of } of store.openings) parties.add(of);
  const { settled, promised } = store.beside;
  for (const { payees } of settled ?? []) for (const { of } of payees) parties.add(of);
  if (promised !== undefined)
    for (const owners of [promised.uses, promised.holds, promised.grants, promised.kept])
      for (const owner of owners.keys()) parties.add(owner);
  return parties;
}
