// SPDX-License-Identifier: Apache-2.0
// The obvious evaluator: the signed versions of an agreement and what is known give every entitlement. It scans, keeps
// what it computed for the length of one evaluation, and nothing else. Other engines must agree with it bit for bit.
import type { Clause } from '../../program/clause.ts';
import type { Evaluation } from '../../program/entitlement.ts';
import type { Known } from '../../program/log.ts';
import type { Program, Version } from '../../program/program.ts';
import { joined, partsOf, type VersionPart } from './amendment.ts';
import { borneWithin, type Cell, entitlementOf } from './cell.ts';
import { cellsOf } from './clause.ts';
import { type WalletResult, walletsOf } from './points.ts';
import type { Scope } from './scope.ts';
import { settled } from './settlement.ts';
import { walletAsset } from './wallet-asset.ts';
import { worldOf } from './world.ts';

/** Everything that the agreement gives as of the close of the day in `known`. */
export function evaluate(versions: readonly Version[], known: Known): Evaluation {
  const scopes = scopesOf(versions, known);
  const newest = scopes.at(-1);
  if (newest === undefined) return { entitlements: [] };
  const { program } = newest.world;
  const entitlements = clausesOf(scopes).flatMap((clause) =>
    joined(scopes.flatMap((scope) => cellsUnder(clause.id, scope, scopes))).flatMap(
      (cell) => entitlementOf(cell, program, known.asOf) ?? [],
    ),
  );
  const assets = new Set(
    clausesOf(scopes).flatMap((clause) => scopes.flatMap((scope) => walletAsset(clause, scope) ?? [])),
  );
  const balances = [...assets].flatMap((asset) => walletsOf(asset, scopes).components);
  const settlements = program.settlements.flatMap((settlement) => settled(settlement, entitlements, newest));
  return { entitlements: [...entitlements, ...balances, ...settlements] };
}

/** The scope at the top of each version in force by the day in `known`, oldest first: where an explanation asks again. */
export function scopesOf(versions: readonly Version[], known: Known): readonly Scope[] {
  const scopes: Scope[] = [];
  for (const { program, part } of partsOf(versions, known.asOf))
    scopes.push(topScope(program, known, part, scopes));
  return scopes;
}

/** The clauses in document order of the newest version, then those that only earlier versions have. */
function clausesOf(scopes: readonly Scope[]): readonly Clause[] {
  const byId = new Map<string, Clause>();
  for (const scope of scopes.toReversed())
    for (const clause of scope.world.program.clauses) if (!byId.has(clause.id)) byId.set(clause.id, clause);
  return [...byId.values()];
}

/** The scope at the top of a version: nothing bound, everything seen. */
function topScope(program: Program, known: Known, part: VersionPart, scopes: readonly Scope[]): Scope {
  const isEverything = part.from === -Infinity && part.through === Infinity;
  const scope: Scope = {
    world: worldOf(program, known),
    bound: null,
    limit: null,
    during: null,
    part: isEverything ? null : part,
    clip: null,
    wallet: null,
    returns: program.policies.returns,
    entitlement: (clause, payee, from, through) =>
      borneWithin(cellsUnder(clause, scope, scopes), payee, from, through),
    waits: [],
  };
  return scope;
}

/** The cells of a clause under one version; those of wallets are folded over all versions together. */
function cellsUnder(id: string, scope: Scope, scopes: readonly Scope[]): readonly Cell[] {
  const clause = scope.world.program.clauses.find((candidate) => candidate.id === id);
  if (clause === undefined) return [];
  const asset = walletAsset(clause, scope);
  if (asset === null) return cellsOf(clause, scope);
  const wallets: WalletResult = walletsOf(asset, scopes.length === 0 ? [scope] : scopes);
  return wallets.cells.get(scope.world)?.get(clause.id) ?? [];
}
