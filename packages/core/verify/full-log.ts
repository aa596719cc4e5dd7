// SPDX-License-Identifier: Apache-2.0
// The answers of whoever has the whole log: what a seam in the payee's own evaluation comes to when everybody's facts are
// known. Asked in the payee's evaluation itself, so that nothing is answered that the payee's amounts do not need.

import { scopesOf } from '../engine/reference/evaluate.ts';
import { answer } from '../engine/reference/expression.ts';
import { everyFact, type Given, type Seam } from '../engine/reference/given.ts';
import type { FactRecord } from '../engine/reference/order.ts';
import { firstCountingDay } from '../engine/reference/participation.ts';
import type { Answer } from '../engine/reference/result.ts';
import type { Binding, Limit, Scope } from '../engine/reference/scope.ts';
import { type SeamKey, seamText } from '../engine/reference/seam-key.ts';
import { kindRecords } from '../engine/reference/sets.ts';
import { type World, worldUnder } from '../engine/reference/world.ts';
import type { Known } from '../program/log.ts';
import type { Version } from '../program/program.ts';
import {
  type AttestedAnswer,
  type AttestedValue,
  attestedAnswer,
  firstDayAnswer,
  firstDayKey,
} from './attested-value.ts';

/** The scopes over the whole log as of an entry, one for each version in force; none before the first day has begun. */
export type Everybody = (through: number) => readonly Scope[];

/** Made once for each place in the log that is asked for. */
export function everybodyIn(
  versions: readonly Version[],
  knownThrough: (through: number) => Known | null,
): Everybody {
  const made = new Map<number, readonly Scope[]>();
  return (through) => {
    const found = made.get(through);
    if (found !== undefined) return found;
    const known = knownThrough(through);
    const scopes = known === null ? [] : scopesOf(versions, known);
    made.set(through, scopes);
    return scopes;
  };
}

/** Answers seams from the whole log, and keeps each answer that was given as an attested value. */
export interface Witness {
  /** Answers as of a place in the log. */
  readonly given: (through: number) => Given;
  readonly values: () => readonly AttestedValue[];
}

export function witness({
  everybody,
  payee,
  isGivenWhole,
}: {
  readonly everybody: Everybody;
  readonly payee: string;
  /** Clauses whose amount before the rows is given as one value. */
  readonly isGivenWhole: (clause: string) => boolean;
}): Witness {
  const values = new Map<string, AttestedValue>();
  const note = (key: SeamKey, through: number, value: AttestedAnswer) =>
    values.set(`${through} ${seamText(key)}`, { ...key, through, value });
  const given = (through: number): Given => ({
    payee,
    at: (seam) => {
      const isAmount = 'occasion' in seam.node;
      if (isAmount && !isGivenWhole(seam.node.id)) return null;
      const top = everybody(through).find(({ world }) => world.program === seam.scope.world.program);
      const whole = top === undefined ? null : wholeScope(seam.scope, top);
      const found = whole === null ? null : answerTo(seam, whole);
      const value = found === null ? null : attestedAnswer(found);
      if (value === null) return null;
      note(seam.key, through, value);
      return found;
    },
    firstDay: (kind, own) => {
      const world = everybody(through).at(-1)?.world;
      if (world === undefined) return own;
      const first = kind === everyFact ? firstCountingDay(world) : world.firstDays.get(kind)?.get(payee);
      if (first === undefined || first === own) return own;
      note(firstDayKey(kind, payee), through, firstDayAnswer(first));
      return first;
    },
  });
  return { given, values: () => [...values.values()] };
}

function answerTo({ node, record }: Seam, scope: Scope): Answer | null {
  if ('occasion' in node) return answer(node.amount, scope);
  if (!('rule' in node)) return answer(node, scope);
  const own = record === null ? null : sameRecord(record, scope.world);
  if (own === null) return null;
  const { records, pending } = kindRecords(scope, node.id);
  return { kind: 'yesNo', value: records.includes(own) && !pending.has(own) };
}

/** The same place in the world of everybody; null where something at hand is not there. */
function wholeScope(scope: Scope, top: Scope): Scope | null {
  const { late } = scope.world;
  const world = late === null ? top.world : worldUnder(top.world, late.mode, late.unit);
  const bound = boundIn(scope.bound, world);
  const limit = limitIn(scope.limit, world);
  if (bound === undefined || limit === undefined) return null;
  return { ...scope, world, bound, limit, entitlement: top.entitlement, waits: [] };
}

function boundIn(binding: Binding | null, world: World): Binding | null | undefined {
  if (binding === null) return null;
  const outer = boundIn(binding.outer, world);
  const record = binding.record === null ? null : sameRecord(binding.record, world);
  if (outer === undefined || (record === null && binding.record !== null)) return undefined;
  return { ...binding, record, outer };
}

function limitIn(limit: Limit | null, world: World): Limit | null | undefined {
  if (limit === null || limit.record === null) return limit;
  const record = sameRecord(limit.record, world);
  return record === null ? undefined : { ...limit, record };
}

/** The record of the same fact that counts in the same way. */
function sameRecord(own: FactRecord, world: World): FactRecord | null {
  const { kind, fact, day, lowering, isLate } = own;
  if (lowering === null && isLate !== true) return world.recordsById.get(kind)?.get(fact.id) ?? null;
  const isSame = (one: FactRecord) =>
    one.fact.id === fact.id && one.day === day && one.lowering?.id === lowering?.id && one.isLate === isLate;
  const late = world.records.get(kind)?.find(isSame);
  if (late !== undefined || lowering === null) return late ?? null;
  const sale = world.recordsById.get(kind)?.get(fact.id);
  return sale === undefined ? null : { ...sale, day, lowering };
}
