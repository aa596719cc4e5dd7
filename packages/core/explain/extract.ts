// SPDX-License-Identifier: Apache-2.0
// The full extract of a party's deals: every fact that names the party, what each earned and in which component, and of
// those that earned nothing why. Nothing that is known is left out; what was voided is not known any more.

import { evaluate, scopesOf } from '../engine/reference/evaluate.ts';
import { answer } from '../engine/reference/expression.ts';
import type { FactRecord } from '../engine/reference/order.ts';
import { bindRecord, type Scope } from '../engine/reference/scope.ts';
import type { FactNamed, FieldShown } from '../ledger/statement-body.ts';
import type { Entitlement, LineNote } from '../program/entitlement.ts';
import type { Fact, Known } from '../program/log.ts';
import type { Version } from '../program/program.ts';
import { type Day, isoDay } from '../values/date.ts';
import { listed } from './english.ts';
import { readCondition } from './reading-condition.ts';
import { type Deals, dealsOf, shownFields } from './statement-deals.ts';
import { voiceOf, withOwnNoun } from './voice.ts';

export interface ExtractRow {
  readonly fact: FactNamed;
  /** The day on which it counts; null while that is not known. */
  readonly on: string | null;
  readonly fields: readonly FieldShown[];
  readonly linked: ReturnType<Deals['linked']>;
  readonly earned: readonly {
    readonly clause: string;
    readonly component: string;
    readonly period: string;
    readonly asset: string;
    /** Smallest units. */
    readonly amount: bigint;
    readonly note: LineNote;
  }[];
  /** Why it earned nothing, in words; null where it earned something. */
  readonly why: string | null;
}

export interface ExtractRequest {
  readonly payee: string;
  /** Counting days, both inclusive; facts without a counting day are always there. */
  readonly from: Day | null;
  readonly through: Day | null;
}

/** Rows in the order of their counting days, then kind and id. */
export function extractOf(
  versions: readonly Version[],
  known: Known,
  { payee, from, through }: ExtractRequest,
  entitlements: readonly Entitlement[] = evaluate(versions, known).entitlements,
): readonly ExtractRow[] {
  const top = scopesOf(versions, known).at(-1);
  if (top === undefined) return [];
  const { program } = top.world;
  const deals = dealsOf(program, known);
  const borne = earnedByFact(entitlements.filter((one) => one.payee === payee));
  const lower = from === null ? '' : isoDay(from);
  const upper = through === null ? '9999-12-31' : isoDay(through);
  return known.facts
    .filter(({ fields }) =>
      Object.values(fields).some((value) => value.kind === 'party' && value.value === payee),
    )
    .map((fact): ExtractRow => {
      const { kind, id } = fact;
      const earned = borne.get(keyOf(fact)) ?? [];
      return {
        fact: { kind, id },
        on: deals.countsOn(fact),
        fields: shownFields(program, fact),
        linked: deals.linked(fact),
        earned,
        why: earned.some(({ amount }) => amount !== 0n) ? null : whyNothing(top, fact, entitlements, payee),
      };
    })
    .filter(({ on }) => on === null || (on >= lower && on <= upper))
    .sort((a, b) => compare(a.on ?? '', b.on ?? '') || compare(keyOf(a.fact), keyOf(b.fact)));
}

function earnedByFact(entitlements: readonly Entitlement[]): ReadonlyMap<string, ExtractRow['earned']> {
  const byFact = new Map<string, ExtractRow['earned'][number][]>();
  for (const { clause, component, period, asset, lines } of entitlements)
    for (const { fact, amount, note } of lines) {
      if (fact === null) continue;
      const list = byFact.get(keyOf(fact)) ?? [];
      list.push({ clause, component, period, asset, amount, note });
      byFact.set(keyOf(fact), list);
    }
  return byFact;
}

/** The first thing that stands in the way, as a sentence. */
function whyNothing(top: Scope, fact: Fact, entitlements: readonly Entitlement[], payee: string): string {
  const { world } = top;
  const { program, asOf } = world;
  const kind = program.factKinds.find(({ id }) => id === fact.kind);
  if (kind === undefined) return `The agreement says nothing of a ${fact.kind}.`;
  const record = world.recordsById.get(fact.kind)?.get(fact.id);
  if (record === undefined) {
    const [field = ''] = kind.countsOn;
    const value = fact.fields[field];
    return value?.kind === 'date' && value.value > asOf
      ? `It counts on ${isoDay(value.value)}, and the latest day that had begun is ${isoDay(asOf)}.`
      : `It counts once its ${kind.countsOn.join(' of its ')} is there.`;
  }
  const waits = entitlements
    .filter((one) => one.payee === payee)
    .flatMap(({ waiting }) => waiting.filter(({ of }) => of === fact.id));
  if (waits.length > 0) return `It waits for its ${listed([...new Set(waits.map(({ name }) => name))])}.`;
  const failed = failedConditions(top, fact, record);
  return failed.length > 0
    ? failed.join(' ')
    : 'It counts, and no clause pays for it by itself or with others.';
}

/** The kinds made from this one that it is none of: "It is no Won Deal, since this does not hold: …". */
function failedConditions(top: Scope, fact: Fact, record: FactRecord): readonly string[] {
  const { program } = top.world;
  return program.derivedKinds.flatMap(({ id, base, item, rule }) => {
    if (base !== fact.kind || rule.kind !== 'whose') return [];
    const held = answer(rule.condition, bindRecord({ ...top, waits: [] }, item, record));
    if (held.kind === 'yesNo' && held.value) return [];
    const words = readCondition(withOwnNoun(voiceOf(program), item), rule.condition);
    return [`It is no ${id}, since this does not hold: ${words}.`];
  });
}

function keyOf({ kind, id }: FactNamed): string {
  return `${kind}\u0000${id}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
