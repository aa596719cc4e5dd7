// SPDX-License-Identifier: Apache-2.0
// The rows of a clause, each as one sentence. Rows act top to bottom, and the sentences keep that order.
import type { Clause, Row, ShortageMode } from '../program/clause.ts';
import type { Expression } from '../program/expression.ts';
import { sentence } from './english.ts';
import { numberFigure } from './figures.ts';
import { readCondition } from './reading-condition.ts';
import { readExpression, readFigure } from './reading-expression.ts';
import { lateSentence, returnSentence, roundingWords } from './reading-policy.ts';
import { readSet } from './reading-set.ts';
import { referenceOf, type Voice } from './voice.ts';

/** One row of the clause as a sentence. */
export function readRow(voice: Voice, clause: Clause, row: Row): string {
  return sentence(rowWords(voice, clause, row));
}

function rowWords(voice: Voice, clause: Clause, row: Row): string {
  const payee = referenceOf(voice, clause.payee.variable);
  const asset = clause.asset;
  switch (row.kind) {
    case 'at most':
      return `${ifWords(voice, row.when)}the amount is at most ${readExpression(voice, row.limit)}; what is above is not paid`;
    case 'at least':
      return `${ifWords(voice, row.when)}the amount is at least ${readExpression(voice, row.limit)}`;
    case 'times':
      return `${ifWords(voice, row.when)}the amount is then multiplied by ${readExpression(voice, row.factor)}`;
    case 'during':
      return `only facts that count${betweenWords(voice, row.from, row.through)} take part`;
    case 'released when':
      return `it is held until ${readCondition(voice, row.condition)}, and released then`;
    case 'released in share':
      return `it is released in the share that ${readExpression(voice, row.part)} bears to ${readExpression(voice, row.whole)}, never more than the whole; the rest is held`;
    case 'held back': {
      const end =
        row.until !== null
          ? `until ${readCondition(voice, row.until)}`
          : row.through !== null
            ? `through ${readExpression(voice, row.through)}`
            : 'until it is released';
      return `${readFigure(voice, row.share)} of it is held back ${end}`;
    }
    case 'vests': {
      const first = row.first === null ? '' : `, the first part after ${readFigure(voice, row.first)}`;
      return `it vests in ${readFigure(voice, row.parts)} equal parts, one every ${readFigure(voice, row.every)} after ${readExpression(voice, row.from)}${first}; parts that fall due after ${payee.subject} has left are forfeited`;
    }
    case 'usable from':
      return `the ${asset} can be used from ${readExpression(voice, row.date)} on`;
    case 'usable through':
      return `the ${asset} can be used up to and including ${dayWords(readExpression(voice, row.date))}; after that day they expire`;
    case 'usable while active':
      return `the ${asset} stay usable as long as the ${readSet(voice, row.activity)} follow each other within ${readFigure(voice, row.every)}`;
    case 'for every': {
      const step = stepWords(voice, row.step);
      return `it is given once for every ${step} usable ${row.asset} of ${payee.subject}, as often as there are enough; these are taken at once`;
    }
    case 'taking': {
      const short =
        row.ifShort === 'refused'
          ? 'if there are not enough, nothing is given'
          : 'if there are not enough, as far as they go';
      const verb = row.amount.kind === 'blank' || row.amount.kind === 'literal' ? 'are' : 'is';
      return `for it, ${readFigure(voice, row.amount)} ${verb} taken from ${payee.possessive} usable ${row.asset}; ${short}`;
    }
    case 'while it lasts': {
      const most = row.atMost === null ? '' : `, but for at most ${readFigure(voice, row.atMost)}`;
      return `it is given again for each period at whose end it still lasts${most}`;
    }
    case 'on a return': {
      const share = row.share === null ? '' : ` Of that, ${readFigure(voice, row.share)} is taken back.`;
      const restored = row.restoresTaken ? ` What was used for it is given back.` : '';
      return `${returnSentence(row.mode)}${share}${restored}`;
    }
    case 'on a shortage':
      return shortageWords(row.mode, payee.subject);
    case 'as it grows':
      return 'it is booked as it grows, fact by fact';
    case 'when the period ends':
      return 'it is booked when the period has ended; before that it is a forecast';
    case 'posted on':
      return `it is booked on ${readExpression(voice, row.date)}`;
    case 'once':
      return row.reversible
        ? `${payee.subject} receives it once only, and loses it again if what it was given for falls away`
        : `${payee.subject} receives it once only, and keeps it even if what it was given for falls away`;
    case 'prorated':
      return `for a part of a period it is reduced in proportion to the ${row.by}`;
    case 'rounded':
      return `it is ${roundingWords(row.rounding, asset)}`;
    case 'late facts':
      return lateSentence(row.mode);
  }
}

function shortageWords(mode: ShortageMode, subject: string): string {
  switch (mode) {
    case 'negative':
      return `if more is taken back than there is, the balance of ${subject} goes below zero`;
    case 'carried':
      return 'if more is taken back than there is, the shortage is carried and met from what comes next';
    case 'waived':
      return 'if more is taken back than there is, the shortage is waived';
  }
}

function ifWords(voice: Voice, when: Expression | null): string {
  return when === null ? '' : `if ${readCondition(voice, when)}, `;
}

/** " from 2026-01-01 through 2026-03-31", either end open. */
function betweenWords(voice: Voice, from: Expression | null, through: Expression | null): string {
  const start = from === null ? '' : ` from ${readFigure(voice, from)}`;
  return `${start}${through === null ? '' : ` through ${readFigure(voice, through)}`}`;
}

/** A number of points without their noun, which follows: "500 (Reward Points)". */
function stepWords(voice: Voice, step: Expression): string {
  const blank = step.kind === 'blank' ? voice.program.blanks.find(({ id }) => id === step.blank) : undefined;
  if (blank?.value?.kind !== 'quantity') return readFigure(voice, step);
  return `${numberFigure(blank.value.value)} (${blank.id})`;
}

/** "the day 12 months after …", but "the last day of the month". */
function dayWords(words: string): string {
  return words.startsWith('the ') ? words : `the day ${words}`;
}
