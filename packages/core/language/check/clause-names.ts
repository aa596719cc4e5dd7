// SPDX-License-Identifier: Apache-2.0
// Stable ids of clauses, and what a clause pays in, known before the clause itself is checked.

import type { Type } from '../../program/type.ts';
import { currency } from '../../values/asset.ts';
import type { DocumentTree, Expr } from '../tree.ts';
import { type ClauseTree, type Context, find, findKind } from './context.ts';
import { fail, note } from './report.ts';
import { amountType } from './types.ts';

/** "New customer bonus" → "new-customer-bonus". */
export function kebab(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

/** The clause's id: of its name, or of the name it was known by first. */
export function slug(clause: ClauseTree): string {
  for (const row of clause.rows) if (row.kind === 'formerly') return kebab(row.name.text);
  return kebab(clause.component.text);
}

/** Every clause by its printed name; a name twice is refused. */
export function clauseNames(report: Parameters<typeof note>[0], tree: DocumentTree): Map<string, ClauseTree> {
  const byName = new Map<string, ClauseTree>();
  const byId = new Map<string, ClauseTree>();
  for (const { statement } of tree.statements) {
    if (statement.kind !== 'pays' && statement.kind !== 'moves') continue;
    const name = statement.component.text;
    const earlier = byName.get(name) ?? byId.get(slug(statement));
    if (earlier !== undefined) {
      note(report, 'clause_name_twice', statement.component.at, { name }, [
        { at: earlier.component.at, note: 'declared_first' },
      ]);
      continue;
    }
    byName.set(name, statement);
    byId.set(slug(statement), statement);
  }
  return byName;
}

/** The type of a clause's amount, from its words alone: a declared asset, or the first currency that its formula meets. */
export function amountOfClause(context: Context, clause: ClauseTree): Type {
  if (clause.kind === 'pays' && clause.asset !== null) {
    const asset = findKind(context, clause.asset, 'asset');
    if (asset !== null) return amountType(asset.id);
  }
  const unit = unitIn(context, clause.amount, new Set());
  if (unit === null) {
    fail(context.report, 'currency_missing', clause.component.at, {
      found: clause.component.text,
      expected: 'money',
    });
  }
  return amountType(unit);
}

/** The first currency that a written formula meets, through the names in it. */
function unitIn(context: Context, tree: unknown, seen: Set<unknown>): string | null {
  if (typeof tree !== 'object' || tree === null || seen.has(tree)) return null;
  seen.add(tree);
  if (Array.isArray(tree)) {
    for (const item of tree) {
      const unit = unitIn(context, item, seen);
      if (unit !== null) return unit;
    }
    return null;
  }
  const node = tree as {
    readonly kind?: string;
    readonly currency?: string;
    readonly name?: { text?: string };
  };
  if (node.kind === 'money' && node.currency !== undefined) return node.currency;
  if (node.kind === 'name' && node.name?.text !== undefined) {
    const declaration = find(context, node.name.text)?.declaration;
    if (declaration?.kind === 'blank')
      return currencyOfBlank(declaration.tree.value, declaration.tree.typeHint);
    if (declaration?.kind === 'value' || declaration?.kind === 'table')
      return unitIn(context, declaration.tree, seen);
    if (declaration === undefined) return fieldCurrency(context, node.name.text);
  }
  for (const child of Object.values(tree)) {
    const unit = unitIn(context, child, seen);
    if (unit !== null) return unit;
  }
  return null;
}

function currencyOfBlank(
  value: { readonly kind: string; readonly currency?: string } | null,
  hint: string | null,
): string | null {
  if (value?.kind === 'money') return value.currency ?? null;
  return hint !== null && currency(hint) !== null ? hint : null;
}

function fieldCurrency(context: Context, name: string): string | null {
  for (const { declaration } of context.names.values()) {
    if (declaration.kind !== 'fact') continue;
    for (const field of declaration.fact?.fields ?? []) {
      if (field.name !== name || field.type.kind !== 'quantity') continue;
      const [part] = field.type.unit;
      if (part !== undefined) return part.base;
    }
  }
  return null;
}

export type { Expr };
