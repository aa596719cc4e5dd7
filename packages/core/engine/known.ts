// SPDX-License-Identifier: Apache-2.0
// What is known at one point of the log: of each fact the latest revision, of each attribute and decision the last
// word, voided facts gone. The order in which entries arrived is forgotten, except that a later entry about the same
// attribute, day or decision replaces the one before it, and that each revision keeps the day it was recorded on and
// the periods that were closed by then: whether a fact is late depends on them.
import { canBeLate, growingArrivals, noteArrival } from '../program/arrivals.ts';
import type { AttributeFact, DecisionFact, Entry, Fact, Known } from '../program/log.ts';
import { type Day, firstDay } from '../values/date.ts';

/** The latest revision of each fact, attribute, decision and opening balance among the entries, seen on a day. */
export function knownAt(entries: readonly Entry[], asOf: Day): Known {
  const facts = new Map<string, Fact>();
  const attributes = new Map<string, AttributeFact>();
  const decisions = new Map<string, DecisionFact>();
  const openings: Known['openings'][number][] = [];
  const arrivals = growingArrivals(null);
  for (const entry of entries) {
    noteArrival(arrivals, entry);
    switch (entry.kind) {
      case 'fact': {
        const key = `${entry.fact.kind}\u0000${entry.fact.id}`;
        const before = facts.get(key);
        if (before === undefined || entry.fact.revision >= before.revision) facts.set(key, entry.fact);
        break;
      }
      case 'attribute': {
        const { party, of, attribute, from } = entry.fact;
        attributes.set([party, of, attribute, from ?? ''].join('\u0000'), entry.fact);
        break;
      }
      case 'decision':
        decisions.set([entry.fact.decision, entry.fact.of, entry.fact.period].join('\u0000'), entry.fact);
        break;
      case 'opening':
        openings.push(entry.balance);
        break;
      case 'day':
      case 'close':
        break;
    }
  }
  return {
    facts: [...facts.values()].filter((fact) => fact.isVoid !== true),
    attributes: [...attributes.values()],
    decisions: [...decisions.values()],
    openings,
    ...(canBeLate(arrivals) ? { arrivals } : {}),
    asOf,
  };
}

/** What would be known after these entries too. */
export function withEntries(known: Known, entries: readonly Entry[]): Known {
  const facts = new Map<string, Fact>(known.facts.map((fact) => [nameOf(fact), fact]));
  let { attributes, decisions, openings, asOf } = known;
  for (const entry of entries) {
    switch (entry.kind) {
      case 'fact':
        if (entry.fact.isVoid === true) facts.delete(nameOf(entry.fact));
        else facts.set(nameOf(entry.fact), entry.fact);
        break;
      case 'attribute': {
        const { party, of, attribute, from } = entry.fact;
        const isSame = (other: typeof entry.fact) =>
          other.party === party && other.of === of && other.attribute === attribute && other.from === from;
        attributes = [...attributes.filter((other) => !isSame(other)), entry.fact];
        break;
      }
      case 'decision': {
        const { decision, of, period } = entry.fact;
        const isSame = (other: typeof entry.fact) =>
          other.decision === decision && other.of === of && other.period === period;
        decisions = [...decisions.filter((other) => !isSame(other)), entry.fact];
        break;
      }
      case 'opening':
        openings = [...openings, entry.balance];
        break;
      case 'day':
        asOf = Math.max(asOf ?? firstDay, entry.day);
        break;
      case 'close':
        break;
    }
  }
  return { ...known, facts: [...facts.values()], attributes, decisions, openings, asOf };
}

function nameOf({ kind, id }: Fact): string {
  return `${kind}\u0000${id}`;
}
