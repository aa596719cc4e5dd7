// SPDX-License-Identifier: Apache-2.0
// Which entries of the log a payee's bundle holds: what concerns the payee (facts that name the payee or belong to a deal
// that does, own attributes, decisions and openings), and what concerns nobody (days, closes, versions, things, rates).
// Facts of colleagues are left out, whatever they would be needed for.

import type { Fact } from '../program/log.ts';
import type { Program } from '../program/program.ts';
import type { LogEntry } from './log-entry.ts';

export type Concerns = (entry: LogEntry) => boolean;

const somebody = '';

/**
 * A fact belongs to whom its chain of links leads, in any of its revisions: one that moved to a colleague is held with the
 * revision that moved it. Facts that name colleagues alone need not be given.
 */
export function concernsOf(
  {
    agreement,
    programs,
    facts,
  }: {
    readonly agreement: string;
    /** Every version, the newest last. */
    readonly programs: readonly Program[];
    /** Every revision, in the order of the log. */
    readonly facts: readonly Fact[];
  },
  payee: string,
): Concerns {
  const program = programs.at(-1)!;
  const people = new Set(program.parties.filter(({ role }) => role === 'parties').map(({ id }) => id));
  const zones = new Set(programs.map(({ policies }) => policies.zone));
  const kinds = new Map(
    programs.flatMap(({ factKinds }) => factKinds.map((kind) => [kind.id, kind] as const)),
  );
  const known = new Map(facts.map((fact) => [keyOf(fact.kind, fact.id), fact]));
  /** The people that a fact leads to, itself or through what it names. */
  const peopleOf = (fact: Fact, seen: ReadonlySet<string>): readonly string[] => {
    const key = keyOf(fact.kind, fact.id);
    if (seen.has(key)) return [];
    return (kinds.get(fact.kind)?.fields ?? []).flatMap(({ name, type }) => {
      const value = fact.fields[name];
      if (value?.kind === 'party' && type.kind === 'party' && people.has(type.of)) return [value.value];
      if (value?.kind !== 'fact' || type.kind !== 'fact') return [];
      const next = known.get(keyOf(baseOf(program, type.of), value.value));
      // What leads to a fact that is not given may lead to a colleague.
      return next === undefined ? [somebody] : peopleOf(next, new Set([...seen, key]));
    });
  };
  const isOwn = (fact: Fact) => {
    const named = peopleOf(fact, new Set());
    return named.length === 0 || named.includes(payee);
  };
  const own = new Set(facts.filter(isOwn).map(({ kind, id }) => keyOf(kind, id)));
  return (entry) => {
    switch (entry.kind) {
      case 'fact':
        return kinds.has(entry.fact.kind) && own.has(keyOf(entry.fact.kind, entry.fact.id));
      case 'attribute':
        return entry.fact.of === payee || !people.has(entry.fact.party);
      case 'decision':
        return entry.agreement === agreement && entry.fact.of === payee;
      case 'opening':
        return entry.agreement === agreement && entry.balance.of === payee;
      case 'day':
        return zones.has(entry.zone);
      case 'close':
      case 'version':
      case 'recomputed':
        return entry.agreement === agreement;
      case 'commitment':
        return entry.agreement === agreement && entry.commitment.party === payee;
      case 'statement issued':
      case 'statement approved':
      case 'approval taken back':
        return entry.agreement === agreement && entry.payee === payee;
      case 'hold placed':
      case 'hold posted':
      case 'hold voided':
      case 'complete':
        return false;
    }
  };
}

function baseOf(program: Program, kind: string): string {
  const derived = program.derivedKinds.find(({ id }) => id === kind);
  return derived === undefined ? kind : baseOf(program, derived.base);
}

function keyOf(kind: string, id: string): string {
  return `${kind}\u0000${id}`;
}
