// SPDX-License-Identifier: Apache-2.0
// Whose facts a clause reads. A set of facts is the payee's own when one of its conditions says that a link of the
// fact is the payee; every other set, and attributes of other parties, are read from others and will be attested.
import type { Expression } from '../../program/expression.ts';
import type { SetExpression } from '../../program/set.ts';
import type { ClauseDraft } from './clauses.ts';
import type { Index } from './program-index.ts';
import { clauseExpressions, partsOf, setsOf } from './walk.ts';

/** Kinds of fact and attributes ("Manager of Representative") of other parties that the clause reads, sorted. */
export function foreignReads(clause: ClauseDraft, index: Index): string[] {
  const reads = new Set<string>();
  const own = ownOf(clause);
  const seen = new Set<string>();
  for (const expression of clauseExpressions(clause)) readsOf(expression, own, index, reads, seen);
  if (clause.occasion.kind === 'fact' || clause.occasion.kind === 'lasting') {
    kindReads(clause.occasion.facts.factKind, index, reads);
  }
  return [...reads].sort();
}

function readsOf(
  expression: Expression,
  own: Own,
  index: Index,
  reads: Set<string>,
  seen: Set<string>,
): void {
  for (const set of setsOf(expression)) setReads(set, own, index, reads, seen);
  if (expression.kind === 'call') callReads(expression.value, expression.of, own, index, reads, seen);
  if (expression.kind === 'attribute' && !isOwn(expression.of, own) && expression.of.type.kind === 'party') {
    reads.add(`${expression.attribute} of ${expression.of.type.of}`);
  }
  if (expression.kind === 'place' && expression.of.type.kind === 'party') {
    reads.add(`${expression.value} of every ${expression.of.type.of}`);
  }
  for (const part of partsOf(expression)) readsOf(part, own, index, reads, seen);
}

function callReads(
  id: string,
  of: Expression | null,
  own: Own,
  index: Index,
  reads: Set<string>,
  seen: Set<string>,
): void {
  const value = index.values.get(id);
  const isPayee = of !== null && isOwn(of, own);
  const isFact = of?.kind === 'variable' && own.facts.has(of.variable.id);
  const key = `${id} ${isPayee} ${isFact}`;
  if (value === undefined || seen.has(key)) return;
  seen.add(key);
  const payees = isPayee && value.of !== null ? new Set([...own.payees, value.of.id]) : own.payees;
  const facts = isFact && value.of !== null ? new Set([...own.facts, value.of.id]) : own.facts;
  const inner: Own = { payees, facts, path: own.path };
  readsOf(value.body, inner, index, reads, seen);
}

function setReads(set: SetExpression, own: Own, index: Index, reads: Set<string>, seen: Set<string>): void {
  if (set.kind === 'named') callReads(set.value, set.of, own, index, reads, seen);
  if (set.kind !== 'facts') return;
  const isPayees = set.where.some(
    (condition) =>
      condition.kind === 'compare' &&
      condition.comparison === 'is' &&
      condition.left.kind === 'field' &&
      (isOwn(condition.right, own) || isOwnFact(condition.right, own)),
  );
  if (!isPayees) reads.add(baseOf(set.factKind, index));
  kindReads(set.factKind, index, reads);
}

/** The first or last of each customer is found among everybody's facts. */
function kindReads(kind: string, index: Index, reads: Set<string>): void {
  for (let id = kind; ; ) {
    const derived = index.derivedKinds.get(id);
    if (derived === undefined) return;
    if (derived.rule.kind !== 'whose') reads.add(baseOf(derived.base, index));
    id = derived.base;
  }
}

function baseOf(kind: string, index: Index): string {
  let id = kind;
  for (;;) {
    const derived = index.derivedKinds.get(id);
    if (derived === undefined) return id;
    id = derived.base;
  }
}

/** What is the payee: a variable, or the path from the fact of the clause that leads to them. */
interface Own {
  readonly payees: ReadonlySet<number>;
  readonly facts: ReadonlySet<number>;
  /** Fields from the fact to the payee; null when the way is longer than fields. */
  readonly path: readonly string[] | null;
}

function ownOf({ payee, occasion }: ClauseDraft): Own {
  const isFact = occasion.kind === 'fact' || occasion.kind === 'lasting';
  const facts = new Set(isFact ? [occasion.fact.id] : []);
  const path = payee.from === null ? null : fieldPath(payee.from);
  return { payees: new Set([payee.variable.id]), facts, path: path?.names ?? null };
}

function fieldPath(
  expression: Expression,
): { readonly root: number; readonly names: readonly string[] } | null {
  if (expression.kind === 'variable') return { root: expression.variable.id, names: [] };
  if (expression.kind !== 'field') return null;
  const inner = fieldPath(expression.of);
  return inner === null ? null : { root: inner.root, names: [...inner.names, expression.field] };
}

/** The fact of the clause: what belongs to it belongs to its payee. */
function isOwnFact(expression: Expression, own: Own): boolean {
  return expression.kind === 'variable' && own.facts.has(expression.variable.id);
}

function isOwn(expression: Expression, own: Own): boolean {
  const path = fieldPath(expression);
  if (path === null) return false;
  if (path.names.length === 0) return own.payees.has(path.root);
  return own.facts.has(path.root) && own.path !== null && path.names.join('.') === own.path.join('.');
}
