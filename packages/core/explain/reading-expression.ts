// SPDX-License-Identifier: Apache-2.0
// Every kind of expression as a noun phrase: "the Override (1.5%) of the total Amount of the Won Deals …". Blanks
// show their names with their values; sets, windows and conditions have files of their own.
import type { Expression, Fold, Moment } from '../program/expression.ts';
import type { Type } from '../program/type.ts';
import { equals, rational } from '../values/rational.ts';
import { figureOf } from './figures.ts';
import { readCondition } from './reading-condition.ts';
import { readEnumeration, readSet } from './reading-set.ts';
import { periodOfWords, readPeriod, spanWords } from './reading-window.ts';
import { isPronoun, referenceOf, type Voice, withPronoun } from './voice.ts';

/** The expression as words that can stand where a noun stands. */
export function readExpression(voice: Voice, expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return figureOf(expression.type, expression.value);
    case 'level':
      return levelName(voice, expression.status, expression.rank);
    case 'blank':
      return `the ${blankWithValue(voice, expression.blank)}`;
    case 'variable':
      return referenceOf(voice, expression.variable).subject;
    case 'field':
      return ofPhrase(voice, fieldNoun(expression.field, expression.type), expression.of);
    case 'attribute':
      return `${ofPhrase(voice, expression.attribute, expression.of)}${readMoment(voice, expression.moment)}`;
    case 'call':
      return readCall(voice, expression);
    case 'fold':
      return readFold(voice, expression);
    case 'arithmetic':
      return readArithmetic(voice, expression);
    case 'lesser':
    case 'greater': {
      const both = `${readExpression(voice, expression.left)} and ${readExpression(voice, expression.right)}`;
      return `the ${expression.kind} of ${both}`;
    }
    case 'compare':
    case 'within':
    case 'member':
    case 'and':
    case 'or':
      return `whether ${readCondition(voice, expression)}`;
    case 'cases':
      return readCases(voice, expression);
    case 'table': {
      const on = readExpression(voice, expression.on);
      const and = expression.and === null ? '' : ` and ${readExpression(voice, expression.and)}`;
      return `what the ${expression.table} table gives for ${on}${and}`;
    }
    case 'per': {
      const step = readExpression(voice, expression.step);
      const rate = readExpression(voice, expression.rate);
      return `${rate} for every ${expression.whole ? 'whole ' : ''}${step} of ${readExpression(voice, expression.of)}`;
    }
    case 'elapsed': {
      const unit = expression.unit === 'days' ? 'days' : 'completed months';
      return `the number of ${unit} from ${readExpression(voice, expression.from)} to ${readExpression(voice, expression.to)}`;
    }
    case 'shifted': {
      const side = expression.direction === 1 ? 'after' : 'before';
      return `${readFigure(voice, expression.by)} ${side} ${readExpression(voice, expression.date)}`;
    }
    case 'edge': {
      const edge = expression.edge === 'start' ? 'first' : 'last';
      return `the ${edge} day of the ${expression.unit} of ${readExpression(voice, expression.date)}`;
    }
    case 'periodEdge':
      return `the ${expression.edge === 'start' ? 'first' : 'last'} day of ${readPeriod(voice, expression.period)}`;
    case 'ordinal':
      return `the number of ${readPeriod(voice, expression.period)} within its year`;
    case 'shiftedPeriod':
      return readPeriod(voice, expression);
    case 'periodOf':
      return periodOfWords(voice, expression);
    case 'span':
      return spanWords(voice, expression);
    case 'round':
      return `${readExpression(voice, expression.of)}, ${roundedWords(voice, expression.step, expression.mode)}`;
    case 'ifNone':
      return `${readExpression(voice, expression.of)} (or, if there is none, ${readExpression(voice, expression.otherwise)})`;
    case 'rise': {
      const of = expression.of === null ? '' : ` of ${readExpression(voice, expression.of)}`;
      const period = readPeriod(voice, expression.period);
      return `the rise of the ${expression.value}${of} from the end of the period before to the end of ${period}`;
    }
    case 'prorated': {
      const party = readExpression(voice, expression.party);
      return `${readExpression(voice, expression.of)}, in proportion to the ${expression.by} of ${readPeriod(voice, expression.period)} in which ${party} takes part`;
    }
    case 'status':
      return `${ofPhrase(voice, expression.status, expression.of)}${readMoment(voice, expression.moment)}`;
    case 'place': {
      const period = expression.period === null ? '' : ` in ${readPeriod(voice, expression.period)}`;
      const order = expression.lowestFirst
        ? ' (the lowest is first)'
        : ' (the highest is first; equals share the better place)';
      return `the place of ${readExpression(voice, expression.of)} by ${expression.value}${period}${order}`;
    }
    case 'balance':
      return `the ${expression.state} ${expression.asset} of ${readExpression(voice, expression.of)}`;
    case 'entitlement': {
      const name = voice.program.clauses.find((clause) => clause.id === expression.clause)?.name;
      const period = expression.period === null ? '' : ` for ${readPeriod(voice, expression.period)}`;
      return `the “${name ?? expression.clause}” of ${readExpression(voice, expression.of)}${period}, before rounding`;
    }
    case 'decision': {
      const of = readExpression(voice, expression.of);
      return `the ${expression.decision} decided for ${of} and ${readPeriod(voice, expression.period)}`;
    }
    case 'set':
      return `the ${readSet(voice, expression.set)}`;
  }
}

/** A date's field name says what it is: "Closed date"; names that end in Date, Day or On stay. */
export function fieldNoun(field: string, type: Type): string {
  return type.kind === 'date' && !/\b(Date|Day|On|Start|End)$/.test(field) ? `${field} date` : field;
}

/** The value first, its name behind: "USD 50,000 (First Step)". Other expressions read as always. */
export function readFigure(voice: Voice, expression: Expression): string {
  if (expression.kind !== 'blank') return readExpression(voice, expression);
  const blank = voice.program.blanks.find(({ id }) => id === expression.blank);
  if (blank === undefined || blank.value === null) return `the ${expression.blank}`;
  return `${figureOf(blank.type, blank.value)} (${blank.id})`;
}

/** "Base Rate (5%)"; "Base Rate (not filled in)" while it is empty. */
export function blankWithValue(voice: Voice, name: string): string {
  const blank = voice.program.blanks.find(({ id }) => id === name);
  if (blank === undefined) return name;
  return `${name} (${blank.value === null ? 'not filled in' : figureOf(blank.type, blank.value)})`;
}

export function levelName(voice: Voice, status: string, rank: number): string {
  const found = voice.program.statuses.find(({ id }) => id === status)?.levels[rank]?.name;
  return found ?? `level ${rank} of ${status}`;
}

/** "the Amount of the Deal", "its Amount", "the Closed of the Split's Deal". */
export function ofPhrase(voice: Voice, name: string, of: Expression): string {
  if (of.kind === 'variable' && isPronoun(voice, of.variable)) return `its ${name}`;
  return `the ${name} of ${readOwner(voice, of)}`;
}

/** An owner inside an of-phrase; links read as possessives, so that no two `of` follow each other. */
function readOwner(voice: Voice, of: Expression): string {
  if (of.kind !== 'field') return readExpression(voice, of);
  if (of.of.kind === 'variable') return `${referenceOf(voice, of.of.variable).possessive} ${of.field}`;
  return readExpression(voice, of);
}

function readCall(voice: Voice, call: Expression & { kind: 'call' }): string {
  const of = call.of === null ? `the ${call.value}` : ofPhrase(voice, call.value, call.of);
  return call.period === null ? of : `${of} in ${readPeriod(voice, call.period)}`;
}

const foldWords: Readonly<Record<Exclude<Fold, 'count' | 'first' | 'last'>, string>> = {
  sum: 'total',
  mean: 'average',
  least: 'smallest',
  greatest: 'largest',
};

function readFold(voice: Voice, fold: Expression & { kind: 'fold' }): string {
  const least =
    fold.leastCount === null
      ? ''
      : ` (there must be at least ${readFigure(voice, fold.leastCount)} of them, otherwise there is none)`;
  if (fold.fold === 'count' || fold.each === null) return `the number of ${readSet(voice, fold.set)}${least}`;
  const set = `${readEnumeration(fold.set)}${readSet(voice, fold.set)}`;
  if (fold.fold === 'first' || fold.fold === 'last')
    return `${eachPhrase(voice, fold, 'the')} of the ${fold.fold} of ${set}${least}`;
  const word = foldWords[fold.fold];
  return `${eachPhrase(voice, fold, `the ${word}`)} of ${set}${least}`;
}

/** "the total Amount"; where it is more than a field: "the total, for each of them, of its Share of …,". */
function eachPhrase(voice: Voice, fold: Expression & { kind: 'fold' }, lead: string): string {
  const each = fold.each;
  const isOwn = (of: Expression | null) => of?.kind === 'variable' && of.variable.id === fold.item.id;
  if (each?.kind === 'field' && isOwn(each.of)) return `${lead} ${each.field}`;
  if (each?.kind === 'call' && isOwn(each.of) && each.period === null) return `${lead} ${each.value}`;
  const inner = withPronoun(voice, fold.item);
  const value = each === null ? 'value' : readExpression(inner, each);
  return lead === 'the' ? value : `${lead}, one by one, of ${value}, over all`;
}

function readArithmetic(voice: Voice, node: Expression & { kind: 'arithmetic' }): string {
  const left = readExpression(voice, node.left);
  const right = readExpression(voice, node.right);
  switch (node.operator) {
    case '*':
      return isShare(node.left)
        ? `${left} of ${right}`
        : `${bracketed(node.left, left)} times ${bracketed(node.right, right)}`;
    case '/':
      return `${bracketed(node.left, left)} divided by ${bracketed(node.right, right)}`;
    case '+':
      return `${left} plus ${right}`;
    case '-':
      return `${left} less ${bracketed(node.right, right)}`;
  }
}

/** A percent that is a term or a field takes "of" on its right; one that is worked out reads as "times". */
function isShare(expression: Expression): boolean {
  const isPlain = ['blank', 'literal', 'field'].includes(expression.kind);
  return isPlain && expression.type.kind === 'quantity' && expression.type.flavour === 'percent';
}

function bracketed(node: Expression, text: string): string {
  const isSum = node.kind === 'arithmetic' && (node.operator === '+' || node.operator === '-');
  return isSum ? `(${text})` : text;
}

function readCases(voice: Voice, node: Expression & { kind: 'cases' }): string {
  const cases = node.cases.map(
    ({ when, then }) => `${readExpression(voice, then)} if ${readCondition(voice, when)}`,
  );
  const otherwise = node.otherwise === null ? 'nothing' : readExpression(voice, node.otherwise);
  return `${cases.join('; else ')}; otherwise ${otherwise}`;
}

/** "rounded to the whole percent, half away from zero"; the step is of the rounded type. */
export function roundedWords(voice: Voice, step: Expression, mode: string): string {
  const value = step.kind === 'literal' && step.value.kind === 'quantity' ? step.value.value : null;
  const isPercent = step.type.kind === 'quantity' && step.type.flavour === 'percent';
  const to =
    value !== null && isPercent && equals(value, rational(1, 100))
      ? 'the whole percent'
      : value !== null && equals(value, rational(1)) && step.type.kind === 'quantity'
        ? `the whole ${step.type.unit[0]?.base ?? 'number'}`
        : `the nearest ${readFigure(voice, step)}`;
  const direction =
    mode === 'up' || mode === 'down' ? `rounded ${mode} to ${to}` : `rounded to ${to}, ${mode}`;
  return direction;
}

/** When a dated attribute or status is read, as a phrase that follows it. */
export function readMoment(voice: Voice, moment: Moment): string {
  switch (moment.kind) {
    case 'counting': {
      const { subject } = referenceOf(voice, moment.fact);
      return ` on the day ${subject} counts`;
    }
    case 'start':
      return ` at the start of ${readPeriod(voice, moment.period)}`;
    case 'end':
      return ` at the end of ${readPeriod(voice, moment.period)}`;
    case 'on':
      return ` on ${readExpression(voice, moment.date)}`;
    case 'weighted':
      return `, on average over the days of ${readPeriod(voice, moment.period)}`;
    case 'now':
      return ' on the day of the calculation';
  }
}
