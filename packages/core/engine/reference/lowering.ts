// SPDX-License-Identifier: Apache-2.0
// Facts that lower a field of another (a return lowers the amount of its sale), as the terms say: as if the sale had
// been smaller, or as a negative sale on the day of the return. The two other ways act on what was earned: returns.ts.
import type { FactKind } from '../../program/declaration.ts';
import type { Fact } from '../../program/log.ts';
import { negate, subtract } from '../../values/rational.ts';
import { compareRecords, type FactRecord } from './order.ts';
import { type Answer, isValue, quantity, stopped } from './result.ts';
import type { Scope } from './scope.ts';
import { declaredKind, enteredField, keptOf, type World } from './world.ts';

/** A kind of fact that lowers a field of a kind. */
export interface Lowering {
  readonly kind: FactKind;
  readonly link: string;
  readonly field: string;
  readonly by: string;
}

/** The kinds that lower a field of facts of a declared kind. */
export function loweringsOf(world: World, kind: string): readonly Lowering[] {
  return keptOf(world, world.program.factKinds, kind, () =>
    world.program.factKinds.flatMap((candidate) => {
      const { lowers } = candidate;
      if (lowers === null) return [];
      const link = candidate.fields.find(({ name }) => name === lowers.link)?.type;
      if (link?.kind !== 'fact' || declaredKind(world.program, link.of) !== kind) return [];
      return [{ kind: candidate, ...lowers }];
    }),
  );
}

/** The facts of a lowering kind by the id of the fact that each lowers. */
export function loweringFacts(world: World, lowering: Lowering): ReadonlyMap<string, readonly FactRecord[]> {
  return keptOf(world, lowering.kind, 'by the fact that they lower', () => {
    const facts = new Map<string, FactRecord[]>();
    for (const record of world.records.get(lowering.kind.id) ?? []) {
      const link = record.fact.fields[lowering.link];
      if (link?.kind !== 'fact') continue;
      const list = facts.get(link.value);
      if (list === undefined) facts.set(link.value, [record]);
      else list.push(record);
    }
    return facts;
  });
}

/** A field of a fact as it counts in a scope. */
export function countedField(scope: Scope, kind: string, fact: Fact, field: string): Answer {
  const entered = enteredField(fact, field);
  if (scope.returns !== 'as if smaller' || entered.kind !== 'quantity') return entered;
  let left = entered.value;
  for (const lowering of loweringsOf(scope.world, kind)) {
    if (lowering.field !== field) continue;
    for (const record of loweringFacts(scope.world, lowering).get(fact.id) ?? []) {
      const by = enteredField(record.fact, lowering.by);
      if (!isValue(by)) return stopped(by);
      if (by.kind === 'quantity') left = subtract(left, by.value);
    }
  }
  return quantity(left);
}

/** A field of a record: of a negative sale the lowered field is what it was lowered by, below zero. */
export function recordField(scope: Scope, record: FactRecord, field: string): Answer {
  if (record.lowering === null) return countedField(scope, record.kind, record.fact, field);
  for (const lowering of loweringsOf(scope.world, record.kind)) {
    if (lowering.field !== field || lowering.kind.id !== record.lowering.kind) continue;
    const by = enteredField(record.lowering, lowering.by);
    return by.kind === 'quantity' ? quantity(negate(by.value)) : by;
  }
  return enteredField(record.fact, field);
}

/** The records of a declared kind in a scope, with the negative sales of returns where the terms ask for them. */
export function countedRecords(scope: Scope, kind: string): readonly FactRecord[] {
  const { world } = scope;
  const records = world.records.get(kind) ?? [];
  if (scope.returns !== 'negative today') return records;
  return keptOf(world, records, 'with negative sales', () => {
    const negative = loweringsOf(world, kind).flatMap((lowering) =>
      [...loweringFacts(world, lowering)].flatMap(([id, lowered]) => {
        const sale = world.recordsById.get(kind)?.get(id);
        if (sale === undefined) return [];
        return lowered.map((record) => ({ ...sale, day: record.day, lowering: record.fact }));
      }),
    );
    return negative.length === 0 ? records : [...records, ...negative].sort(compareRecords);
  });
}
