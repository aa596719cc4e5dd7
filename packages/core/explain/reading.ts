// SPDX-License-Identifier: Apache-2.0
// The reading: every statement of a program as plain sentences, made from the same tree that the engines evaluate.
// A statement is found by its place in the text, so that readings follow the document's own order.
import type { Span } from '../program/diagnostic.ts';
import type { Program } from '../program/program.ts';
import { readClause } from './reading-clause.ts';
import {
  readDecision,
  readDerivedKind,
  readFactKind,
  readNamedValue,
  readPartyKind,
} from './reading-declaration.ts';
import { readPolicies } from './reading-policy.ts';
import { readBurnOrder, readSettlement } from './reading-settlement.ts';
import { readStatus } from './reading-status.ts';
import { readTable } from './reading-table.ts';
import { voiceOf } from './voice.ts';

export { readClause } from './reading-clause.ts';
export { readPolicies } from './reading-policy.ts';

/** The reading of one statement: its name where it has one, and its sentences; "- " begins an item of a list. */
export interface StatementReading {
  readonly at: Span;
  readonly kind:
    | 'party'
    | 'fact'
    | 'kind'
    | 'value'
    | 'table'
    | 'status'
    | 'clause'
    | 'settlement'
    | 'decision'
    | 'burn';
  /** The component's name of a clause or settlement, else the declared name. */
  readonly name: string;
  readonly sentences: readonly string[];
}

/** Every statement but policies and examples, in the order of the text. */
export function readStatements(program: Program): readonly StatementReading[] {
  const voice = voiceOf(program);
  const readings: StatementReading[] = [
    ...program.parties.map((party) => reading('party', party, readPartyKind(party))),
    ...program.factKinds.map((kind) => reading('fact', kind, readFactKind(kind))),
    ...program.derivedKinds.map((kind) => reading('kind', kind, readDerivedKind(voice, kind))),
    ...program.values.map((value) => reading('value', value, readNamedValue(voice, value))),
    ...program.tables.map((table) => reading('table', table, readTable(voice, table))),
    ...program.statuses.map((status) => reading('status', status, readStatus(voice, status))),
    ...program.decisions.map((decision) => reading('decision', decision, readDecision(voice, decision))),
    ...program.clauses.map((clause) => ({
      ...reading('clause', clause, readClause(program, clause)),
      name: clause.name,
    })),
    ...program.settlements.map((one) => ({
      ...reading('settlement', one, readSettlement(voice, one)),
      name: one.name,
    })),
    ...program.burns.map((burn) =>
      reading('burn', { id: burn.asset, at: burn.at }, readBurnOrder(voice, burn)),
    ),
  ];
  return readings.sort((a, b) => a.at.start.offset - b.at.start.offset);
}

function reading(
  kind: StatementReading['kind'],
  declared: { readonly id: string; readonly at: Span },
  sentences: readonly string[],
): StatementReading {
  return { at: declared.at, kind, name: declared.id, sentences };
}

/** The reading of one named value, or null when the program has none of that name. */
export function readValue(program: Program, name: string): readonly string[] | null {
  const value = program.values.find(({ id }) => id === name);
  return value === undefined ? null : readNamedValue(voiceOf(program), value);
}

/** The rules that hold for all clauses. */
export function readRules(program: Program): readonly string[] {
  return readPolicies(program.policies);
}
