// SPDX-License-Identifier: Apache-2.0
// The obvious evaluator: the signed versions of an agreement and what is known give every entitlement. It scans, keeps
// what it computed for the length of one evaluation, and nothing else. Other engines must agree with it bit for bit.
import type { Clause } from '../../program/clause.ts';
import type { Entitlement, Evaluation } from '../../program/entitlement.ts';
import type { Known } from '../../program/log.ts';
import type { Program, Version } from '../../program/program.ts';
import type { Day } from '../../values/date.ts';
import { add, zero } from '../../values/rational.ts';
import { type Cell, cellTotal, entitlementOf } from './cell.ts';
import { cellsOf } from './clause.ts';
import { walletAsset, walletsOf } from './points.ts';
import type { Scope } from './scope.ts';
import { worldOf } from './world.ts';

/** Everything that the agreement gives as of the close of the day in `known`. */
export function evaluate(versions: readonly Version[], known: Known): Evaluation {
  const version = versionOn(versions, known.asOf);
  if (version === null) return { entitlements: [] };
  return { entitlements: entitlementsOf(version.program, known) };
}

/** The version in force on a day; the last one where none is. */
function versionOn(versions: readonly Version[], day: Day): Version | null {
  const inForce = versions.filter(
    ({ from, to }) => (from === null || from <= day) && (to === null || day < to),
  );
  return inForce.at(-1) ?? versions.at(-1) ?? null;
}

/** The scope at the top of a program: nothing bound, everything seen. */
export function topScope(program: Program, known: Known): Scope {
  const scope: Scope = {
    world: worldOf(program, known),
    bound: null,
    limit: null,
    during: null,
    wallet: null,
    returns: program.policies.returns,
    entitlement: (clause, payee, from, through) => {
      const found = program.clauses.find(({ id }) => id === clause);
      if (found === undefined) return zero;
      return clauseCells(found, scope)
        .filter(
          (cell) =>
            cell.payee === payee &&
            (cell.period === null || (cell.period.start >= from && cell.period.end <= through)),
        )
        .reduce((sum, cell) => add(sum, cellTotal(cell)), zero);
    },
    waits: [],
  };
  return scope;
}

/** The cells of a clause, wherever they are computed. */
export function clauseCells(clause: Clause, scope: Scope): readonly Cell[] {
  const asset = walletAsset(clause, scope);
  return asset === null ? cellsOf(clause, scope) : (walletsOf(asset, scope).cells.get(clause.id) ?? []);
}

function entitlementsOf(program: Program, known: Known): readonly Entitlement[] {
  const scope = topScope(program, known);
  const entitlements = program.clauses.flatMap((clause) =>
    clauseCells(clause, scope).flatMap((cell) => entitlementOf(cell, program, known.asOf) ?? []),
  );
  const assets = new Set(program.clauses.flatMap((clause) => walletAsset(clause, scope) ?? []));
  return [...entitlements, ...[...assets].flatMap((asset) => walletsOf(asset, scope).components)];
}
