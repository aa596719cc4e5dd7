// SPDX-License-Identifier: Apache-2.0
// Who computes what of an agreement that is kept up to date: clauses with a plan are folded; of the rest, those whose
// reach is known are asked of the reference payee by payee, and those that read past all bounds as a whole. Settlements
// are folded payee by payee over whatever the clauses give.

import type { Settlement } from '../../program/clause.ts';
import type { Version } from '../../program/program.ts';
import type { PeriodUnit } from '../../values/calendar.ts';
import { ownPeriods } from './by-period.ts';
import { clausesTogether, readsFacts, walletsIn, withClauses } from './clauses-together.ts';
import { type Reach, reachesTogether, reachOfClauses } from './reach.ts';

/** Clauses that the reference computes, with the versions cut down to them and what they read. */
export interface Asked {
  readonly versions: readonly Version[];
  /** Whether a key is one of these clauses, or of a wallet that they share. */
  readonly isOwn: (clause: string) => boolean;
}

/** Clauses for one kind of payee, asked payee by payee. */
export interface PayeeGroup extends Asked {
  readonly reach: Reach;
  /** The kinds of payee: one, unless they share a wallet. */
  readonly parties: ReadonlySet<string>;
  /** Where each period rests on its own facts, the unit of the periods. */
  readonly unit: PeriodUnit | null;
}

export interface Work {
  readonly byPayee: readonly PayeeGroup[];
  readonly whole: Asked | null;
  readonly settling: {
    /** Without any clauses. */
    readonly versions: readonly Version[];
    readonly reach: Reach;
    readonly parties: ReadonlySet<string>;
    /** Whether rows read facts; else nothing but the first day of a payee matters of them. Null reach: any fact. */
    readonly readsFacts: boolean;
    readonly isNear: boolean;
    /** Clauses that flow in. */
    readonly from: ReadonlySet<string>;
    readonly isOwn: (clause: string) => boolean;
  } | null;
}

export function workOf(versions: readonly Version[], compiled: ReadonlySet<string>): Work {
  const clauses = versions.flatMap(({ program }) => program.clauses.map(({ id }) => id));
  const left = new Set(clauses.filter((id) => !compiled.has(id)));
  const far = new Set<string>();
  for (const id of left) {
    const together = clausesTogether(versions, new Set([id]));
    if (reachOfClauses(versions, together) === null)
      for (const one of together) if (left.has(one) && !isReadOnly(one, id, versions)) far.add(one);
  }
  const near = new Set([...left].filter((id) => !far.has(id)));
  return {
    byPayee: payeeGroups(versions, near),
    whole: far.size === 0 ? null : askedOf(versions, far),
    settling: settlingOf(versions),
  };
}

/** Whether a clause is only read by another one, and shares no wallet with it: it may be near where that one is not. */
function isReadOnly(one: string, by: string, versions: readonly Version[]): boolean {
  return !clausesTogether(versions, new Set([one])).has(by);
}

/** Clauses with wallets together; of the others those of one kind of payee, by the unit of periods that rest on their own. */
function payeeGroups(versions: readonly Version[], near: ReadonlySet<string>): readonly PayeeGroup[] {
  const groups = new Map<string, { parties: Set<string>; unit: PeriodUnit | null; clauses: Set<string> }>();
  for (const { program } of versions)
    for (const clause of program.clauses) {
      if (!near.has(clause.id)) continue;
      const { party } = clause.payee;
      const unit = ownPeriods(clause.id, versions);
      const name = walletsIn(clause, program).length > 0 ? 'wallets' : JSON.stringify([party, unit]);
      const group = groups.get(name) ?? { parties: new Set(), unit, clauses: new Set() };
      group.parties.add(party);
      group.clauses.add(clause.id);
      groups.set(name, group);
    }
  return [...groups.values()].map(({ parties, unit, clauses }) => {
    const reach = reachOfClauses(versions, clausesTogether(versions, clauses));
    if (reach === null) throw new Error('Clauses that are near alone are near together.');
    return { ...askedOf(versions, clauses), reach, parties, unit };
  });
}

function askedOf(versions: readonly Version[], clauses: ReadonlySet<string>): Asked {
  const wallets = new Set(
    versions.flatMap(({ program }) =>
      program.clauses.filter(({ id }) => clauses.has(id)).flatMap((clause) => walletsIn(clause, program)),
    ),
  );
  return {
    versions: withClauses(versions, clausesTogether(versions, clauses)),
    isOwn: (clause) => clauses.has(clause) || wallets.has(clause.slice(0, clause.lastIndexOf('/'))),
  };
}

function settlingOf(versions: readonly Version[]): Work['settling'] {
  const settlements = versions.flatMap(({ program }) => program.settlements);
  if (settlements.length === 0) return null;
  const parties = new Set(settlements.map(({ payee }) => payee.party));
  const none: Reach = { parties, relations: [], pools: [], shared: [] };
  const reach = reachOfSettlements(versions);
  return {
    versions: versions.map((version) => ({ ...version, program: { ...version.program, clauses: [] } })),
    reach: reach ?? none,
    parties,
    readsFacts: versions.some(({ program }) =>
      program.settlements.some(({ rows }) => readsFacts(rows, program)),
    ),
    isNear: reach !== null,
    from: new Set(settlements.flatMap(({ from }) => from)),
    isOwn: isOfSettlement(settlements),
  };
}

/** Each version's settlements are read under that version. */
function reachOfSettlements(versions: readonly Version[]): Reach | null {
  const reaches = versions.map((version) =>
    reachOfClauses([version], new Set(), version.program.settlements),
  );
  return reaches.every((reach) => reach !== null) ? reachesTogether(reaches) : null;
}

function isOfSettlement(settlements: readonly Settlement[]): (clause: string) => boolean {
  const ids = new Set(settlements.map(({ id }) => id));
  return (clause) => ids.has(clause) || ids.has(clause.slice(0, clause.lastIndexOf('/')));
}

/** The reach of all clauses and settlements of an agreement. */
export function reachOfAgreement(versions: readonly Version[]): Reach | null {
  const clauses = new Set(versions.flatMap(({ program }) => program.clauses.map(({ id }) => id)));
  const reaches = versions.map((version) => reachOfClauses([version], clauses, version.program.settlements));
  return reaches.every((reach) => reach !== null) ? reachesTogether(reaches) : null;
}
