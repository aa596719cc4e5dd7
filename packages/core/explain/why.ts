// SPDX-License-Identifier: Apache-2.0
// Why an amount is what it is: the clause and its reading, the tree of figures behind it, the rows that changed it, the
// facts with their lines, the blanks, and what was attested. The tree is evaluated anew from the program and the facts;
// its end is the same number as the entitlement (invariant 14).
import { scopeInPeriod } from '../engine/reference/amendment.ts';
import { clauseScope, duringOf, occasionScope, occurrencesOf } from '../engine/reference/clause.ts';
import { evaluate, scopesOf } from '../engine/reference/evaluate.ts';
import type { Occurrence } from '../engine/reference/rows.ts';
import { bindRecord, type Scope } from '../engine/reference/scope.ts';
import type { Clause } from '../program/clause.ts';
import type { Entitlement, Evaluation, Key, LineNote } from '../program/entitlement.ts';
import type { Fact, Known } from '../program/log.ts';
import type { Program, Version } from '../program/program.ts';
import { parsePeriod } from '../values/period.ts';
import { type Rational, zero } from '../values/rational.ts';
import { figureOf } from './figures.ts';
import { lineSlices, type Slice } from './line-slices.ts';
import { meaningsBehind } from './meanings.ts';
import { clauseVoice, readClause } from './reading-clause.ts';

import { readSettlement } from './reading-settlement.ts';
import { type Place, type Reason, reasonOf } from './reason.ts';
import { rowReasons, takenBackParts } from './reason-row.ts';
import { referenceOf, voiceOf } from './voice.ts';
import { settledPart, settlementBehind } from './why-settlement.ts';
import { type Journal, walletPart } from './why-wallet.ts';

/** The part of an amount that one occasion gives: the whole period, or one fact. */
export interface Part {
  readonly fact: { readonly kind: string; readonly id: string } | null;
  /** The formula before the rows. */
  readonly reason: Reason;
  /** Rows that change or release the amount, in the order in which they act; `exact` is what each changes. */
  readonly rows: readonly Reason[];
  /** The amount after the rows, before rounding; null while it waits. */
  readonly exact: Rational | null;
}
export interface FactLine {
  readonly fact: { readonly kind: string; readonly id: string } | null;
  readonly fields: readonly { readonly name: string; readonly figure: string }[];
  /** Smallest units; the lines add up to the amount. */
  readonly amount: bigint;
  readonly note: LineNote;
  /** At which rate, where it can be told: "Base Rate (5%) of USD 10,000" with what it gives before rows and rounding. */
  readonly slices: readonly Slice[];
}
export interface Explanation extends Key {
  readonly section: string;
  readonly agreement: string;
  readonly version: { readonly from: number | null; readonly to: number | null };
  /** The reading of the clause. */
  readonly sentences: readonly string[];
  readonly parts: readonly Part[];
  /** How many occasions there are beyond the parts that are shown. */
  readonly partsMore: number;
  /** What happened to the wallet behind it; null where no wallet is. */
  readonly journal: Journal | null;
  readonly lines: readonly FactLine[];
  readonly blanks: readonly { readonly name: string; readonly figure: string }[];
  /** Kinds of facts and attributes of others that the amount rests on. */
  readonly attested: readonly string[];
  readonly exact: Rational;
  readonly amount: bigint;
  readonly held: bigint;
  readonly state: Entitlement['state'];
  readonly waiting: Entitlement['waiting'];
}

/** At most so many occasions are taken apart in one explanation. */
export const partsMax = 12;

/**
 * Why the amount of a key is what it is; null where the agreement gives nothing for it. An evaluation of the same
 * versions and facts saves doing it again.
 */
export function explain(
  versions: readonly Version[],
  known: Known,
  key: Pick<Key, 'clause' | 'payee' | 'period'>,
  evaluation: Evaluation = evaluate(versions, known),
): Explanation | null {
  const isEntitled = evaluation.entitlements.some((one) => isOf(one, key));
  return isEntitled ? explainer(versions, known, evaluation)(key) : null;
}

/**
 * Explains one key after the other, over the same versions and facts; also why a clause gives nothing. Null where no
 * clause or period has such a key.
 */
export type Explain = (key: Pick<Key, 'clause' | 'payee' | 'period'>) => Explanation | null;

export function explainer(
  versions: readonly Version[],
  known: Known,
  evaluation: Evaluation,
  scopes: readonly Scope[] = scopesOf(versions, known),
): Explain {
  const records = new Map(known.facts.map((fact) => [factKey(fact), fact]));
  const shown = new Map<string, FactLine['fields']>();
  const program = scopes.at(-1)?.world.program;
  const fields: Told['fields'] = (fact) => {
    const key = factKey(fact);
    const found = shown.get(key) ?? (program === undefined ? [] : fieldsOf(program, records.get(key)));
    shown.set(key, found);
    return found;
  };
  return (key) => explained({ versions, scopes, fields, evaluation }, key);
}

function isOf(
  one: Entitlement,
  { clause, payee, period }: Pick<Key, 'clause' | 'payee' | 'period'>,
): boolean {
  return one.clause === clause && one.payee === payee && one.period === period;
}

/** What a clause gives where it gives nothing. */
function nothing({ name, asset }: Clause, key: Pick<Key, 'clause' | 'payee' | 'period'>): Entitlement {
  const { clause, payee, period } = key;
  const none = { exact: zero, amount: 0n, held: 0n, state: 'final', waiting: [], lines: [] } as const;
  return { clause, component: name, payee, period, asset, ...none };
}

interface Told {
  readonly versions: readonly Version[];
  readonly scopes: readonly Scope[];
  /** The fields of a fact, made once: one deal stands behind lines of many clauses. */
  readonly fields: (fact: NonNullable<FactLine['fact']>) => FactLine['fields'];
  readonly evaluation: Evaluation;
}

function explained(
  { versions, scopes, fields, evaluation }: Told,
  key: Pick<Key, 'clause' | 'payee' | 'period'>,
): Explanation | null {
  const newest = scopes.at(-1);
  if (newest === undefined) return null;
  const { program } = newest.world;
  const clause = program.clauses.find(({ id }) => id === key.clause);
  const entitlement =
    evaluation.entitlements.find((one) => isOf(one, key)) ??
    (clause === undefined ? null : nothing(clause, key));
  if (entitlement === null) return null;
  const settlement = settlementBehind(newest, key.clause) ?? undefined;
  const node = clause ?? settlement;
  const version = versions.find((one) => one.program === program);
  const inWallet = walletPart(scopes, entitlement);
  const isTakenApart = inWallet === null && clause !== undefined;
  const occasions: Occasions = isTakenApart
    ? occasionsUnder(scopes, clause, entitlement)
    : { parts: [], more: 0, slices: new Map() };
  const { component, asset, exact, amount, held, state, waiting } = entitlement;
  return {
    clause: key.clause,
    payee: key.payee,
    period: key.period,
    ...{ component, asset, exact, amount, held, state, waiting },
    section: node?.section ?? '',
    agreement: program.title,
    version: { from: version?.from ?? null, to: version?.to ?? null },
    sentences:
      clause !== undefined
        ? readClause(program, clause)
        : settlement === undefined
          ? []
          : readSettlement(voiceOf(program), settlement),
    parts:
      inWallet !== null
        ? inWallet.parts
        : settlement === undefined
          ? occasions.parts
          : settledPart(newest, settlement, entitlement, evaluation.entitlements),
    partsMore: inWallet === null ? occasions.more : 0,
    journal: inWallet?.journal ?? null,
    lines: entitlement.lines.map((line) => ({
      fact: line.fact,
      fields: line.fact === null ? [] : fields(line.fact),
      amount: line.amount,
      note: line.note,
      slices: line.fact === null ? [] : (occasions.slices.get(factKey(line.fact)) ?? []),
    })),
    blanks: node === undefined ? [] : blanksOf(program, node),
    attested: clause?.foreignReads ?? [],
  };
}

function factKey({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}\u0000${id}`;
}

/** What an occasion and its rows need to be taken apart again. */
interface Occasions {
  readonly parts: readonly Part[];
  readonly more: number;
  /** By fact, for occasions of a whole period. */
  readonly slices: ReadonlyMap<string, readonly Slice[]>;
}

/** The occasions of a key under every version, at most `partsMax`, and how many more there are. */
function occasionsUnder(scopes: readonly Scope[], clause: Clause, entitlement: Entitlement): Occasions {
  const parts: Part[] = [];
  const slices = new Map<string, readonly Slice[]>();
  let more = 0;
  for (const top of scopes) {
    const own = top.world.program.clauses.find(({ id }) => id === clause.id);
    if (own === undefined) continue;
    const occurrences = occurrencesUnder(top, own, entitlement);
    for (const { occurrence, scope } of occurrences.slice(0, Math.max(0, partsMax - parts.length)))
      parts.push(partOf(scope, occurrence));
    for (const { occurrence, scope } of occurrences)
      if (occurrence.record === null)
        for (const [fact, own] of lineSlices(occurrence.clause.amount, occasionScopeOf(scope, occurrence)))
          slices.set(fact, [...(slices.get(fact) ?? []), ...own]);
    more += occurrences.length;
    const taken = takenBackParts(top, own, entitlement);
    parts.push(...taken);
    more += taken.length;
  }
  return { parts, more: more - parts.length, slices };
}

/** One for a period; for a clause of facts each fact that has a line. */
function occurrencesUnder(
  top: Scope,
  clause: Clause,
  { payee, period: label, lines }: Entitlement,
): readonly { readonly occurrence: Occurrence; readonly scope: Scope }[] {
  const scope = clauseScope(clause, top);
  const { occasion } = clause;
  if (occasion.kind === 'ever')
    return top.part !== null && !top.part.isNewest
      ? []
      : [{ occurrence: { clause, payee, period: null, record: null }, scope }];
  if (occasion.kind === 'period') {
    const period = parsePeriod(top.world.program.policies.calendar, label);
    const inPeriod = period === null ? null : scopeInPeriod(scope, period);
    return inPeriod === null
      ? []
      : [{ occurrence: { clause, payee, period, record: null }, scope: inPeriod }];
  }
  const borne = new Set(lines.flatMap(({ fact }) => (fact === null ? [] : [factKey(fact)])));
  return occurrencesOf(clause, scope)
    .filter((one) => one.payee === payee && (one.period?.label ?? '') === label)
    .filter(({ record }) => borne.has(factKey(record.lowering ?? record.fact)))
    .map((one) => ({ occurrence: { ...one, clause }, scope }));
}

/** One occasion taken apart: the formula, then its rows. */
function partOf(outer: Scope, occurrence: Occurrence): Part {
  const { clause, record } = occurrence;
  const { program } = outer.world;
  const scope = occasionScopeOf(outer, occurrence);
  const voice = clauseVoice(program, clause);
  const { occasion } = clause;
  const silent =
    occasion.kind === 'period'
      ? ` of ${referenceOf(voice, clause.payee.variable).subject} in the ${occasion.unit}`
      : '';
  const place: Place = { voice, scope, depth: 0, silent };
  const reason = reasonOf(place, clause.amount);
  const fact = record === null ? null : (record.lowering ?? record.fact);
  return {
    fact: fact === null ? null : { kind: fact.kind, id: fact.id },
    reason,
    ...rowReasons(place, occurrence, reason.exact),
  };
}

/** The scope in which the amount of an occasion is asked for. */
function occasionScopeOf(outer: Scope, { clause, payee, period, record }: Occurrence): Scope {
  const scope = { ...occasionScope(clause, payee, period, outer), waits: [] };
  if (record === null) return { ...scope, during: duringOf(clause, outer) };
  return 'fact' in clause.occasion ? bindRecord(scope, clause.occasion.fact, record) : scope;
}

/** The fields that a person knows a fact by, in the declared order. */
function fieldsOf(program: Program, fact: Fact | undefined): FactLine['fields'] {
  const kind = program.factKinds.find(({ id }) => id === fact?.kind);
  return (kind?.fields ?? []).flatMap(({ name, type }) => {
    const value = fact?.fields[name];
    return value === undefined ? [] : [{ name, figure: figureOf(type, value) }];
  });
}

function blanksOf(program: Program, node: unknown): Explanation['blanks'] {
  return meaningsBehind(program, node).blanks.flatMap((name) => {
    const blank = program.blanks.find(({ id }) => id === name);
    return blank === undefined || blank.value === null
      ? []
      : [{ name, figure: figureOf(blank.type, blank.value) }];
  });
}
