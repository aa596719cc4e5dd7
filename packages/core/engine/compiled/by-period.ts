// SPDX-License-Identifier: Apache-2.0
// Clauses of which each period rests on its own facts: those of the payee that count in it, and what is linked with them.
// Then a fact changes the periods alone in which it, and what is near it, counts. Whatever looks past the period at hand,
// or is not known not to, is no such clause.

import type { Clause } from '../../program/clause.ts';
import type { Expression, Variable } from '../../program/expression.ts';
import type { Program, Version } from '../../program/program.ts';
import type { SetExpression } from '../../program/set.ts';
import type { PeriodUnit } from '../../values/calendar.ts';
import { walletsIn } from './clauses-together.ts';
import { baseKind } from './fact-set.ts';

/** The unit of a clause's periods, where each rests on its own facts under every version; else null. */
export function ownPeriods(id: string, versions: readonly Version[]): PeriodUnit | null {
  const calendars = new Set(versions.map(({ program }) => JSON.stringify(program.policies.calendar)));
  if (calendars.size > 1) return null;
  const units = versions.flatMap(({ program }) =>
    program.clauses.flatMap((clause) => (clause.id === id ? [unitOf(clause, program)] : [])),
  );
  const [unit = null] = units;
  return units.every((other) => other === unit) ? unit : null;
}

function unitOf(clause: Clause, program: Program): PeriodUnit | null {
  const { occasion } = clause;
  if (occasion.kind !== 'period' && occasion.kind !== 'fact') return null;
  const { unit, period } = occasion;
  const isPlain =
    clause.late.kind === 'restate' &&
    (clause.returns === 'none' || clause.returns === 'as if smaller') &&
    walletsIn(clause, program).length === 0 &&
    !clause.rows.some(({ kind }) => kind === 'once' || kind === 'while it lasts');
  if (unit === null || unit.startsWith('contract') || !isPlain) return null;
  if (occasion.kind === 'fact' && !isBookedWhenItCounts(clause, program)) return null;
  const where = occasion.kind === 'fact' ? [occasion.facts.where, occasion.facts.factKind] : [];
  const own = new Set(period === null ? [] : [period.id]);
  const walk = new PeriodWalk(program);
  const kinds = occasion.kind === 'fact' ? walk.kind(occasion.facts.factKind) : true;
  return kinds && walk.isWithin([clause.amount, clause.rows, clause.posts, where], own)
    ? (unit as PeriodUnit)
    : null;
}

/** Whether a fact is booked in the period in which it counts, for a payee whom it names itself. */
function isBookedWhenItCounts({ occasion, payee }: Clause, program: Program): boolean {
  if (occasion.kind !== 'fact' || payee.from === null || occasion.facts.window.kind !== 'all') return false;
  const kind = program.factKinds.find(({ id }) => id === baseKind(program, occasion.facts.factKind));
  const date = fieldPath(occasion.date);
  const from = fieldPath(payee.from.kind === 'attribute' ? payee.from.of : payee.from);
  return (
    date?.root === occasion.fact.id &&
    date.names.join('.') === kind?.countsOn.join('.') &&
    from?.root === occasion.fact.id &&
    from.names.length === 1
  );
}

class PeriodWalk {
  private readonly program: Program;
  private readonly seen = new Set<string>();

  constructor(program: Program) {
    this.program = program;
  }

  /** Whether all facts that a node reads of the payee are those of the period at hand: one of these variables. */
  isWithin(node: unknown, own: ReadonlySet<number>): boolean {
    if (Array.isArray(node)) return node.every((part) => this.isWithin(part, own));
    if (node === null || typeof node !== 'object') return true;
    if ('kind' in node) {
      switch (node.kind) {
        case 'rise':
        case 'status':
        case 'balance':
        case 'entitlement':
        case 'place':
        case 'parties':
        case 'below':
          return false;
        case 'call':
        case 'named':
          if (isCalled(node) && !this.value(node, own)) return false;
          break;
        case 'facts':
          if (!this.set(node as SetExpression & { kind: 'facts' }, own)) return false;
          break;
        case 'table':
          if (
            'table' in node &&
            !this.isWithin(
              this.program.tables.find(({ id }) => id === node.table),
              own,
            )
          )
            return false;
          break;
        case 'decision': {
          const decision =
            'decision' in node ? this.program.decisions.find(({ id }) => id === node.decision) : undefined;
          if (decision !== undefined && !this.isWithin([decision.within, decision.otherwise], none))
            return false;
          break;
        }
      }
    }
    return Object.entries(node).every(
      ([name, part]) => name === 'at' || name === 'type' || this.isWithin(part, own),
    );
  }

  /** Whether the rules of a derived kind look at nothing but the fact itself, and those it is chosen among. */
  kind(id: string): boolean {
    const derived = this.program.derivedKinds.find((candidate) => candidate.id === id);
    if (derived === undefined) return true;
    const { rule } = derived;
    return this.isWithin(rule.kind === 'whose' ? rule.condition : rule.each, none) && this.kind(derived.base);
  }

  private value({ value: id, period }: Called, own: ReadonlySet<number>): boolean {
    const value = this.program.values.find((candidate) => candidate.id === id);
    if (value === undefined) return false;
    const isOwn = period?.kind === 'variable' && own.has(period.variable.id);
    const name = `${id} ${isOwn}`;
    if (this.seen.has(name)) return true;
    if (!this.isWithin(value.body, new Set(isOwn && value.period !== null ? [value.period.variable.id] : [])))
      return false;
    this.seen.add(name);
    return true;
  }

  private set(set: SetExpression & { kind: 'facts' }, own: ReadonlySet<number>): boolean {
    if (!this.kind(set.factKind)) return false;
    const links = set.where.flatMap((condition): Expression[] =>
      condition.kind === 'compare' && condition.comparison === 'is'
        ? [condition.left, condition.right].filter((side) => leadsFrom(side, set.item))
        : [],
    );
    // What belongs to a fact at hand is linked with it, whenever it counts.
    if (links.some(({ type }) => type.kind === 'fact')) return true;
    const isDirect = links.some(
      (link) => fieldPath(link.kind === 'attribute' ? link.of : link)!.names.length === 1,
    );
    const { window } = set;
    return (
      isDirect &&
      window.kind === 'period' &&
      window.period.kind === 'variable' &&
      own.has(window.period.variable.id)
    );
  }
}

interface Called {
  readonly value: string;
  readonly period: Expression | null;
}

function isCalled(node: object): node is Called {
  return 'value' in node && typeof node.value === 'string' && 'period' in node;
}

const none: ReadonlySet<number> = new Set();

/** Whether an expression is a field of an item, or what a relation leads to from one. */
function leadsFrom(link: Expression, item: Variable): boolean {
  const path = fieldPath(link.kind === 'attribute' ? link.of : link);
  return path !== null && path.root === item.id && path.names.length > 0;
}

/** A chain of fields, from a variable. */
export function fieldPath(
  e: Expression,
): { readonly root: number; readonly names: readonly string[] } | null {
  if (e.kind === 'variable') return { root: e.variable.id, names: [] };
  if (e.kind !== 'field') return null;
  const inner = fieldPath(e.of);
  return inner === null ? null : { root: inner.root, names: [...inner.names, e.field] };
}
