// SPDX-License-Identifier: Apache-2.0
// Which clauses must be computed together: those that another one reads, and those that share a wallet. And whether a part
// of a program reads facts at all.

import type { Clause } from '../../program/clause.ts';
import type { Program, Version } from '../../program/program.ts';

/** The clauses, and those that they read or share a wallet with: they must be computed together. */
export function clausesTogether(versions: readonly Version[], clauses: ReadonlySet<string>): Set<string> {
  const all = new Set(clauses);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const { program } of versions) {
      const touched = new Set(
        program.clauses.filter(({ id }) => all.has(id)).flatMap((clause) => namesIn(clause, program)),
      );
      for (const clause of program.clauses)
        if (
          touched.has(clause.id) ||
          namesIn(clause, program).some((name) => isWallet(name, program) && touched.has(name))
        )
          all.add(clause.id);
    }
  }
  return all;
}

/** Whether anything of these parts of a program reads a fact: then facts change it. */
export function readsFacts(node: unknown, program: Program, seen: Set<unknown> = new Set()): boolean {
  if (node === null || typeof node !== 'object' || seen.has(node)) return false;
  seen.add(node);
  if ('kind' in node) {
    if (node.kind === 'facts' || node.kind === 'parties' || node.kind === 'below') return true;
    if (
      node.kind === 'place' ||
      node.kind === 'status' ||
      node.kind === 'balance' ||
      node.kind === 'entitlement'
    )
      return true;
    if ((node.kind === 'call' || node.kind === 'named' || node.kind === 'rise') && 'value' in node) {
      const value = program.values.find(({ id }) => id === node.value);
      if (value !== undefined && readsFacts(value.body, program, seen)) return true;
    }
  }
  return Object.entries(node).some(
    ([name, part]) => name !== 'at' && name !== 'type' && readsFacts(part, program, seen),
  );
}

/** Clauses that a clause reads, through whatever names, and assets whose wallets it has to do with. */
function namesIn(clause: Clause, program: Program): readonly string[] {
  const found = new Set<string>(program.assets.some(({ id }) => id === clause.asset) ? [clause.asset] : []);
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object' || seen.has(node)) return;
    seen.add(node);
    if ('kind' in node && node.kind === 'entitlement' && 'clause' in node) found.add(`${node.clause}`);
    if ('asset' in node && typeof node.asset === 'string' && isWallet(node.asset, program))
      found.add(node.asset);
    if ('kind' in node && 'value' in node && typeof node.value === 'string')
      visit(program.values.find(({ id }) => id === node.value)?.body);
    if ('kind' in node && node.kind === 'status' && 'status' in node)
      visit(program.statuses.find(({ id }) => id === node.status));
    if ('factKind' in node) for (const derived of program.derivedKinds) visit(derived.rule);
    for (const [name, part] of Object.entries(node)) if (name !== 'at' && name !== 'type') visit(part);
  };
  visit([clause.amount, clause.rows, clause.occasion, clause.posts]);
  return [...found];
}

/** The assets whose wallets a clause has to do with. */
export function walletsIn(clause: Clause, program: Program): readonly string[] {
  return namesIn(clause, program).filter((name) => isWallet(name, program));
}

function isWallet(asset: string, program: Program): boolean {
  return program.assets.some(({ id }) => id === asset);
}

/** The versions with some clauses alone, and no settlements. */
export function withClauses(versions: readonly Version[], clauses: ReadonlySet<string>): readonly Version[] {
  return versions.map((version) => ({
    ...version,
    program: {
      ...version.program,
      clauses: version.program.clauses.filter(({ id }) => clauses.has(id)),
      settlements: [],
    },
  }));
}
