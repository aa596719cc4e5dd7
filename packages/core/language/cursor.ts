// SPDX-License-Identifier: Apache-2.0
// A place in the tokens of one statement. It looks ahead, takes what is expected, and fails with what stood there instead.
// A failure is thrown as a SyntaxFault and caught at the row or statement, so that one slip never spoils a neighbour.
import type { Span } from '../program/diagnostic.ts';
import { nestingMax } from './limits.ts';
import { nearest } from './nearest.ts';
import type { Reading, Related } from './reading.ts';
import { type Token, tokenText } from './token.ts';
import type { Name, PeriodWord, Text } from './tree.ts';

/** Carries one diagnostic from where it is found to where reading goes on. */
export class SyntaxFault extends Error {}

/** Words of everyday English for words of the language. */
const synonyms: Readonly<Record<string, string>> = {
  until: 'through',
  till: 'through',
  average: 'mean',
  total: 'sum',
  number: 'count',
  maximum: 'greatest',
  minimum: 'least',
  max: 'at most',
  min: 'at least',
  if: 'when',
  else: 'otherwise',
  every: 'each',
  over: 'more than',
  under: 'less than',
  exceeds: 'is more than',
  reaches: 'is at least',
  equals: 'is',
};

/** What the grammar would take at the end of the tokens: words of ours, and what kinds of names and texts. */
export interface Wanted {
  readonly words: Set<string>;
  readonly names: Set<string>;
}

const periodWords = new Set(['day', 'week', 'month', 'quarter', 'half', 'year']);

export class Cursor {
  readonly reading: Reading;
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;
  /** Collects what is asked for at the end, for an editor; null in ordinary reading. */
  readonly #wanted: Wanted | null;
  /** False where `per` belongs to the row and not to the formula in it. */
  perAllowed = true;
  /** False where `after` belongs to the row and not to the formula in it. */
  shiftAllowed = true;

  /** The tokens must not be empty; the last one is the end. */
  constructor(reading: Reading, tokens: readonly Token[], wanted: Wanted | null = null) {
    this.reading = reading;
    this.#tokens = tokens;
    this.#wanted = wanted;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] as Token;
  }

  previous(): Token {
    return this.#tokens[Math.max(0, this.#index - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#index++;
    return token;
  }

  /** The stretch from a place to the end of the last token that was taken. */
  from(start: Span): Span {
    const end = this.previous().at.end;
    return {
      source: start.source,
      start: start.start,
      end: end.offset < start.start.offset ? start.end : end,
    };
  }

  /** True when the words and signs of the phrase come next, `ahead` tokens from here. */
  at(phrase: string, ahead = 0): boolean {
    this.#want(phrase, ahead);
    return this.sees(phrase, ahead);
  }

  #want(phrase: string, ahead: number): void {
    if (this.#wanted === null) return;
    const parts = phrase.split(' ');
    const before = this.#tokens.length - 1 - this.#index - ahead;
    if (before < 0 || before >= parts.length) return;
    if (before > 0 && !this.sees(parts.slice(0, before).join(' '), ahead)) return;
    this.#wanted.words.add(parts.slice(before).join(' '));
  }

  /** Like `at`, where the phrase would belong to something else than what is read here. */
  sees(phrase: string, ahead = 0): boolean {
    return phrase.split(' ').every((part, index) => {
      const token = this.peek(ahead + index);
      return (token.kind === 'word' || token.kind === 'sign') && token.text === part;
    });
  }

  /** Takes the phrase if it comes next. */
  take(phrase: string): boolean {
    if (!this.at(phrase)) return false;
    this.#index += phrase.split(' ').length;
    return true;
  }

  /** Takes the phrase or fails at its first word that is not there. */
  expect(phrase: string): void {
    this.#want(phrase, 0);
    for (const part of phrase.split(' ')) {
      if (!this.sees(part)) this.fail(`"${part}"`, [part]);
      this.#index++;
    }
  }

  /** Takes one of the phrases or fails naming all. Longer phrases must stand before their own beginnings. */
  expectOne<Phrase extends string>(phrases: readonly Phrase[]): Phrase {
    const found = phrases.find((phrase) => this.take(phrase));
    return (
      found ?? this.fail(phrases.map((phrase) => `"${phrase.replaceAll(' ,', ',')}"`).join(' or '), phrases)
    );
  }

  atEndOfRow(): boolean {
    const { kind } = this.peek();
    return kind === 'row' || kind === 'end';
  }

  /** Fails unless the row is over. */
  expectEndOfRow(): void {
    if (!this.atEndOfRow()) this.fail('the end of the row', []);
  }

  /** Goes to the end of this row. */
  skipRow(): void {
    while (!this.atEndOfRow()) this.next();
  }

  name(what = 'a name in Capitalised Words'): Name {
    const token = this.peek();
    if (token.kind !== 'name') this.fail(what, []);
    this.next();
    return { text: token.text, at: token.at };
  }

  /** A name that is declared here: words of ours inside it are refused with the name that is probably meant. */
  declaredName(what?: string): Name {
    const name = this.name(what);
    const connective = this.peek();
    const isConnected =
      connective.kind === 'word' &&
      /^(of|for|and|to|in|on|per|from|by|with|at)$/.test(connective.text) &&
      this.peek(1).kind === 'name';
    if (!isConnected) return name;
    const last = this.peek(1);
    const swapped = connective.text === 'of' ? `${last.text} ${name.text}` : `${name.text} ${last.text}`;
    this.failWith('name_with_lowercase', this.from(name.at), {
      name: `${name.text} ${connective.text} ${last.text}`,
      word: connective.text,
      suggestion: swapped,
    });
  }

  text(what = 'a text in quotation marks'): Text {
    const token = this.peek();
    if (token.kind !== 'text') this.fail(what, []);
    this.next();
    return { text: token.text, at: token.at };
  }

  /** Takes a or an. */
  takeArticle(): boolean {
    return this.take('a') || this.take('an');
  }

  expectArticle(): void {
    if (!this.takeArticle()) this.fail('"a"', ['a']);
  }

  /** The length in tokens of the period that comes `ahead` tokens from here; 0 when none does. */
  periodLength(ahead = 0): number {
    const token = this.peek(ahead);
    if (token.kind === 'end') for (const word of periodWords) this.#want(word, ahead);
    if (token.kind !== 'word') return 0;
    if (periodWords.has(token.text)) return 1;
    const isContract = token.text === 'contract' && /^(month|quarter|year)$/.test(this.peek(ahead + 1).text);
    return isContract ? 2 : 0;
  }

  takePeriod(): PeriodWord | null {
    const length = this.periodLength();
    if (length === 0) return null;
    const words = Array.from({ length }, () => this.next().text);
    return words.join(' ') as PeriodWord;
  }

  period(): PeriodWord {
    return this.takePeriod() ?? this.fail('a period such as "quarter"', [...periodWords]);
  }

  periodOrAny(): PeriodWord | 'period' {
    return this.take('period') ? 'period' : this.period();
  }

  /** Things between commas; the last comma may be `and`. */
  list<Item>(item: () => Item): readonly Item[] {
    const items = [item()];
    while (this.take(', and') || this.take(',') || this.take('and')) items.push(item());
    return items;
  }

  /** Reads something nested, and fails when it is nested too deeply. */
  nested<Result>(read: () => Result): Result {
    if (this.#depth >= nestingMax) {
      this.failWith('too_deep', this.peek().at, { what: 'nests', limit: String(nestingMax) });
    }
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }

  /** Reports what stands here instead of what is expected, and leaves the row. */
  fail(expected: string, words: readonly string[]): never {
    const found = this.peek();
    if (this.#wanted !== null && found.kind === 'end') this.#wantWhatFails(this.#wanted, expected, words);
    const suggestion =
      found.kind === 'word' ? (synonyms[found.text] ?? nearest(found.text, words.map(firstWord))) : null;
    return this.failWith('expected_word', found.at, {
      after: this.#index === 0 ? 'the margin' : tokenText(this.previous()),
      found: tokenText(found),
      expected,
      suggestion: suggestion ?? '',
    });
  }

  #wantWhatFails(wanted: Wanted, expected: string, words: readonly string[]): void {
    wanted.names.add(expected);
    for (const word of words) {
      const isKnown = [...wanted.words].some((phrase) => phrase === word || phrase.startsWith(`${word} `));
      if (!isKnown) wanted.words.add(word);
    }
  }

  failWith(code: string, at: Span, facts: Readonly<Record<string, string>>, related?: Related): never {
    this.reading.report(code, at, facts, related);
    throw new SyntaxFault(code);
  }
}

function firstWord(phrase: string): string {
  return phrase.split(' ')[0] ?? '';
}
