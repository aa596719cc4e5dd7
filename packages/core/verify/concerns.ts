// SPDX-License-Identifier: Apache-2.0
// Which entries of the log a payee's bundle holds: what concerns the payee (facts that name the payee or belong to a deal
// that does, own attributes, decisions and openings), and what concerns nobody (days, closes, versions, things, rates).
// Facts of colleagues are left out, whatever they would be needed for.

import type { Fact } from '../program/log.ts';
import type { Program } from '../program/program.ts';
import type { LogEntry } from './log-entry.ts';

export type Concerns = (entry: LogEntry) => boolean;

/** Decides over the latest state of the facts: a fact belongs to whom its chain of links leads. */
export function concernsOf(
  {
    agreement,
    programs,
    facts,
  }: {
    readonly agreement: string;
    /** Every version, the newest last. */
    readonly programs: readonly Program[];
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
      return next === undefined ? [] : peopleOf(next, new Set([...seen, key]));
    });
  };
  const isOwn = (fact: Fact) => {
    const named = peopleOf(fact, new Set());
    return named.length === 0 || named.includes(payee);
  };
  return (entry) => {
    switch (entry.kind) {
      case 'fact': {
        if (!kinds.has(entry.fact.kind)) return false;
        const latest = known.get(keyOf(entry.fact.kind, entry.fact.id));
        return isOwn(entry.fact) || (latest !== undefined && isOwn(latest));
      }
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
        return entry.agreement === agreement;
      case 'commitment':
        return entry.agreement === agreement && entry.commitment.party === payee;
      case 'statement issued':
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
