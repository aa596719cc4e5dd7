// SPDX-License-Identifier: Apache-2.0
// The evaluation of one agreement, kept up to date entry by entry. It holds the latest revision of every fact in columns
// and the totals of every key; an entry gives the keys that it has changed. Its answer depends on the entries alone.

import { compileEngine } from '@rapport/core/engine/compiled/compile.ts';
import type { Change, OpenEngine } from '@rapport/core/engine/compiled/incremental.ts';
import { keyText } from '@rapport/core/ledger/differences.ts';
import type { Entitled } from '@rapport/core/ledger/open-books.ts';
import { growingArrivals, noteArrival } from '@rapport/core/program/arrivals.ts';
import type { Field } from '@rapport/core/program/declaration.ts';
import type { Entitlement, Key, Line } from '@rapport/core/program/entitlement.ts';
import {
  type FactStore,
  knownFromStore,
  storeBuilder,
  takeRevision,
} from '@rapport/core/program/fact-store.ts';
import { attributeSubject, decisionSubject, LastWords } from '@rapport/core/program/last-words.ts';
import type { Entry, FromBooks, Known } from '@rapport/core/program/log.ts';
import type { Program, Version } from '@rapport/core/program/program.ts';
import { type NewPromises, nothingPromised } from '@rapport/core/program/promise.ts';
import type { Scalar } from '@rapport/core/program/value.ts';
import { type Day, firstDay } from '@rapport/core/values/date.ts';

export interface Evaluator {
  /** Takes an entry in and gives the keys that it has changed, without lines. */
  take(entry: Entry, told: FromBooks): Entitled;
  /** The keys of a party that have changed because the books say something else by now. */
  again(party: string, told: FromBooks): Entitled;
  /** What was promised since the last answer: by opening, or by other terms. */
  promises(): NewPromises;
  /** Every key that is entitled to something or waits, without lines. */
  all(): readonly Entitlement[];
  /** The lines behind a key, in the declared order. */
  linesOf(key: Key): readonly Line[];
  /** All that is known, fact by fact: as large as the history. */
  known(): Known;
  /** What a payee's entitlements rest on: a part of what is known, where the agreement does not read past all bounds. */
  knownFor(payee: string, entries?: readonly Entry[]): Known;
  /** By payee whom these entries would concern, what would be known of them; null: it may concern anybody. */
  overlaid(entries: readonly Entry[]): ReadonlyMap<string, Known> | null;
  /** How many facts that is. */
  factsReadFor(payee: string): number;
}

/** Collects what an agreement's log held before; `open` then evaluates it once. */
export interface EvaluatorLoader {
  /** In the order of the log. Repeats have been left out. */
  take(entry: Entry): void;
  open(told: FromBooks): Evaluator;
}

export function evaluatorLoader(versions: readonly [Version, ...Version[]]): EvaluatorLoader {
  const store = storeBuilder(withAllKinds(versions));
  const fitting = fitter(store);
  const arrivals = canBeLate(versions) ? growingArrivals(null) : null;
  const attributes = new LastWords(store.attributes, attributeSubject);
  const decisions = new LastWords(store.decisions, decisionSubject);
  let asOf = firstDay;

  return {
    take: (entry) => {
      const fitted = fitting(entry);
      if (arrivals !== null) noteArrival(arrivals, fitted);
      switch (fitted.kind) {
        case 'fact':
          takeRevision(store, fitted.fact);
          return;
        case 'attribute':
          attributes.put(fitted.fact);
          return;
        case 'decision':
          decisions.put(fitted.fact);
          return;
        case 'opening':
          store.openings.push(fitted.balance);
          return;
        case 'day':
          asOf = fitted.day;
          return;
        case 'close':
          return;
      }
    },
    open: ({ settled = [], promised = nothingPromised() }) => {
      store.beside = { settled, promised, ...(arrivals === null ? {} : { arrivals }) };
      const engine = compileEngine(versions).open(store, asOf);
      return evaluatorOf({ store, engine, fitting, asOf });
    },
  };
}

interface Opened {
  readonly store: FactStore;
  readonly engine: OpenEngine;
  readonly fitting: (entry: Entry) => Entry;
  asOf: Day;
}

function evaluatorOf(opened: Opened): Evaluator {
  const { store, engine, fitting } = opened;
  let known: Known | null = null;
  const knownNow = () => {
    known ??= knownFromStore(store, opened.asOf);
    return known;
  };
  const entitledBy = (changes: readonly Change[]): Entitled => ({
    keys: changes.map(keyText),
    now: changes.map((change) => (isSomething(change) ? withoutLines(change) : null)),
    promises: engine.takePromises(),
  });
  return {
    take: (entry, told) => {
      known = null;
      const fitted = fitting(entry);
      engine.tell(told);
      if (fitted.kind === 'day') opened.asOf = fitted.day;
      return entitledBy([...engine.append(fitted), ...engine.settle()]);
    },
    again: (party, told) => {
      known = null;
      engine.tell(told);
      return entitledBy(engine.again(party));
    },
    promises: () => engine.takePromises(),
    all: () => engine.totals().map(withoutLines),
    linesOf: (key) => engine.linesOf(key),
    known: knownNow,
    factsReadFor: (payee) => engine.factsReadFor(payee),
    knownFor: (payee, entries = []) => engine.knownFor(payee, entries),
    overlaid: (entries) => engine.overlaid(entries.map(fitting)),
  };
}

const noLines: readonly Line[] = [];

function withoutLines(total: Omit<Entitlement, 'lines'>): Entitlement {
  const { clause, component, payee, period, asset, amount, exact, held, state, waiting } = total;
  return { clause, component, payee, period, asset, amount, exact, held, state, waiting, lines: noLines };
}

function isSomething({ amount, held, waiting }: Omit<Entitlement, 'lines'>): boolean {
  return amount !== 0n || held !== 0n || waiting.length > 0;
}

/** The newest program with every kind of fact, party and asset that any version knows. */
function withAllKinds(versions: readonly [Version, ...Version[]]): Program {
  const programs = versions.map(({ program }) => program).reverse();
  const union = <T extends { readonly id: string }>(lists: readonly (readonly T[])[]): T[] => [
    ...new Map(lists.toReversed().flatMap((list) => list.map((one) => [one.id, one] as const))).values(),
  ];
  return {
    ...programs[0]!,
    factKinds: union(programs.map(({ factKinds }) => factKinds)),
    parties: union(programs.map(({ parties }) => parties)),
    assets: union(programs.map(({ assets }) => assets)),
  };
}

/** Leaves out of facts what the agreement does not declare, or declares as something else: it is missing there. */
function fitter(store: FactStore): (entry: Entry) => Entry {
  const declared = new Map(
    [...store.tables].map(([id, { kind }]) => [id, new Map(kind.fields.map((field) => [field.name, field]))]),
  );
  return (entry) => {
    if (entry.kind !== 'fact') return entry;
    const fields = declared.get(entry.fact.kind);
    if (fields === undefined) return entry;
    const doesFit = ([name, scalar]: readonly [string, Scalar]) => {
      const field = fields.get(name);
      return field !== undefined && fits(scalar, field);
    };
    const given = Object.entries(entry.fact.fields);
    if (given.every(doesFit)) return entry;
    return { ...entry, fact: { ...entry.fact, fields: Object.fromEntries(given.filter(doesFit)) } };
  };
}

/** Whether a value is of the type that the field declares. */
export function fits(scalar: Scalar, { type }: Field): boolean {
  if (scalar.kind === 'open') return true;
  return type.kind === 'choice' ? scalar.kind === 'text' : scalar.kind === type.kind;
}

/** Whether a clause treats late facts in a way that depends on when they were recorded. */
function canBeLate(versions: readonly Version[]): boolean {
  return versions.some(({ program }) => program.clauses.some(({ late }) => late.kind !== 'restate'));
}
