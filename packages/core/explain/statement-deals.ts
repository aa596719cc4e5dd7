// SPDX-License-Identifier: Apache-2.0
// The facts behind the lines of a statement, as a person knows them: the fields of each, and the facts of the same deal:
// those it names (its order, its invoice) and those that name it (receipts, returns), each with their fields.

import type { CauseShown, FactNamed, FieldShown, StatementBodyLine } from '../ledger/statement-body.ts';
import type { Fact, Known } from '../program/log.ts';
import type { Program } from '../program/program.ts';
import { isoDay } from '../values/date.ts';
import { figureOf } from './figures.ts';

/** At most so many facts of one deal are listed. */
const linkedMax = 12;

export interface Deals {
  fields(fact: FactNamed): readonly FieldShown[];
  /** The day on which it counts; "2026-02-10". */
  countsOn(fact: FactNamed): string | null;
  /** Its first amount of a unit; "USD 32,400". */
  basis(fact: FactNamed): string | null;
  linked(fact: FactNamed): StatementBodyLine['linked'];
  /** A cause with the fields of its fact, where it is one that is still known. */
  cause(cause: FactNamed & { readonly revision: number; readonly recorded: number }): CauseShown;
}

export function dealsOf(program: Program, known: Known): Deals {
  const facts = new Map(known.facts.map((fact) => [keyOf(fact), fact]));
  const naming = namingFacts(program, known.facts);
  const fields = onceEach((fact) => shownFields(program, facts.get(keyOf(fact))));
  const kindOf = (fact: FactNamed) => program.factKinds.find(({ id }) => id === fact.kind);
  return {
    fields,
    countsOn: (named) => {
      let fact = facts.get(keyOf(named));
      for (const name of kindOf(named)?.countsOn ?? []) {
        const value = fact?.fields[name];
        if (value?.kind === 'date') return isoDay(value.value);
        const type =
          fact === undefined ? undefined : kindOf(fact)?.fields.find((field) => field.name === name)?.type;
        if (value?.kind !== 'fact' || type?.kind !== 'fact') return null;
        fact = facts.get(keyOf({ kind: baseOf(program, type.of), id: value.value }));
      }
      return null;
    },
    basis: onceEach((named) => {
      const field = kindOf(named)?.fields.find(
        ({ type }) => type.kind === 'quantity' && type.unit.length > 0,
      );
      const value = field === undefined ? undefined : facts.get(keyOf(named))?.fields[field.name];
      return field === undefined || value === undefined ? null : figureOf(field.type, value);
    }),
    linked: onceEach((named) => {
      const fact = facts.get(keyOf(named));
      if (fact === undefined) return [];
      const found = [
        ...linksOf(program, fact).flatMap((link) => facts.get(keyOf(link)) ?? []),
        ...(naming.get(keyOf(fact)) ?? []),
      ];
      return found.slice(0, linkedMax).map(({ kind, id }) => ({ kind, id, fields: fields({ kind, id }) }));
    }),
    cause: ({ kind, id, revision, recorded }) => ({
      ...{ kind, id, revision },
      sequence: recorded,
      fields: fields({ kind, id }),
    }),
  };
}

/** Asks once for each fact: one deal stands behind lines of many clauses. */
function onceEach<T>(ask: (fact: FactNamed) => T): (fact: FactNamed) => T {
  const known = new Map<string, T>();
  return (fact) => {
    const key = keyOf(fact);
    const found = known.get(key);
    if (found !== undefined) return found;
    const asked = ask(fact);
    known.set(key, asked);
    return asked;
  };
}

/** The fields of a fact in the declared order; a text stands as it is. */
export function shownFields(program: Program, fact: Fact | undefined): readonly FieldShown[] {
  const kind = program.factKinds.find(({ id }) => id === fact?.kind);
  return (kind?.fields ?? []).flatMap(({ name, type }) => {
    const value = fact?.fields[name];
    if (value === undefined) return [];
    return [{ name, figure: value.kind === 'text' ? value.value : figureOf(type, value) }];
  });
}

/** The facts that a fact names, in the declared order of its fields. */
function linksOf(program: Program, fact: Fact): readonly FactNamed[] {
  const kind = program.factKinds.find(({ id }) => id === fact.kind);
  return (kind?.fields ?? []).flatMap(({ name, type }) => {
    const value = fact.fields[name];
    return type.kind === 'fact' && value?.kind === 'fact'
      ? [{ kind: baseOf(program, type.of), id: value.value }]
      : [];
  });
}

/** The declared kind behind a kind that is made from another. */
function baseOf(program: Program, kind: string): string {
  const derived = program.derivedKinds.find(({ id }) => id === kind);
  return derived === undefined ? kind : baseOf(program, derived.base);
}

/** By fact, the facts that name it, by kind and id. */
function namingFacts(program: Program, facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const linking = new Set(
    program.factKinds
      .filter(({ fields }) => fields.some(({ type }) => type.kind === 'fact'))
      .map(({ id }) => id),
  );
  const naming = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (!linking.has(fact.kind)) continue;
    for (const link of linksOf(program, fact)) {
      const list = naming.get(keyOf(link));
      if (list === undefined) naming.set(keyOf(link), [fact]);
      else list.push(fact);
    }
  }
  for (const list of naming.values()) list.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return naming;
}

function keyOf({ kind, id }: FactNamed): string {
  return `${kind}\u0000${id}`;
}
