// SPDX-License-Identifier: Apache-2.0
// An attested value in words: what it is by the signed text, for whom and when, and its figure. The words come from the
// text of the agreement alone, whatever a bundle may say.

import { type AtHand, seamsOf } from '../engine/reference/seam-key.ts';
import { withArticle } from '../explain/english.ts';
import { quantityFigure } from '../explain/figures.ts';
import { clauseVoice } from '../explain/reading-clause.ts';
import { levelName, readExpression } from '../explain/reading-expression.ts';
import { type Voice, voiceOf, withOwnNoun, withPeriod } from '../explain/voice.ts';
import type { Program, Version } from '../program/program.ts';
import type { Type } from '../program/type.ts';
import { isoDay } from '../values/date.ts';
import { durationText, parseDuration } from '../values/duration.ts';
import { toFraction } from '../values/rational.ts';
import type { AttestedAnswer, AttestedValue } from './attested-value.ts';

export interface ValueShown {
  /** "the total Amount of the Won Deals of the Manager's Representatives in the quarter". */
  readonly what: string;
  /** "the payee, 2026-Q1", "Deal D-1", "Customer C-204": parties stand as their ids. */
  readonly of: string;
  /** "USD 486,000". */
  readonly figure: string;
}

export function valueShown(versions: readonly Version[], value: AttestedValue, payee: string): ValueShown {
  const version = versions.find(({ from }) => from === value.from) ?? versions[0]!;
  const { program } = version;
  const { words, type } = meaningOf(program, value.seam);
  const isFirstDay = value.seam === 'every fact' || value.seam.startsWith('party ');
  // Attributes that hold without a first day say nothing about when somebody takes part.
  const isUnsaid = isFirstDay && value.value.kind !== 'date';
  const shown = isUnsaid ? 'not said by any fact' : figure(program, type, value.value);
  return { what: words, of: atHandWords(value.at, payee), figure: shown };
}

function atHandWords(at: readonly AtHand[], payee: string): string {
  const words = ({ name, kind, value }: AtHand): string =>
    kind === 'period' ? value : kind === 'party' && value === payee ? 'the payee' : `${name} ${value}`;
  return at.map(words).join(', ');
}

function meaningOf(program: Program, seam: string): { readonly words: string; readonly type: Type | null } {
  const kind = program.derivedKinds.find(({ id }) => seam === `kind ${id}`);
  if (kind !== undefined) return { words: `whether it is ${withArticle(kind.id)}`, type: null };
  const clause = program.clauses.find(({ id }) => seam === `clause ${id}`);
  if (clause !== undefined)
    return { words: `what “${clause.name}” comes to before its rows`, type: clause.amount.type };
  if (seam === 'every fact') return { words: 'the first day on which anything counts', type: null };
  const party = program.parties.find(({ id }) => seam === `party ${id}`);
  if (party !== undefined) return { words: `the first day on which the ${party.id} takes part`, type: null };
  const node = seamsOf(program).nodes.get(seam);
  if (node === undefined) return { words: seam, type: null };
  return { words: readExpression(voiceIn(program, seam), node), type: node.type };
}

/** How the definition speaks that the seam stands in. */
function voiceIn(program: Program, seam: string): Voice {
  const definition = seam.slice(0, seam.lastIndexOf(', '));
  const voice = voiceOf(program);
  const clause = program.clauses.find(({ id }) => definition === `clause ${id}`);
  if (clause !== undefined) return clauseVoice(program, clause);
  const value = program.values.find(({ id }) => definition === `value ${id}`);
  if (value !== undefined)
    return withPeriod(
      value.of === null ? voice : withOwnNoun(voice, value.of),
      value.period?.variable ?? null,
      value.period?.unit ?? null,
    );
  const status = program.statuses.find(({ id }) => definition === `status ${id}`);
  return status === undefined
    ? voice
    : withPeriod(withOwnNoun(voice, status.of), status.period?.variable ?? null, status.period?.unit ?? null);
}

function figure(program: Program, type: Type | null, answer: AttestedAnswer): string {
  switch (answer.kind) {
    case 'quantity': {
      const value = toFraction(answer.value);
      return value === null || type === null ? answer.value : quantityFigure(type, value);
    }
    case 'duration': {
      const length = parseDuration(answer.value);
      return length === null ? answer.value : durationText(length);
    }
    case 'date':
      return isoDay(answer.value);
    case 'yesNo':
      return answer.value ? 'yes' : 'no';
    case 'level':
      return levelName(voiceOf(program), answer.status, answer.rank);
    case 'open':
      return 'open';
    case 'none':
      return 'none';
    case 'waiting':
      return 'not known yet';
  }
}
