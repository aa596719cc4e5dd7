// SPDX-License-Identifier: Apache-2.0
// The obvious evaluator: the signed versions of an agreement and what is known give every entitlement. It scans, keeps
// what it computed for the length of one evaluation, and nothing else. Other engines must agree with it bit for bit.
import { isKept } from '../../ledger/roles.ts';
import type { Clause } from '../../program/clause.ts';
import type { Entitlement, Evaluation } from '../../program/entitlement.ts';
import type { Known } from '../../program/log.ts';
import type { Program, Version } from '../../program/program.ts';
import { joined, partsOf, type VersionPart } from './amendment.ts';
import { type Asked, type CellsAsked, cellsAsked, cellsRead, everything } from './asked.ts';
import { borneWithin, type Cell, entitlementOf } from './cell.ts';
import { cellsOf } from './clause.ts';
import { withFrozenLines } from './frozen.ts';
import { type Horizon, hasCome, newHorizon } from './horizon.ts';
import { asPosted, cellsKept } from './kept.ts';
import { type WalletResult, walletsOf } from './points.ts';
import type { Scope } from './scope.ts';
import { settled } from './settlement.ts';
import { walletAsset } from './wallet-asset.ts';
import { keptOf, worldOf } from './world.ts';

/**
 * What the agreement gives as of the close of the day in `known`: everything, or what is asked for. `horizon` is told how
 * long that holds.
 */
export function evaluate(
  versions: readonly Version[],
  known: Known,
  asked: Asked = everything,
  horizon: Horizon = newHorizon(),
): Evaluation {
  const scopes = scopesOf(versions, known, asked, horizon);
  const newest = scopes.at(-1);
  if (newest === undefined) return { entitlements: [] };
  const { program } = newest.world;
  const isAsked = ({ payee }: Entitlement) => asked.only === null || payee === asked.only.payee;
  const entitlements = clausesOf(scopes).flatMap((clause) =>
    joined(
      scopes.flatMap((scope) => cellsUnder(clause.id, scope, scopes, cellsAsked(asked, clause.id))),
    ).flatMap((cell) => {
      hasCome(newest.world, cell.postsOn);
      const entitlement = entitlementOf(cell, program, known.asOf);
      return entitlement === null ? [] : [asPosted(entitlement, newest.world)];
    }),
  );
  const assets = new Set(
    clausesOf(scopes).flatMap((clause) => scopes.flatMap((scope) => walletAsset(clause, scope) ?? [])),
  );
  const wallets = [...assets].map((asset) => walletsOf(asset, scopes));
  const balances = wallets.flatMap(({ components }) => components);
  const settlements = program.settlements.flatMap((settlement) => settled(settlement, entitlements, newest));
  const promises = {
    uses: wallets.flatMap(({ promises: { uses } }) => uses),
    holds: wallets.flatMap(({ promises: { holds } }) => holds),
    grants: wallets.flatMap(({ promises: { grants } }) => grants),
  };
  return {
    entitlements: [...entitlements, ...balances, ...settlements]
      .filter(isAsked)
      .map((one) => withFrozenLines(one, newest.world)),
    ...(promises.uses.length + promises.holds.length + promises.grants.length === 0 ? {} : { promises }),
  };
}

/** The scope at the top of each version in force by the day in `known`, oldest first: where an explanation asks again. */
export function scopesOf(
  versions: readonly Version[],
  known: Known,
  asked: Asked = everything,
  horizon: Horizon = newHorizon(),
): readonly Scope[] {
  const scopes: Scope[] = [];
  for (const { from } of versions) hasCome({ asOf: known.asOf, horizon }, from ?? -Infinity);
  for (const { program, part } of partsOf(versions, known.asOf))
    scopes.push(topScope({ program, part }, known, { asked, horizon }, scopes));
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
function topScope(
  { program, part }: { readonly program: Program; readonly part: VersionPart },
  known: Known,
  { asked, horizon }: { readonly asked: Asked; readonly horizon: Horizon },
  scopes: readonly Scope[],
): Scope {
  const isEverything = part.from === -Infinity && part.through === Infinity;
  const scope: Scope = {
    world: worldOf(program, known, { asked, horizon }),
    bound: null,
    limit: null,
    during: null,
    part: isEverything ? null : part,
    clip: null,
    wallet: null,
    returns: program.policies.returns,
    entitlement: (clause, payee, from, through) =>
      borneWithin(
        cellsUnder(clause, scope, scopes, cellsRead(asked, payee, from, through)),
        payee,
        from,
        through,
      ),
    waits: [],
  };
  return scope;
}

/** The cells of a clause under one version; what is kept beyond what the facts give stands under the newest one. */
function cellsUnder(id: string, scope: Scope, scopes: readonly Scope[], asked: CellsAsked): readonly Cell[] {
  const cells = cellsByFacts(id, scope, scopes, asked);
  const clause = clauseNamed(id, scope);
  if (
    clause === null ||
    !isKept(clause) ||
    (clause.action === 'issues' && walletAsset(clause, scope) !== null)
  )
    return cells;
  const all = scopes.length === 0 ? [scope] : scopes;
  if (all.findLast((other) => clauseNamed(id, other) !== null) !== scope) return cells;
  return [
    ...cells,
    ...keptOf(scope.world, clause, `kept ${asked.key}`, () =>
      cellsKept(
        clause,
        all.flatMap((other) => cellsByFacts(id, other, scopes, asked)),
        scope.world,
        asked,
      ),
    ),
  ];
}

function clauseNamed(id: string, { world }: Scope): Clause | null {
  return world.program.clauses.find((candidate) => candidate.id === id) ?? null;
}

/** The cells as the facts give them; those of wallets are folded over all versions together. */
function cellsByFacts(
  id: string,
  scope: Scope,
  scopes: readonly Scope[],
  asked: CellsAsked,
): readonly Cell[] {
  const clause = clauseNamed(id, scope);
  if (clause === null) return [];
  const asset = walletAsset(clause, scope);
  if (asset === null) return cellsOf(clause, scope, scopes.length === 0 ? [scope] : scopes, asked);
  const wallets: WalletResult = walletsOf(asset, scopes.length === 0 ? [scope] : scopes);
  return wallets.cells.get(scope.world)?.get(clause.id) ?? [];
}
