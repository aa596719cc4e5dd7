// SPDX-License-Identifier: Apache-2.0
// Sets of facts, parties and things as plural noun phrases without their article: "Won Deals of the Representative
// in the quarter". Conditions on the item become "of …", "whose …" or "who report to …".
import type { Expression, Variable } from '../program/expression.ts';
import type { SetExpression } from '../program/set.ts';
import { pluralOf } from './english.ts';
import { readCondition } from './reading-condition.ts';
import { readExpression, readMoment } from './reading-expression.ts';
import { readPeriod, readWindow } from './reading-window.ts';
import { declaredPlural, isParty, isPronoun, type Voice, withNoun, withPronoun } from './voice.ts';

/** The set as a plural noun phrase, to be led by "the" or "the number of". */
export function readSet(voice: Voice, set: SetExpression): string {
  switch (set.kind) {
    case 'facts': {
      const noun = declaredPlural(voice.program, set.factKind);
      const where = readWhere(voice, set.item, set.factKind, set.where);
      const window = readWindow(voice, set.window);
      // The window goes first where the conditions end in a clause of their own, so that it belongs to the facts.
      return / (who|whose|that|which|below|on the day) /.test(where)
        ? `${noun}${window}${where}`
        : `${noun}${where}${window}`;
    }
    case 'parties':
      return `${declaredPlural(voice.program, set.party)}${readWhere(voice, set.item, set.party, set.where)}`;
    case 'through':
      return `${linkNoun(voice, set)} of ${readSet(voice, set.of)}`;
    case 'both':
      return readBoth(voice, set.left, set.right);
    case 'without':
      return `${readSet(voice, set.left)} who are not among the ${readSet(voice, set.right)}`;
    case 'either':
      return `${readSet(voice, set.left)} or ${readSet(voice, set.right)} (each counted once)`;
    case 'named':
      return readNamed(voice, set);
    case 'below': {
      const top = readExpression(voice, set.top);
      const plural = declaredPlural(voice.program, set.party);
      return `${plural} below ${top} at any level (by ${set.attribute})${readMoment(voice, set.moment)}`;
    }
  }
}

/** "different " before nouns of sets without doubles, so that a number of them is understood. */
export function readEnumeration(set: SetExpression): string {
  return set.kind === 'facts' || set.kind === 'parties' ? 'the ' : 'the different ';
}

function readBoth(voice: Voice, left: SetExpression, right: SetExpression): string {
  return `${readSet(voice, left)} who are also ${readSet(voice, right)}`;
}

function readNamed(voice: Voice, set: SetExpression & { kind: 'named' }): string {
  const period = set.period === null ? '' : ` in ${readPeriod(voice, set.period)}`;
  if (set.of === null) return `${set.value}${period}`;
  return `${set.value} of ${readExpression(voice, set.of)}${period}`;
}

/** "Customers" for a link of that name, or "Owners" for a link that goes by another. */
function linkNoun(voice: Voice, set: SetExpression & { kind: 'through' }): string {
  const { link } = set;
  if (link.kind === 'field' && link.of.kind === 'variable') return nounForLink(voice, link.field, link);
  if (link.kind === 'attribute' && link.of.kind === 'variable')
    return nounForLink(voice, link.attribute, link);
  return pluralOf(readExpression(withPronoun(voice, set.item), link).replace(/^(the|its) /, ''));
}

function nounForLink(voice: Voice, name: string, link: Expression): string {
  const target = link.type.kind === 'party' || link.type.kind === 'fact' ? link.type.of : null;
  return target === name ? declaredPlural(voice.program, target) : pluralOf(name);
}

/** The conditions on the item behind its noun: first the "of", then the "whose". */
function readWhere(voice: Voice, item: Variable, kind: string, where: readonly Expression[]): string {
  const inner = withPronoun(voice, item);
  const links = where.flatMap((condition) => ofLink(voice, item, condition) ?? []);
  const others = where.filter((condition) => ofLink(voice, item, condition) === null);
  const relative = others.map((condition) => relativeClause(inner, item, kind, condition));
  return `${links.map((link) => ` of ${link}`).join('')}${relative.length === 0 ? '' : ` ${relative.join(' and ')}`}`;
}

/** What stands behind "of" when the condition only follows a link; null when it says more. */
function ofLink(voice: Voice, item: Variable, condition: Expression): string | null {
  if (condition.kind === 'member') {
    const { set } = condition;
    if (!isLinkOf(item, condition.item)) return null;
    return set.kind === 'parties' ? readRelated(voice, item, set) : `the ${readSet(voice, set)}`;
  }
  if (condition.kind !== 'compare' || condition.comparison !== 'is') return null;
  const { left, right } = condition;
  if (isLinkOf(item, left)) return readExpression(voice, right);
  if (left.kind === 'attribute' && left.of.kind === 'field' && isLinkOf(item, left.of))
    return readReports(voice, item, left.of, left, right);
  return null;
}

/** A link of the item whose name says what it leads to: the Representative of a Deal. */
function isLinkOf(item: Variable, link: Expression): boolean {
  if (link.kind !== 'field' || link.of.kind !== 'variable' || link.of.variable.id !== item.id) return false;
  return (link.type.kind === 'party' || link.type.kind === 'fact') && link.type.of === link.field;
}

/** "Representatives who report to the Manager on the day the Deal counts". */
function readReports(
  voice: Voice,
  item: Variable,
  link: Expression & { kind: 'field' },
  attribute: Expression & { kind: 'attribute' },
  right: Expression,
): string {
  const noun =
    link.type.kind === 'party' ? declaredPlural(voice.program, link.type.of) : pluralOf(link.field);
  const dated = withNoun(voice, item, item.type.kind === 'fact' ? item.type.of : item.name);
  return `${noun} ${relation(voice, attribute, right)}${readMoment(dated, attribute.moment)}`;
}

/** Parties selected by a dated relation, inside a chain of facts: the moment speaks of the fact. */
function readRelated(voice: Voice, fact: Variable, set: SetExpression & { kind: 'parties' }): string {
  const dated = withNoun(voice, fact, fact.type.kind === 'fact' ? fact.type.of : fact.name);
  return `${declaredPlural(voice.program, set.party)}${readWhere(dated, set.item, set.party, set.where)}`;
}

/** "who report to X" for the relation to a superior, "whose X is …" for any other. */
function relation(voice: Voice, attribute: Expression & { kind: 'attribute' }, right: Expression): string {
  const whom = readExpression(voice, right);
  const isSuperior = /^(Line )?(Manager|Supervisor|Superior|Boss|Team Lead|Lead)$/.test(attribute.attribute);
  return isSuperior ? `who report to ${whom}` : `whose ${attribute.attribute} is ${whom}`;
}

/** A condition on the item as a relative clause: "whose Stage is “Won”". */
function relativeClause(inner: Voice, item: Variable, kind: string, condition: Expression): string {
  const who = isParty(inner.program, kind) ? 'who' : 'that';
  if (condition.kind === 'compare' && condition.comparison === 'is') {
    const { left, right } = condition;
    const isOwn = left.kind === 'attribute' && left.of.kind === 'variable' && left.of.variable.id === item.id;
    if (isOwn) return `${relation(inner, left, right)}${readMoment(inner, left.moment)}`;
  }
  if (
    condition.kind === 'member' &&
    condition.item.kind === 'variable' &&
    isPronoun(inner, condition.item.variable)
  )
    return `${who} are among the ${readSet(inner, condition.set)}`;
  const text = readCondition(inner, condition);
  return text.startsWith('its ') ? `whose ${text.slice(4)}` : `for which ${text}`;
}
