// SPDX-License-Identifier: Apache-2.0
// Which clauses have to do with wallets: those that issue a declared asset, take or exchange its usable balance, or
// read a balance. They are folded together, in document order.
import type { Clause } from '../../program/clause.ts';
import type { Program } from '../../program/program.ts';
import type { Scope } from './scope.ts';
import { keptOf } from './world.ts';

/** The asset whose wallets a clause has to do with; null where it has nothing to do with any. */
export function walletAsset(clause: Clause, scope: Scope): string | null {
  return keptOf(scope.world, clause, 'wallet', () => assetOf(clause, scope));
}

function assetOf(clause: Clause, scope: Scope): string | null {
  for (const row of clause.rows) if (row.kind === 'for every' || row.kind === 'taking') return row.asset;
  const isDeclared = scope.world.program.assets.some(({ id }) => id === clause.asset);
  if (clause.action === 'issues' && isDeclared) return clause.asset;
  return balanceReadBy(clause, scope.world.program);
}

const balances = new WeakMap<Program, WeakMap<object, string | null>>();

/** The asset whose balance a part of a program reads; looked through once for each part. */
export function balanceReadBy(node: object, program: Program): string | null {
  const known = balances.get(program) ?? new WeakMap<object, string | null>();
  balances.set(program, known);
  const before = known.get(node);
  if (before !== undefined) return before;
  const found = balanceRead(node, program, new Set());
  known.set(node, found);
  return found;
}

/** The asset whose balance a part of a program reads, also through named values and statuses. */
function balanceRead(node: unknown, program: Program, seen: Set<string>): string | null {
  if (node === null || typeof node !== 'object') return null;
  if ('kind' in node && node.kind === 'balance' && 'asset' in node) return String(node.asset);
  if ('kind' in node && node.kind === 'call' && 'value' in node && typeof node.value === 'string') {
    const name = node.value;
    const body = program.values.find(({ id }) => id === name)?.body;
    if (body !== undefined && !seen.has(name)) {
      seen.add(name);
      const found = balanceRead(body, program, seen);
      if (found !== null) return found;
    }
  }
  if ('kind' in node && node.kind === 'status' && 'status' in node) {
    const measure = program.statuses.find(({ id }) => id === node.status)?.measure;
    if (measure !== undefined && !seen.has(`status ${node.status}`)) {
      seen.add(`status ${node.status}`);
      const found = balanceRead(measure, program, seen);
      if (found !== null) return found;
    }
  }
  for (const [name, part] of Object.entries(node)) {
    if (name === 'at' || name === 'type') continue;
    const found = balanceRead(part, program, seen);
    if (found !== null) return found;
  }
  return null;
}
