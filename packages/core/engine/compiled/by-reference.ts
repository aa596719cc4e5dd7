// SPDX-License-Identifier: Apache-2.0
// Clauses and payees that the reference evaluator takes over: it gets the clauses in question, with all that they read,
// and of the facts as few as are enough. So the answer is the same wherever a clause runs.

import type { Entitlement, Evaluation } from '../../program/entitlement.ts';
import { type FactStore, factAt, knownFromStore } from '../../program/fact-store.ts';
import type { Known } from '../../program/log.ts';
import type { Version } from '../../program/program.ts';
import type { Day } from '../../values/date.ts';
import { evaluate } from '../reference/evaluate.ts';
import type { ClausePlan } from './plan.ts';

/** Ids of the clauses whose entitlement other parts of a program read: through expressions or settlements. */
function readClauses(versions: readonly Version[]): Set<string> {
  const read = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (node !== null && typeof node === 'object') {
      if ('kind' in node && node.kind === 'entitlement' && 'clause' in node) read.add(`${node.clause}`);
      for (const [name, part] of Object.entries(node)) if (name !== 'at' && name !== 'type') visit(part);
    }
  };
  for (const { program } of versions) {
    visit([program.clauses, program.values, program.statuses, program.derivedKinds]);
    for (const { from } of program.settlements) for (const id of from) read.add(id);
  }
  return read;
}

/** The versions with the named clauses alone, and those that anything reads. */
function restrictedTo(versions: readonly Version[], clauses: ReadonlySet<string>): readonly Version[] {
  const read = readClauses(versions);
  return versions.map((version) => ({
    ...version,
    program: {
      ...version.program,
      clauses: version.program.clauses.filter(({ id }) => clauses.has(id) || read.has(id)),
    },
  }));
}

/** Everything but what compiled clauses give: clauses left to the reference, wallets and settlements. */
export function referenceRest(
  versions: readonly Version[],
  compiled: ReadonlySet<string>,
  store: FactStore,
  asOf: Day,
): Evaluation {
  const left = new Set(
    versions.flatMap(({ program }) => program.clauses.map(({ id }) => id)).filter((id) => !compiled.has(id)),
  );
  const hasSettlements = versions.some(({ program }) => program.settlements.length > 0);
  if (left.size === 0 && !hasSettlements) return { entitlements: [] };
  const evaluation = evaluate(restrictedTo(versions, left), knownFromStore(store, asOf));
  return {
    ...evaluation,
    entitlements: evaluation.entitlements.filter(({ clause }) => !compiled.has(clause)),
  };
}

/** One clause for some keys, from the facts of those keys alone. */
export function referenceForKeys(
  versions: readonly Version[],
  plan: ClausePlan,
  keys: ReadonlySet<number>,
  store: FactStore,
  asOf: Day,
): readonly Entitlement[] {
  const { table } = plan.stage.scope;
  const { at } = plan.stage.key;
  const rows: number[] = [];
  for (let row = 0; row < table.length; row += 1) {
    if (!table.gone.has(row) && keys.has(at(row))) rows.push(row);
  }
  return referenceForRows(versions, plan, keys, rows, store, asOf);
}

/** One clause for some keys, from rows of its table. */
function referenceForRows(
  versions: readonly Version[],
  plan: ClausePlan,
  keys: ReadonlySet<number>,
  rows: readonly number[],
  store: FactStore,
  asOf: Day,
): readonly Entitlement[] {
  const { table } = plan.stage.scope;
  const { dictionary } = plan.stage.key;
  const known: Known = {
    facts: rows.map((row) => factAt(store, table.kind.id, row)),
    attributes: store.attributes,
    decisions: store.decisions,
    openings: store.openings,
    asOf,
  };
  const payees = new Set([...keys].map((key) => dictionary.text(key)));
  const { id } = plan.clause;
  const { entitlements } = evaluate(restrictedTo(versions, new Set([id])), known);
  return entitlements.filter(({ clause, payee }) => clause === id && payees.has(payee));
}
