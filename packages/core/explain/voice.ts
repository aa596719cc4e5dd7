// SPDX-License-Identifier: Apache-2.0
// How a reading speaks of what is at hand. A variable is "the Deal" or, inside a relative clause about it, "it"; a
// period goes by its unit ("the quarter"). A voice is immutable: binding a variable gives a new one.
import type { PeriodUnitName, Variable } from '../program/expression.ts';
import type { Program } from '../program/program.ts';
import type { Type } from '../program/type.ts';
import { pluralOf, possessiveOf } from './english.ts';

/** The words for one variable. */
export interface Reference {
  /** "the Deal", "it", "the quarter". */
  readonly subject: string;
  /** "the Deal's", "its". */
  readonly possessive: string;
  /** The bare noun, to go back to where a pronoun would be doubtful. */
  readonly noun: string;
}

export interface Voice {
  readonly program: Program;
  readonly references: ReadonlyMap<number, Reference>;
}

export function voiceOf(program: Program): Voice {
  return { program, references: new Map() };
}

function bound(voice: Voice, variable: Variable, reference: Reference): Voice {
  return { ...voice, references: new Map([...voice.references, [variable.id, reference]]) };
}

/** Speaks of the variable as "the NOUN". */
export function withNoun(voice: Voice, variable: Variable, noun: string): Voice {
  return bound(voice, variable, nounReference(noun));
}

function nounReference(noun: string): Reference {
  return { subject: `the ${noun}`, possessive: `the ${possessiveOf(noun)}`, noun };
}

/** Speaks of the variable as "it". Whatever was "it" before goes back to its noun, so that "it" is never doubtful. */
export function withPronoun(voice: Voice, variable: Variable): Voice {
  const others = [...voice.references].map(
    ([id, one]) => [id, one.subject === 'it' ? nounReference(one.noun) : one] as const,
  );
  const noun = nounOf(variable.type) ?? variable.name;
  return bound({ ...voice, references: new Map(others) }, variable, {
    subject: 'it',
    possessive: 'its',
    noun,
  });
}

/** Speaks of the variable as somebody of a kind at hand: its declared name. */
export function withOwnNoun(voice: Voice, variable: Variable): Voice {
  return withNoun(voice, variable, nounOf(variable.type) ?? variable.name);
}

/** Speaks of a period by its unit. */
export function withPeriod(voice: Voice, variable: Variable | null, unit: PeriodUnitName | null): Voice {
  return variable === null ? voice : withNoun(voice, variable, unit ?? 'period');
}

export function referenceOf(voice: Voice, variable: Variable): Reference {
  return voice.references.get(variable.id) ?? nounReference(nounOf(variable.type) ?? variable.name);
}

/** Whether the variable goes by a pronoun. */
export function isPronoun(voice: Voice, variable: Variable): boolean {
  return voice.references.get(variable.id)?.subject === 'it';
}

/** The declared name behind a type of parties or facts; null for others. */
export function nounOf(type: Type): string | null {
  switch (type.kind) {
    case 'party':
    case 'fact':
    case 'level':
      return type.of;
    case 'set':
      return type.element;
    case 'period':
      return 'period';
    case 'quantity':
    case 'duration':
    case 'date':
    case 'text':
    case 'choice':
    case 'yesNo':
      return null;
  }
}

/** The declared plural of a party, thing or kind of fact, else the regular one. */
export function declaredPlural(program: Program, id: string): string {
  const kinds = [...program.parties, ...program.factKinds, ...program.derivedKinds];
  return kinds.find((kind) => kind.id === id)?.plural ?? pluralOf(id);
}

/** Whether the id names a party (somebody), not a thing or fact. */
export function isParty(program: Program, id: string): boolean {
  return program.parties.some((kind) => kind.id === id && kind.role !== 'things');
}
