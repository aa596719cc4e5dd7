// SPDX-License-Identifier: Apache-2.0
// An operative clause as sentences: who gives what to whom, for what; the tables it uses; its rows in order; how it
// is rounded, when it is booked, what late facts and returns do, and what it reads of other people.
import type { Clause, Row } from '../program/clause.ts';
import type { Expression } from '../program/expression.ts';
import type { Program } from '../program/program.ts';
import { listed, sentence } from './english.ts';
import { readCondition } from './reading-condition.ts';
import { readExpression } from './reading-expression.ts';
import { lateSentence, returnSentence, roundingWords } from './reading-policy.ts';
import { readRow } from './reading-row.ts';
import { readSet } from './reading-set.ts';
import {
  declaredPlural,
  nounOf,
  referenceOf,
  type Voice,
  voiceOf,
  withOwnNoun,
  withPeriod,
  withPronoun,
} from './voice.ts';

/** The clause as sentences; lines that begin with "- " are items of a list. */
export function readClause(program: Program, clause: Clause): readonly string[] {
  const voice = spokenVoice(program, clause);
  return [
    ...amountSentences(voice, clause),
    ...occasionSentences(voice, clause),
    ...clause.rows.filter((row) => !isPolicyRow(row)).map((row) => readRow(voice, clause, row)),
    ...termSentences(voice, clause),
  ];
}

/** The payee, fact and period of the clause, spoken of as "the Representative", "the Deal", "the quarter". */
export function clauseVoice(program: Program, clause: Clause): Voice {
  const voice = withOwnNoun(voiceOf(program), clause.payee.variable);
  const { occasion } = clause;
  switch (occasion.kind) {
    case 'period':
      return withPeriod(voice, occasion.period, occasion.unit);
    case 'fact':
    case 'lasting':
      return withPeriod(withOwnNoun(voice, occasion.fact), occasion.period, occasion.unit);
    case 'ever':
      return voice;
  }
}

/** As `clauseVoice`, but a fact that the first words name is "it" from then on. */
function spokenVoice(program: Program, clause: Clause): Voice {
  const voice = clauseVoice(program, clause);
  const { occasion } = clause;
  return occasion.kind === 'fact' || occasion.kind === 'lasting' ? withPronoun(voice, occasion.fact) : voice;
}

/** Rows that say again what `termSentences` says from the clause itself. */
function isPolicyRow(row: Row): boolean {
  return [
    'rounded',
    'late facts',
    'on a return',
    'as it grows',
    'when the period ends',
    'posted on',
  ].includes(row.kind);
}

/** "For each quarter, the Company pays each Representative …". */
function amountSentences(voice: Voice, clause: Clause): readonly string[] {
  const { amount } = clause;
  const lead = `${occasionLead(voice, clause)}, ${giverWords(voice, clause)}`;
  if (amount.kind !== 'cases')
    return [sentence(`${lead} ${amountWords(voice, clause, amount)}`.replace(' ::', ':'))];
  const [only] = amount.cases;
  if (amount.cases.length === 1 && only !== undefined) {
    const otherwise =
      amount.otherwise === null
        ? 'Otherwise nothing is due.'
        : sentence(`otherwise, it is ${readExpression(voice, amount.otherwise)}`);
    const text = `${lead} ${amountWords(voice, clause, only.then)}, if ${readCondition(voice, only.when)}`;
    return [sentence(text), otherwise];
  }
  const items = amount.cases.map(
    ({ when, then }) => `- ${amountWords(voice, clause, then)}, if ${readCondition(voice, when)};`,
  );
  const last =
    amount.otherwise === null
      ? '- otherwise nothing.'
      : `- otherwise ${amountWords(voice, clause, amount.otherwise)}.`;
  return [`${sentence(`${lead} the first of these that applies:`)}`, ...items, last];
}

/** Points are a number of points; everything else stands as it is. */
function amountWords(voice: Voice, clause: Clause, amount: Expression): string {
  const words = readExpression(voice, amount);
  return clause.action === 'issues' && amount === clause.amount ? `:: ${words}` : words;
}

function occasionLead(voice: Voice, clause: Clause): string {
  const { occasion } = clause;
  switch (occasion.kind) {
    case 'period':
      return `for each ${occasion.unit}`;
    case 'fact':
    case 'lasting': {
      const noun = nounOf(occasion.fact.type) ?? occasion.fact.name;
      const facts = readSet(voice, occasion.facts);
      const plural = declaredPlural(voice.program, noun);
      const which = facts.startsWith(plural) ? facts.slice(plural.length) : '';
      const each = occasion.kind === 'lasting' ? `, and for each ${occasion.unit} in which it lasts` : '';
      return `for each ${noun}${which}${each}`;
    }
    case 'ever':
      return 'at any time';
  }
}

/** "the Company pays each Representative", "the Company issues to the Member of the Purchase". */
function giverWords(voice: Voice, clause: Clause): string {
  if (clause.accounts !== null)
    return `the following moves from the account “${clause.accounts.from}” to the account “${clause.accounts.to}”:`;
  const payer = `the ${clause.payer ?? 'payer'}`;
  const verb = clause.action === 'issues' ? `issues ${clause.asset} to` : 'pays';
  return `${payer} ${verb} ${payeeWords(voice, clause)}`;
}

function payeeWords(voice: Voice, clause: Clause): string {
  const { from } = clause.payee;
  if (from?.kind === 'literal') return `the ${clause.payee.party}`;
  if (from !== null) return readExpression(voice, from);
  const kind = voice.program.parties.find(({ id }) => id === clause.payee.party);
  return kind?.role === 'the party' ? `the ${clause.payee.party}` : `each ${clause.payee.party}`;
}

/** In which period an amount for a fact is booked. */
function occasionSentences(voice: Voice, clause: Clause): readonly string[] {
  const { occasion } = clause;
  if (occasion.kind !== 'fact' || occasion.unit === null) return [];
  return [sentence(`it belongs to the ${occasion.unit} of ${readExpression(voice, occasion.date)}`)];
}

function termSentences(voice: Voice, clause: Clause): readonly string[] {
  const { policies } = voice.program;
  const late =
    clause.rows.some(({ kind }) => kind === 'late facts') || clause.late.kind !== policies.late.kind;
  return [
    sentence(`the amount is ${roundingWords(clause.rounding, clause.asset)}, once ${keyWords(clause)}`),
    sentence(postedWords(voice, clause)),
    ...(late ? [`For this clause: ${lateSentence(clause.late)}`] : []),
    ...returnWords(voice, clause),
    ...foreignWords(voice, clause),
  ];
}

function keyWords(clause: Clause): string {
  const payee = `for each ${clause.payee.party}`;
  const unit = clause.occasion.kind === 'ever' ? null : clause.occasion.unit;
  if (clause.accounts !== null) return unit === null ? 'in all' : `for each ${unit}`;
  return unit === null ? payee : `${payee} and ${unit}`;
}

function postedWords(voice: Voice, clause: Clause): string {
  const { posts, occasion } = clause;
  switch (posts.kind) {
    case 'grows':
      return occasion.kind === 'ever'
        ? 'it is booked at once, as it grows'
        : 'it is booked as it grows: each new fact adds its part at once';
    case 'ends': {
      const unit = occasion.kind === 'ever' ? null : occasion.unit;
      return `it is booked when the ${unit ?? 'period'} has ended; until then it is a forecast`;
    }
    case 'on':
      return `it is booked on ${readExpression(voice, posts.date)}; until then it is a forecast`;
  }
}

/** The return rule, where the agreement has returns or the clause departs from its rule. */
function returnWords(voice: Voice, clause: Clause): readonly string[] {
  const own = clause.rows.find((row) => row.kind === 'on a return');
  if (own !== undefined) return [`For this clause: ${readRow(voice, clause, own)}`];
  if (clause.returns === voice.program.policies.returns) return [];
  return [`For this clause: ${returnSentence(clause.returns)}`];
}

/** What the amount rests on that concerns other people: they cannot be recomputed by this payee alone. */
function foreignWords(voice: Voice, clause: Clause): readonly string[] {
  // A movement between the payer's own accounts is nobody else's business.
  if (clause.foreignReads.length === 0 || clause.accounts !== null) return [];
  const kinds = clause.foreignReads.map((read) => foreignRead(voice, read));
  const payee = referenceOf(voice, clause.payee.variable).subject;
  return [
    `It also rests on facts of others: ${listed(kinds)}. The ${clause.payer ?? 'payer'} attests these to ${payee}.`,
  ];
}

/** "Deal" → "Deals", "Manager of Representative" → "the Manager of each Representative". */
export function foreignRead(voice: Voice, read: string): string {
  const [what = read, whose] = read.split(' of ');
  if (whose === undefined) return declaredPlural(voice.program, read);
  return whose.startsWith('every ') ? `the ${read}` : `the ${what} of each ${whose}`;
}
