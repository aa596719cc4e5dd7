// SPDX-License-Identifier: Apache-2.0
// Declarations as sentences: parties, kinds of fact, derived kinds, named values, decisions.
import type {
  Decision,
  DerivedKind,
  FactKind,
  Field,
  NamedValue,
  PartyKind,
  Path,
} from '../program/declaration.ts';
import type { Type } from '../program/type.ts';
import { listed, possessiveOf, sentence, withArticle } from './english.ts';
import { readCondition } from './reading-condition.ts';
import { fieldNoun, readExpression, readFigure } from './reading-expression.ts';
import { type Voice, withOwnNoun, withPeriod, withPronoun } from './voice.ts';

export function readPartyKind(party: PartyKind): readonly string[] {
  const dated = party.attributes.map((field) => fieldWords(field));
  const fixed = party.fields.map((field) => fieldWords(field));
  const lasts =
    party.lasts === null
      ? []
      : [
          `${withArticle(party.id)} takes part from ${possessiveOf('the day')} ${party.lasts.from} through ${party.lasts.through}`,
        ];
  const sentences = [
    ...(party.role === 'the party'
      ? [`the ${party.id} is one party of this agreement`]
      : [
          party.role === 'things'
            ? `${party.plural} are named in the facts`
            : `${party.plural} take part in this agreement`,
        ]),
    ...(fixed.length === 0 ? [] : [`of each ${party.id} is known: ${listed(fixed)}`]),
    ...(dated.length === 0
      ? []
      : [`each ${party.id} has at any time ${listed(dated)}, which may change from one day to the next`]),
    ...lasts,
  ];
  return sentences.map(sentence);
}

export function readFactKind(kind: FactKind): readonly string[] {
  const later = kind.order.filter((path) => path.join() !== kind.countsOn.join());
  const order = [...later.map((path) => pathWords(path)), 'its number'];
  const day = pathWords(kind.countsOn);
  const lowers =
    kind.lowers === null
      ? []
      : [
          sentence(
            `${withArticle(kind.id)} lowers the ${kind.lowers.field} of its ${kind.lowers.link} by its own ${kind.lowers.by}`,
          ),
        ];
  const lasts =
    kind.lasts === null
      ? []
      : [sentence(`it lasts from ${kind.lasts.from} through ${kind.lasts.through}, both days included`)];
  return [
    sentence(`${withArticle(kind.id)} is recorded with ${listed(kind.fields.map(fieldWords))}`),
    sentence(
      `it counts on ${day.startsWith('its ') ? `its ${fieldNoun(day.slice(4), { kind: 'date' })}` : day}; among those of the same day, in the order of ${order.join(', then of ')}`,
    ),
    ...lasts,
    ...lowers,
  ];
}

/** "its Closed", "the Closed of its Deal". */
function pathWords(path: Path): string {
  const [first = '', ...rest] = path;
  return rest.length === 0
    ? `its ${first}`
    : `the ${rest[rest.length - 1]} of its ${[first, ...rest.slice(0, -1)].join(' of its ')}`;
}

function fieldWords(field: Field): string {
  const open = field.mayStayOpen ? ', which may stay open' : '';
  if (field.type.kind === 'date') return `${withArticle(fieldNoun(field.name, field.type))}${open}`;
  const kind = typeWords(field.type);
  return kind === null || kind === field.name
    ? `${withArticle(field.name)}${open}`
    : `${withArticle(field.name)} (${kind}${open})`;
}

function typeWords(type: Type): string | null {
  switch (type.kind) {
    case 'quantity':
      return type.unit.length === 0 ? type.flavour : type.unit.map((part) => part.base).join(' per ');
    case 'choice':
      return `one of ${listed(
        type.options.map((option) => `“${option}”`),
        'or',
      )}`;
    case 'party':
    case 'fact':
    case 'level':
      return type.of;
    case 'yesNo':
      return 'yes or no';
    case 'duration':
      return 'a length of time';
    case 'date':
    case 'text':
    case 'period':
      return type.kind;
    case 'set':
      return type.element;
  }
}

export function readDerivedKind(outer: Voice, kind: DerivedKind): readonly string[] {
  if (kind.rule.kind === 'whose') {
    const voice = withPronoun(outer, kind.item);
    const condition = readCondition(voice, kind.rule.condition);
    const relative = condition.startsWith('its ') ? `whose ${condition.slice(4)}` : `for which ${condition}`;
    return [sentence(`${withArticle(kind.id)} is ${withArticle(kind.base)} ${relative}`)];
  }
  const each = readExpression(withPronoun(outer, kind.item), kind.rule.each).replace(/^(its|the) /, '');
  const unit = kind.rule.unit === null ? '' : ` in each ${kind.rule.unit}`;
  return [
    sentence(
      `${withArticle(kind.id)} is the ${kind.rule.kind} ${kind.base} of each ${each}${unit}, no matter whose it is`,
    ),
    sentence(`if an earlier ${kind.base} becomes known later, that one takes its place`).replace(
      'an earlier',
      kind.rule.kind === 'first' ? 'an earlier' : 'a later',
    ),
  ];
}

export function readNamedValue(outer: Voice, value: NamedValue): readonly string[] {
  const own =
    value.of === null
      ? outer
      : value.of.type.kind === 'fact'
        ? withPronoun(outer, value.of)
        : withOwnNoun(outer, value.of);
  const voice = withPeriod(own, value.period?.variable ?? null, value.period?.unit ?? null);
  const noun =
    value.of === null
      ? null
      : value.of.type.kind === 'party' || value.of.type.kind === 'fact'
        ? value.of.type.of
        : value.of.name;
  const of = noun === null ? '' : ` of ${withArticle(noun)}`;
  const period = value.period === null ? '' : ` in ${withArticle(value.period.unit ?? 'period')}`;
  const verb = value.body.type.kind === 'set' ? 'are' : 'means';
  const head = `the ${value.id}${of}${period} ${verb}`;
  const { body } = value;
  if (body.kind !== 'cases') return [sentence(`${head} ${readExpression(voice, body)}`)];
  if (body.cases.length === 1) return [sentence(`${head} ${readExpression(voice, body)}`)];
  const rows = body.cases.map(
    ({ when, then }) => `- ${readExpression(voice, then)}, if ${readCondition(voice, when)};`,
  );
  const last =
    body.otherwise === null
      ? '- otherwise nothing.'
      : `- otherwise ${readExpression(voice, body.otherwise)}.`;
  return [sentence(`${head} the first of these that applies:`), ...rows, last];
}

export function readDecision(outer: Voice, decision: Decision): readonly string[] {
  const voice = withPeriod(withOwnNoun(outer, decision.of), decision.period.variable, decision.period.unit);
  const noun = decision.of.type.kind === 'party' ? decision.of.type.of : decision.of.name;
  return [
    sentence(
      `the ${decision.decider} decides the ${decision.id} of each ${noun} for each ${decision.period.unit}, with a reason`,
    ),
    sentence(
      `the decision is due within ${readFigure(voice, decision.within)} of the end of the ${decision.period.unit}; without one it is ${readFigure(voice, decision.otherwise)}`,
    ),
  ];
}
