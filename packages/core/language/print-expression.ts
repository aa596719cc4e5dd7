// SPDX-License-Identifier: Apache-2.0
// Expressions in the normal form of the language: one space, straight quotes, − × ÷, thousands commas in money. What is printed parses
// to the same tree.
import { groupThousands } from '../values/asset.ts';
import type { Expr, Link, Literal, Moment, Part, RoundingWords, Scope } from './tree.ts';

export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'chain': {
      const who =
        expr.who === null ? '' : ` who are ${expr.who.not ? 'not ' : ''}${printPart(expr.who.part)}`;
      return `${printPart(expr.part)}${who}`;
    }
    case 'binary':
      return `${printExpr(expr.left)} ${operators[expr.operator]} ${printExpr(expr.right)}`;
    case 'negative':
      return `−${printExpr(expr.of)}`;
    case 'group':
      return `(${printExpr(expr.of)})`;
    case 'table': {
      const and = expr.and === null ? '' : ` and ${printExpr(expr.and)}`;
      return `${printPart(expr.table)} on ${printExpr(expr.on)}${and}`;
    }
    case 'per':
      return `${printPart(expr.rate)} per ${expr.whole ? 'whole ' : ''}${printStep(expr.step)} of ${printExpr(expr.of)}`;
    case 'elapsed':
      return `${expr.unit} from ${printExpr(expr.from)} to ${printExpr(expr.to)}`;
    case 'lesser':
    case 'greater':
      return `the ${expr.kind} of ${printExpr(expr.left)} and ${printExpr(expr.right)}`;
    case 'shifted':
      return `${printExpr(expr.by)} ${expr.direction} ${printExpr(expr.date)}`;
    case 'edge': {
      const date = expr.date === null ? '' : ` of ${printExpr(expr.date)}`;
      return `the ${expr.edge} of the ${expr.unit}${date}`;
    }
    case 'ordinal':
      return `the number of the ${expr.unit}`;
    case 'amountOf':
      return `the amount of "${expr.clause.text}"${printScope(expr.scope)}`;
    case 'place': {
      const by = `${expr.lowest ? 'lowest ' : ''}${expr.by.text}`;
      return `the place of ${printExpr(expr.of)} by ${by}${printScope(expr.scope)}`;
    }
    case 'balance': {
      const of = expr.of === null ? '' : ` of ${printExpr(expr.of)}`;
      return `${expr.state} ${expr.asset.text}${of}`;
    }
    case 'prorated':
      return `${printExpr(expr.of)} prorated by ${expr.by}`;
    case 'compare': {
      const word = expr.comparison === 'is' ? '' : `${expr.comparison} `;
      return `${printExpr(expr.left)} is ${word}${printExpr(expr.right)}`;
    }
    case 'oneOf':
      return `${printExpr(expr.left)} is one of ${listWithOr(expr.options.map(printExpr))}`;
    case 'range':
      return `${printExpr(expr.left)} is from ${printExpr(expr.from)} through ${printExpr(expr.through)}`;
    case 'exists':
      return `there is ${expr.not ? 'no' : 'a'} ${printExpr(expr.set)}`;
    case 'and':
    case 'or':
      return expr.parts.map(printExpr).join(` ${expr.kind} `);
    case 'cases': {
      const cases = expr.cases.map((one) => `${printExpr(one.then)} when ${printExpr(one.when)}`);
      return [...cases, ...(expr.otherwise === null ? [] : [`otherwise ${printExpr(expr.otherwise)}`])].join(
        ', ',
      );
    }
    case 'ifNone':
      return `${printExpr(expr.of)}, or ${printExpr(expr.otherwise)} if there is none`;
    case 'round':
      return `${printExpr(expr.of)}, rounded ${printRounding(expr.rounding)}`;
  }
}

const operators = { '+': '+', '-': '−', '*': '×', '/': '÷' } as const;

/** `"A", "B" or "C"`. */
export function listWithOr(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}

/** One of a currency is the currency alone. */
function printStep(step: Expr): string {
  const first = step.kind === 'chain' ? step.part.links[0] : undefined;
  const isOne = first?.kind === 'literal' && first.literal.kind === 'money' && first.literal.number === '1';
  return isOne && first.literal.kind === 'money' ? first.literal.currency : printExpr(step);
}

export function printPart(part: Part): string {
  const least = part.leastCount === null ? '' : `, of at least ${printExpr(part.leastCount)}`;
  return `${part.links.map(printLink).join(' of ')}${printScope(part.scope)}${printMoment(part.moment)}${least}`;
}

function printLink(link: Link): string {
  switch (link.kind) {
    case 'name': {
      const article = link.article === null ? '' : `${link.article} `;
      return `${article}${link.name.text}${link.atAnyLevel ? ' at any level' : ''}`;
    }
    case 'fold':
      return `the ${link.fold}`;
    case 'it':
      return 'it';
    case 'literal':
      return printLiteral(link.literal);
  }
}

/** A literal as an agreement writes it: `USD 32,400`, `5%`, `"Won"`, `2026-01-31`, `90 days`. */
export function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'money':
      return `${literal.currency} ${signedDigits(groupThousands(literal.number.replace('-', '')), literal.number)}`;
    case 'number':
      return signedDigits(literal.number.replace('-', ''), literal.number);
    case 'percent':
      return `${signedDigits(literal.number.replace('-', ''), literal.number)}%`;
    case 'text':
      return `"${literal.text}"`;
    case 'date':
      return literal.iso;
    case 'duration':
      return literal.text;
    case 'assetAmount':
      return `${signedDigits(groupThousands(literal.number.replace('-', '')), literal.number)} ${literal.asset.text}`;
    case 'yesNo':
      return literal.value ? 'yes' : 'no';
    case 'open':
      return 'open';
    case 'named':
      return literal.name.text;
  }
}

function signedDigits(digits: string, number: string): string {
  return number.startsWith('-') ? `−${digits}` : digits;
}

/** With a space before it; empty when there is none. */
function printScope(scope: Scope | null): string {
  if (scope === null) return '';
  switch (scope.kind) {
    case 'period':
      if (scope.yearBefore) return ` in the same ${scope.unit} of the year before`;
      return ` in the ${scope.unit}${scope.shift === -1 ? ' before' : ''}`;
    case 'so far in':
      return ` in the ${scope.unit} so far`;
    case 'period of':
      return ` in the ${scope.unit} of ${scope.date.text}`;
    case 'rolling': {
      const end = scope.end.kind === 'before it' ? 'before it' : `${scope.end.kind} the ${scope.end.unit}`;
      return ` in the ${printLink(scope.length)} ${end}`;
    }
    case 'so far':
    case 'before it':
      return ` ${scope.kind}`;
    case 'through':
    case 'before':
      return ` ${scope.kind} the ${scope.unit}`;
    case 'between':
      return ` from ${printExpr(scope.from)} through ${printExpr(scope.through)}`;
    case 'lasting':
      return ` lasting${printMoment(scope.moment)}`;
  }
}

function printMoment(moment: Moment | null): string {
  if (moment === null) return '';
  switch (moment.kind) {
    case 'start':
    case 'end':
      return ` at the ${moment.kind} of the ${moment.unit}`;
    case 'average':
      return ` on average over the ${moment.unit}`;
    case 'on':
      return ` on ${moment.date.text}`;
    case 'now':
      return ' now';
  }
}

/** What stands after the word `rounded`. */
export function printRounding({ direction, to }: RoundingWords): string {
  const lead = direction === null ? '' : `${direction} `;
  switch (to.kind) {
    case 'whole':
      return `${lead}to the whole ${to.noun}`;
    case 'cent':
      return `${lead}to the cent`;
    case 'decimals':
      return `${lead}to ${to.count} decimals`;
    case 'nearest':
      return `${lead}to the nearest ${printExpr(to.step)}`;
  }
}
