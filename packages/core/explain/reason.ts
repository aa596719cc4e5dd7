// SPDX-License-Identifier: Apache-2.0
// The tree behind one value: what it was in this case, and what it was made of. It asks the reference evaluator for
// every part again, so that no figure here is second-hand. Long lists are cut, and say so.

import { answer, insideValue, valueNamed } from '../engine/reference/expression.ts';
import type { FactRecord } from '../engine/reference/order.ts';
import { type Answer, isValue } from '../engine/reference/result.ts';
import type { Scope } from '../engine/reference/scope.ts';
import { bindItem, itemsOf } from '../engine/reference/sets.ts';
import type { Expression } from '../program/expression.ts';
import type { Value } from '../program/value.ts';
import { add, type Rational, zero } from '../values/rational.ts';
import { figureFor } from './answer-figure.ts';
import { quantityFigure } from './figures.ts';
import { readCondition } from './reading-condition.ts';
import { readExpression } from './reading-expression.ts';
import { decisionParts, matrixParts, placeParts, riseParts, statusParts } from './reason-standing.ts';
import { tableReasons } from './reason-table.ts';
import { declaredPlural, type Voice, withOwnNoun, withPeriod } from './voice.ts';

/** One node: words, the figure of this case, and the parts it was made of. */
export interface Reason {
  readonly label: string;
  /** "USD 32,400", "yes", "waits for the Amount of D-1". */
  readonly figure: string;
  /** The number behind the figure, where it is one. */
  readonly exact: Rational | null;
  /** The fact that it is, where it is one. */
  readonly fact: { readonly kind: string; readonly id: string } | null;
  readonly parts: readonly Reason[];
}

/** Where a reason is looked for: the words and the scope of the same place. */
export interface Place {
  readonly voice: Voice;
  readonly scope: Scope;
  readonly depth: number;
  /** What goes without saying in this tree: " of the Representative in the quarter". */
  readonly silent: string;
}

/** How deep the tree goes, and how many facts are listed one by one. */
const depthMax = 12;
const itemsMax = 12;

/** The tree behind an expression. */
export function reasonOf(place: Place, expression: Expression): Reason {
  const found = answer(expression, place.scope);
  const label = withoutSilent(labelOf(place.voice, expression), place.silent);
  const node = { label, ...figureFor(expression.type, found, place.scope), fact: null };
  if (place.depth >= depthMax) return { ...node, parts: [] };
  return { ...node, parts: partsOf({ ...place, depth: place.depth + 1 }, expression, found) };
}

function labelOf(voice: Voice, expression: Expression): string {
  switch (expression.kind) {
    case 'blank':
      return expression.blank;
    case 'compare':
    case 'within':
    case 'member':
      return readCondition(voice, expression);
    case 'and':
      return 'all of these hold';
    case 'or':
      return 'at least one of these holds';
    case 'cases':
      return 'the case that applies';
    default:
      return readExpression(voice, expression).replace(/^the /, '');
  }
}

/** The payee and period at hand are in the title already; "… in the quarter before" is another period and stays. */
function withoutSilent(label: string, silent: string): string {
  return silent === '' ? label : label.replaceAll(new RegExp(`${silent}(?! (before|that))`, 'g'), '');
}

function partsOf(place: Place, expression: Expression, found: Answer): readonly Reason[] {
  switch (expression.kind) {
    case 'call':
      return callParts(place, expression);
    case 'fold':
      return foldParts(place, expression);
    case 'table':
      return [
        ...operands(place, [expression.on, expression.and]),
        ...tableReasons(place.scope, expression),
        ...matrixParts(place, expression),
      ];
    case 'rise':
      return riseParts(place, expression);
    case 'place':
      return placeParts(place, expression);
    case 'status':
      return statusParts(place, expression);
    case 'decision':
      return decisionParts(place, expression);
    case 'cases':
      return caseParts(place, expression);
    case 'and':
    case 'or':
      return operands(place, expression.parts);
    case 'compare':
    case 'within':
    case 'arithmetic':
    case 'lesser':
    case 'greater':
      return operands(place, [expression.left, expression.right]);
    case 'per':
      return operands(place, [expression.rate, expression.step, expression.of]);
    case 'elapsed':
      return operands(place, [expression.from, expression.to]);
    case 'shifted':
      return operands(place, [expression.date, expression.by]);
    case 'round':
    case 'prorated':
      return operands(place, [expression.of]);
    case 'ifNone':
      return operands(place, [found.kind === 'none' ? expression.otherwise : expression.of]);
    case 'literal':
    case 'level':
    case 'blank':
    case 'variable':
    case 'field':
    case 'attribute':
    case 'member':
    case 'edge':
    case 'periodEdge':
    case 'ordinal':
    case 'shiftedPeriod':
    case 'periodOf':
    case 'span':
    case 'balance':
    case 'entitlement':
    case 'set':
      return [];
  }
}

/** Literals say their own figure, and variables who they are: neither needs a line. */
function operands(place: Place, parts: readonly (Expression | null)[]): readonly Reason[] {
  return parts.flatMap((part) =>
    part === null || part.kind === 'literal' || part.kind === 'variable' ? [] : [reasonOf(place, part)],
  );
}

/** Inside a named value: of a fold its items at once, since the words would only repeat. */
function callParts(place: Place, call: Expression & { kind: 'call' }): readonly Reason[] {
  const of = call.of === null ? null : answer(call.of, place.scope);
  const period = call.period === null ? null : answer(call.period, place.scope);
  if ((of !== null && !isValue(of)) || (period !== null && !isValue(period))) return [];
  const named = valueNamed(call.value, place.scope);
  const own = named.of === null ? place.voice : withOwnNoun(place.voice, named.of);
  const voice = withPeriod(own, named.period?.variable ?? null, named.period?.unit ?? null);
  const inner = { ...place, voice, scope: insideValue(named, of, period, place.scope) };
  if (named.body.kind === 'fold') return foldParts(inner, named.body);
  const body = reasonOf(inner, named.body);
  return named.body.kind === 'blank' || named.body.kind === 'field' ? [body] : body.parts;
}

function foldParts(place: Place, fold: Expression & { kind: 'fold' }): readonly Reason[] {
  const items = itemsOf(fold.set, place.scope);
  const { program } = place.scope.world;
  const reasons = items.map((item): Reason => {
    const named = item.record === null ? null : (item.record.lowering ?? item.record.fact);
    const fact = named === null ? null : { kind: named.kind, id: named.id };
    const label = item.record === null ? nameOf(item.value) : recordName(item.record);
    if (fold.each === null) return { label, figure: '', exact: null, fact, parts: [] };
    const found = answer(fold.each, bindItem(place.scope, fold.item, item));
    return { label, ...figureFor(fold.each.type, found, place.scope), fact, parts: [] };
  });
  if (reasons.length <= itemsMax) return reasons;
  const rest = reasons.slice(itemsMax);
  const noun = fold.set.kind === 'facts' ? fold.set.factKind : 'one';
  const sum = rest.reduce((total, { exact }) => add(total, exact ?? zero), zero);
  const isSummed = fold.fold === 'sum' && fold.each !== null;
  const more: Reason = {
    label:
      `and ${rest.length} more ${noun === 'one' ? '' : rest.length === 1 ? noun : declaredPlural(program, noun)}`.trim(),
    figure: isSummed && fold.each !== null ? quantityFigure(fold.each.type, sum) : '',
    exact: isSummed ? sum : null,
    fact: null,
    parts: [],
  };
  return [...reasons.slice(0, itemsMax), more];
}

/** "Deal D-1", or for a return that counts as a negative sale "Return R-1 of Deal D-1". */
export function recordName({ fact, lowering }: FactRecord): string {
  const own = `${fact.kind} ${fact.id}`;
  return lowering === null ? own : `${lowering.kind} ${lowering.id} of ${own}`;
}

function nameOf(value: Value): string {
  return 'value' in value && typeof value.value === 'string' ? value.value : value.kind;
}

/** Conditions in order up to the one that held, then what it gives. */
function caseParts(place: Place, node: Expression & { kind: 'cases' }): readonly Reason[] {
  const parts: Reason[] = [];
  for (const { when, then } of node.cases) {
    parts.push(reasonOf(place, when));
    const held = answer(when, place.scope);
    if (held.kind === 'waiting') return parts;
    if (held.kind === 'yesNo' && held.value) return [...parts, ...operands(place, [then])];
  }
  return node.otherwise === null ? parts : [...parts, ...operands(place, [node.otherwise])];
}
